// SPDX-License-Identifier: Apache-2.0
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <optional>

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

  const Outcome outcome = run(invocation);
  progress.clear();
  const bool told = std::fwrite(outcome.out.data(), 1, outcome.out.size(), stdout) == outcome.out.size() && std::fflush(stdout) == 0;
  if (!told) std::perror("corefile-lint: standard output");
  std::fwrite(outcome.err.data(), 1, outcome.err.size(), stderr);
  return told ? outcome.exit : trouble;
}
