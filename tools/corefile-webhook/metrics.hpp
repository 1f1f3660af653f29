// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "review.hpp"

/// Counters, and how Prometheus reads them.
namespace corefile::webhook {

/// Why a connection was closed before its review, or a review not taken.
enum class Rejection : std::uint8_t { handshake, timeout, crowded, queue_full, memory, bad_request, too_large, other_path };
/// What is read again when it changes.
enum class Reload : std::uint8_t { certificate, settings };

class Metrics {
 public:
  void reviewed(const Record& record, std::chrono::nanoseconds time);
  void answered(unsigned status) noexcept;
  void rejected(Rejection why) noexcept { ++rejections_[static_cast<std::size_t>(why)]; }
  void reloaded(Reload what, bool well) noexcept { ++reloads_[static_cast<std::size_t>(what)][well ? 0 : 1]; }
  void worker_died() noexcept { ++deaths_; }
  void certificate_expires(std::int64_t time) noexcept { expires_ = time; }

  std::atomic<std::int64_t> connections{0}, in_flight{0}, log_lines_dropped{0}, given_up{0}, forsaken{0}, overrides_left{0}, body_memory{0};

  /// Prometheus's text format 0.0.4.
  std::string text() const;

 private:
  using Counter = std::atomic<std::uint64_t>;
  static constexpr std::array<std::string_view, 4> operations{"CREATE", "UPDATE", "DELETE", "other"};
  static constexpr std::array<unsigned, 9> statuses{200, 400, 404, 405, 413, 415, 431, 500, 503};
  static constexpr std::array<std::pair<double, std::string_view>, 14> bounds{{{0.0001, "0.0001"},
                                                                               {0.00025, "0.00025"},
                                                                               {0.0005, "0.0005"},
                                                                               {0.001, "0.001"},
                                                                               {0.002, "0.002"},
                                                                               {0.005, "0.005"},
                                                                               {0.01, "0.01"},
                                                                               {0.025, "0.025"},
                                                                               {0.05, "0.05"},
                                                                               {0.1, "0.1"},
                                                                               {0.25, "0.25"},
                                                                               {0.5, "0.5"},
                                                                               {1, "1"},
                                                                               {5, "5"}}};

  std::array<std::array<Counter, 5>, operations.size()> reviews_{};  // by operation and Verdict
  std::array<Counter, bounds.size() + 1> times_{};
  Counter time_sum_{0};  // nanoseconds
  std::array<Counter, statuses.size()> answers_{};
  std::array<Counter, 8> rejections_{};
  std::array<std::array<Counter, 2>, 2> reloads_{};
  Counter deaths_{0};
  std::atomic<std::int64_t> expires_{0};
  mutable std::mutex findings_lock_;
  std::map<std::pair<std::string_view, Severity>, std::uint64_t> findings_;
};

}  // namespace corefile::webhook
