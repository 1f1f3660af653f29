// SPDX-License-Identifier: Apache-2.0
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "app.hpp"
#include "disk.hpp"

int main(int argc, char** argv) {
  using namespace corefile::app;
  Invocation invocation;
  if (argc > 1) invocation.arguments.assign(argv + 1, argv + argc);
  invocation.standard_input = [] { return std::optional(read_descriptor(STDIN_FILENO, "standard input")); };
  invocation.environment = [](const char* name) { return static_cast<const char*>(std::getenv(name)); };
  struct stat input {};
  invocation.piped = fstat(STDIN_FILENO, &input) == 0 && (S_ISFIFO(input.st_mode) || S_ISREG(input.st_mode) || S_ISSOCK(input.st_mode));
  invocation.terminal = isatty(STDOUT_FILENO) == 1;
  winsize window{};
  if (invocation.terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0) invocation.columns = window.ws_col;

  const Outcome outcome = run(invocation);
  const bool told = std::fwrite(outcome.out.data(), 1, outcome.out.size(), stdout) == outcome.out.size() && std::fflush(stdout) == 0;
  if (!told) std::perror("corefile-lint: standard output");
  std::fwrite(outcome.err.data(), 1, outcome.err.size(), stderr);
  return told ? outcome.exit : trouble;
}
