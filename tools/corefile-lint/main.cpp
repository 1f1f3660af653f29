// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <thread>

#include "app.hpp"
#include "disk.hpp"
#include "system.hpp"

namespace {

// One line that moves, once a run has taken a second.
class ProgressLine {
 public:
  void show(std::size_t begun, std::size_t files) {
    if (std::chrono::steady_clock::now() - start_ < std::chrono::seconds(1)) return;
    corefile::app::write_err("\rcorefile-lint: " + std::to_string(begun) + " of " + std::to_string(files) + " files");
    shown_ = true;
  }
  void clear() {
    if (shown_) corefile::app::write_err("\r\x1b[K");
    shown_ = false;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool shown_ = false;
};

bool tell(const corefile::app::Outcome& outcome) {
  const bool told = corefile::app::write_out(outcome.out);
  corefile::app::write_err(outcome.err);
  return told;
}

// Looking at thousands of files takes a while: at most a tenth of the time goes into it.
class Pause {
 public:
  void operator()() {
    using namespace std::chrono;
    const auto busy = steady_clock::now() - last_;
    std::this_thread::sleep_for(std::clamp<steady_clock::duration>(9 * busy, milliseconds(100), seconds(2)));
    last_ = steady_clock::now();
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace

int main(int argc, char** argv) {
  using namespace corefile::app;
  Invocation invocation;
  invocation.arguments = arguments_of(argc, argv);
  invocation.standard_input = [] { return std::optional(read_input("standard input")); };
  invocation.environment = [](const char* name) { return static_cast<const char*>(std::getenv(name)); };
  invocation.piped = input_is_piped();
  const Terminals terminals = find_terminals();
  invocation.terminal = terminals.out;
  invocation.columns = terminals.columns;
  invocation.rule_pages = COREFILE_RULE_PAGES;

  ProgressLine progress;
  if (terminals.err) invocation.progress = [&](std::size_t begun, std::size_t files) { progress.show(begun, files); };

  bool told = true;
  const char* const kind = std::getenv("TERM");
  const bool clears = invocation.terminal && (kind == nullptr || std::strcmp(kind, "dumb") != 0);
  invocation.watching.show = [&](const Outcome& outcome) {
    progress.clear();
    if (clears) write_out("\x1b[H\x1b[2J\x1b[3J");
    told = tell(outcome);
  };
  invocation.watching.wait = [&, pause = Pause()]() mutable {
    if (told) pause();
    return told;
  };

  const Outcome outcome = run(invocation);
  progress.clear();
  return tell(outcome) && told ? outcome.exit : trouble;
}
