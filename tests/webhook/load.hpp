// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "client.hpp"

namespace webhook_test {

/// A review of a ConfigMap coredns with this Corefile.
std::string review_of(std::string_view uid, std::string_view corefile);
/// What it is to be answered, byte for byte.
std::string answer_to(const std::string& review);

/// A good and a bad review, and the only right answers.
struct Question {
  std::string review, answer;
};
Question question(std::uint64_t number);

/// Whether a new connection gets the right answer.
bool answers(std::uint16_t port);

/// Threads that ask one review after the other, each with an identity of its own, until they are told to stop.
class Load {
 public:
  enum class Style { keep_alive, reconnect };

  Load(std::uint16_t port, Style style, int threads);
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load() { stop(); }

  void stop();
  /// From now on the server may take no more connections.
  void may_be_refused() noexcept { refusable_ = true; }
  /// Comes back when every thread has had this many more answers.
  void wait_for(std::uint64_t answers_each) const;

  std::uint64_t right() const noexcept;
  std::atomic<std::uint64_t> wrong{0};  ///< answers that are not byte for byte what they should be
  std::atomic<std::uint64_t> lost{0};   ///< reviews that were sent, or for which no connection could be had, without an answer

 private:
  void ask(std::size_t thread);

  const std::uint16_t port_;
  const Style style_;
  const std::shared_ptr<SSL_CTX> context_ = client_context();
  std::atomic<bool> stopping_{false}, refusable_{false};
  std::vector<std::atomic<std::uint64_t>> answered_;
  std::vector<std::atomic<bool>> over_;
  std::atomic<std::uint64_t> changes_{0};
  std::vector<std::thread> threads_;
};

}  // namespace webhook_test
