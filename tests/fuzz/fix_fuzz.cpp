// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>

#include "fuzz.hpp"

using namespace corefile;

namespace {

std::string fixed_once(const std::string& text, const Options& options) {
  return corefile::apply(text, check(Source("Corefile", text), options).diagnostics, Safety::safe);
}

bool refused(const std::string& text) { return !resolve(parse(Source("Corefile", text))).accepted(); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text(data, size);
  Options options;
  options.kind = InputKind::corefile;
  if (size % 2 == 1) options.role = Role::cluster;
  constexpr int rounds = 100;  // of fixes at one place each waits for the one before
  std::string fixed = text;
  bool converged = false;
  for (int round = 0; round < rounds && !converged; ++round) {
    std::string next = fixed_once(fixed, options);
    converged = next == fixed;
    fixed = std::move(next);
  }
  fuzz::expect(converged, "fixing does not come to an end");
  fuzz::expect(refused(text) || !refused(fixed), "safe fixes make a text that is refused");
  return 0;
}
