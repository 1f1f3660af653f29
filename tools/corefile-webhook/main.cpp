// SPDX-License-Identifier: Apache-2.0

#include <corefile/render.hpp>
#include <cstdio>
#include <ctime>

#include "app.hpp"
#include "disk.hpp"
#include "probe.hpp"
#include "serve.hpp"
#include "start.hpp"

namespace {

void print(std::FILE* to, const std::string& text) { std::fwrite(text.data(), 1, text.size(), to); }

int show(const corefile::app::Outcome& outcome) {
  print(stdout, outcome.out);
  print(stderr, outcome.err);
  return outcome.exit;
}

int run(corefile::webhook::Start start) {
  using namespace corefile::webhook;
  if (!start.serve->probe.empty()) return show(probe(start.serve->probe, start.serve->service_account));
  if (!start.serve->check) return serve(*start.serve, std::move(start.settings));
  const Identity identity = load_identity(identity_files(*start.serve));
  const std::int64_t now = std::time(nullptr);
  if (identity.expires < now) throw corefile::app::Trouble(start.serve->tls_cert + " has expired");
  if (identity.begins > now) throw corefile::app::Trouble(start.serve->tls_cert + " is not valid yet");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace corefile;
  webhook::Start start =
      webhook::start(std::vector<std::string>(argv + std::min(argc, 1), argv + argc), [] { return app::read_input("standard input"); });
  const int exit = show(start.outcome);
  if (!start.serve) return exit;
  try {
    return run(std::move(start));
  } catch (const std::exception& error) {
    print(stderr, "corefile-webhook: " + visible(error.what()) + '\n');
    return app::trouble;
  }
}
