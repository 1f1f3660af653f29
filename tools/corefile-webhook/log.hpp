// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "metrics.hpp"

namespace corefile::webhook {

/// Lines of JSON, written by a thread of their own: whoever reads them slowly holds up no review.
class Log {
 public:
  Log(int descriptor, Metrics& metrics);
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  ~Log();
  /// Writes what is left, and waits half a second for a reader who does not read. Nothing is logged any more.
  void end();

  /// An object without its time, which is put in front.
  void line(std::string json);
  void event(std::string_view level, std::string_view message, std::initializer_list<std::pair<std::string_view, std::string>> fields = {});

 private:
  static constexpr std::size_t most = 2U << 20U;  // bytes that wait
  void write();
  std::size_t put(std::string_view text);
  bool ending();

  const int descriptor_;
  Metrics& metrics_;
  std::mutex lock_;
  std::condition_variable more_;
  std::deque<std::string> lines_;
  std::size_t size_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace corefile::webhook
