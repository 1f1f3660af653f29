// SPDX-License-Identifier: Apache-2.0
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <thread>

#include "app.hpp"
#include "disk.hpp"

namespace {

// One line that moves, once a run has taken a second.
class ProgressLine {
 public:
  void show(std::size_t begun, std::size_t files) {
    if (std::chrono::steady_clock::now() - start_ < std::chrono::seconds(1)) return;
    std::fprintf(stderr, "\rcorefile-lint: %zu of %zu files", begun, files);
    shown_ = true;
  }
  void clear() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
    shown_ = false;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool shown_ = false;
};

// Something that was put there for the program: neither a terminal nor /dev/null.
bool is_piped(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISREG(status.st_mode) || S_ISSOCK(status.st_mode));
}

bool tell(const corefile::app::Outcome& outcome) {
  const bool told = std::fwrite(outcome.out.data(), 1, outcome.out.size(), stdout) == outcome.out.size() && std::fflush(stdout) == 0;
  if (!told) std::perror("corefile-lint: standard output");
  std::fwrite(outcome.err.data(), 1, outcome.err.size(), stderr);
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
  if (argc > 1) invocation.arguments.assign(argv + 1, argv + argc);
  invocation.standard_input = [] { return std::optional(read_descriptor(STDIN_FILENO, "standard input")); };
  invocation.environment = [](const char* name) { return static_cast<const char*>(std::getenv(name)); };
  invocation.piped = is_piped(STDIN_FILENO);
  invocation.terminal = isatty(STDOUT_FILENO) == 1;
  winsize window{};
  if (invocation.terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0) invocation.columns = window.ws_col;

  ProgressLine progress;
  if (isatty(STDERR_FILENO) == 1) invocation.progress = [&](std::size_t begun, std::size_t files) { progress.show(begun, files); };

  bool told = true;
  const char* const kind = std::getenv("TERM");
  const bool clears = invocation.terminal && (kind == nullptr || std::strcmp(kind, "dumb") != 0);
  invocation.watching.show = [&](const Outcome& outcome) {
    progress.clear();
    if (clears) std::fputs("\x1b[H\x1b[2J\x1b[3J", stdout);
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
