// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

extern char** environ;

namespace {

struct Program {
  std::vector<char*> arguments;
  std::vector<double> microseconds;
  long kilobytes = 0;
  int status = 0;
};

void run(Program& program, posix_spawn_file_actions_t& quiet) {
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawn(&child, program.arguments[0], &quiet, nullptr, program.arguments.data(), environ) != 0) {
    std::perror(program.arguments[0]);
    std::exit(2);
  }
  rusage usage{};
  wait4(child, &program.status, 0, &usage);
  program.microseconds.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  program.kilobytes = std::max(program.kilobytes, usage.ru_maxrss);
}

}  // namespace

/// processes TIMES PROGRAM [ARGUMENT…] [-- PROGRAM [ARGUMENT…]]…: runs them in turn, TIMES over, and prints for each
/// the median time from start to end in microseconds, the largest memory in KB, and the exit code.
int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::vector<Program> programs(1);
  for (int i = 2; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--") {
      programs.emplace_back();
    } else {
      programs.back().arguments.push_back(argv[i]);
    }
  }
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  for (Program& program : programs) program.arguments.push_back(nullptr);
  for (int times = std::atoi(argv[1]); times > 0; --times) {
    for (Program& program : programs) run(program, quiet);
  }
  for (Program& program : programs) {
    const auto middle = program.microseconds.begin() + static_cast<std::ptrdiff_t>(program.microseconds.size() / 2);
    std::nth_element(program.microseconds.begin(), middle, program.microseconds.end());
    std::printf("%.1f %ld %d\n", *middle, program.kilobytes, WIFEXITED(program.status) ? WEXITSTATUS(program.status) : 128);
  }
}
