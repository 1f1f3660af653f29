// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "client.hpp"

namespace webhook_test {
namespace {

std::string make_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "corefile-faults-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

// The port in `"address":"127.0.0.1:8443"`.
std::uint16_t port_in(std::string_view log, std::string_view key) {
  const std::size_t at = log.find("\"" + std::string(key) + "\":\"127.0.0.1:");
  if (at == std::string_view::npos) return 0;
  const std::size_t colon = log.find(':', at + key.size() + 4);
  std::uint16_t port = 0;
  std::from_chars(log.data() + colon + 1, log.data() + log.size(), port);
  return port;
}

struct Started {
  pid_t pid;
  int errors;  // the end that its standard error is read from
};
Started start(const std::string& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program);
  std::vector<char*> words;
  for (std::string& word : arguments) words.push_back(word.data());
  words.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  return {pid, ends[0]};
}

int exit_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status); }

}  // namespace

Folder::Folder() : path(make_folder()) {}
Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

Ended run(const std::string& program, std::vector<std::string> arguments) {
  const Started started = start(program, std::move(arguments));
  Ended ended;
  char bytes[4096];
  for (ssize_t got = 0; (got = ::read(started.errors, bytes, sizeof bytes)) > 0;) ended.said.append(bytes, static_cast<std::size_t>(got));
  ::close(started.errors);
  int status = 0;
  ::waitpid(started.pid, &status, 0);
  ended.exit = exit_of(status);
  return ended;
}

Child::Child(const std::string& program, std::vector<std::string> arguments) {
  for (const char* option : {"--listen", "--metrics-listen"}) arguments.insert(arguments.begin(), {option, "127.0.0.1:0"});
  const Started started = start(program, std::move(arguments));
  pid_ = started.pid;
  reader_ = std::thread([this, descriptor = started.errors] { read(descriptor); });
  if (!logged("\"listening\"")) throw std::runtime_error(program + " does not listen: " + log_);
  const std::lock_guard lock(lock_);
  port_ = port_in(log_, "address");
  metrics_port_ = port_in(log_, "metrics");
}

Child::~Child() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    wait();
  }
  {
    const std::lock_guard lock(lock_);
    reading_ = true;
  }
  more_.notify_all();
  if (reader_.joinable()) reader_.join();
}

void Child::stop_reading() {
  const std::lock_guard lock(lock_);
  reading_ = false;
}

void Child::read(int descriptor) {
  char bytes[4096];
  for (ssize_t got = 0; (got = ::read(descriptor, bytes, sizeof bytes)) > 0;) {
    std::unique_lock lock(lock_);
    log_.append(bytes, static_cast<std::size_t>(got));
    more_.notify_all();
    more_.wait(lock, [this] { return reading_; });
  }
  ::close(descriptor);
  const std::lock_guard lock(lock_);
  ended_ = true;
  more_.notify_all();
}

void Child::signal(int number) const { ::kill(pid_, number); }

int Child::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return exit_of(status);
}

bool Child::logged(std::string_view word, std::string_view other) {
  std::unique_lock lock(lock_);
  for (std::size_t line = 0;;) {
    for (std::size_t end = 0; (end = log_.find('\n', line)) != std::string::npos; line = end + 1) {
      const std::string_view text = std::string_view(log_).substr(line, end - line);
      if (text.find(word) != std::string_view::npos && text.find(other) != std::string_view::npos) return true;
    }
    if (ended_) return false;
    more_.wait(lock);
  }
}

double Child::metric(std::string_view name) const {
  const std::string text = '\n' + get(metrics_port_, "/metrics").body;
  const std::size_t at = text.find('\n' + std::string(name) + ' ');
  return at == std::string::npos ? -1 : std::strtod(text.c_str() + at + name.size() + 2, nullptr);
}

double Child::peak_memory() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    if (word != "VmHWM:") continue;
    double kib = 0;
    status >> kib;
    return kib / 1024;
  }
  return 0;
}

}  // namespace webhook_test
