// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <md5.h>
#include <sha512.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>

#include "../system.hpp"
#include "descriptor.hpp"

extern char** environ;

namespace corefile::app {
namespace {

std::string digits_of(std::string_view text, char* (*digest)(const std::uint8_t*, std::size_t, char*)) {
  std::array<char, SHA512_DIGEST_STRING_LENGTH> digits{};
  digest(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), digits.data());
  return digits.data();
}

}  // namespace

Ran run_program(std::vector<std::string> words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return {};
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  const Descriptor output(ends[0]);
  Descriptor input(ends[1]);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, *input, STDOUT_FILENO);
  pid_t child = 0;
  Ran ran;
  ran.began = ::posix_spawnp(&child, pointers.front(), &actions, nullptr, pointers.data(), environ) == 0;
  ::posix_spawn_file_actions_destroy(&actions);
  input.close();
  if (!ran.began) return ran;
  ran.out = read_descriptor(*output, words.front());
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  ran.succeeded = status == 0;
  return ran;
}

std::string md5_of(std::string_view text) { return digits_of(text, MD5Data); }

std::string sha512_of(std::string_view text) { return digits_of(text, SHA512Data); }

std::vector<std::string> arguments_of(int argc, char** argv) {
  return argc > 1 ? std::vector<std::string>(argv + 1, argv + argc) : std::vector<std::string>();
}

bool input_is_piped() {
  struct stat status {};
  return ::fstat(STDIN_FILENO, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISREG(status.st_mode) || S_ISSOCK(status.st_mode));
}

Terminals find_terminals() {
  Terminals out{::isatty(STDOUT_FILENO) == 1, ::isatty(STDERR_FILENO) == 1, 0};
  winsize window{};
  if (out.out && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0) out.columns = window.ws_col;
  return out;
}

bool write_out(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) std::perror("corefile-lint: standard output");
  return written;
}

void write_err(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

}  // namespace corefile::app
