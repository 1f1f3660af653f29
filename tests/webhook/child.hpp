// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace webhook_test {

/// An empty folder, removed in the end.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  const std::string path;
};

/// A program that ends by itself: its exit code, and what it said on standard error.
struct Ended {
  int exit = 0;
  std::string said;
};
Ended run(const std::string& program, std::vector<std::string> arguments);

/// corefile-webhook itself, on ports of its own choice.
class Child {
 public:
  /// Comes back when it listens. Throws if it does not.
  Child(const std::string& program, std::vector<std::string> arguments);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  std::uint16_t port() const noexcept { return port_; }
  std::uint16_t metrics_port() const noexcept { return metrics_port_; }
  void signal(int number) const;
  /// Its exit code; 1000 and the signal if one ended it.
  int wait();
  /// Comes back when a line with both words is logged, now or before. False: the program ended without.
  bool logged(std::string_view word, std::string_view other = {});
  /// From now on its log is left in the pipe.
  void stop_reading();
  /// A sample of /metrics, `name` with its labels.
  double metric(std::string_view name) const;
  /// The most memory it has had, in MiB; 0 where that is not to be known.
  double peak_memory() const;

 private:
  void read(int descriptor);

  pid_t pid_ = -1;
  std::uint16_t port_ = 0, metrics_port_ = 0;
  std::thread reader_;
  std::mutex lock_;
  std::condition_variable more_;
  std::string log_;
  bool ended_ = false, reading_ = true;
};

}  // namespace webhook_test
