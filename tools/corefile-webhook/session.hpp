// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>  // before Asio: Boost 1.74 forgets it

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

#include "memory.hpp"
#include "pool.hpp"
#include "server.hpp"

namespace corefile::webhook {

/// Of the threads for heavy reviews: the others go before them.
inline constexpr int heavy_niceness = 10;
/// So long a large body does not take to come.
inline constexpr std::chrono::milliseconds stalled{500};

/// What the sessions of all threads have in common.
struct Common {
  Common(const ServerOptions& o, Reviewer r, Metrics& m, Log& l)
      : options(o), reviewer(std::move(r)), metrics(m), log(l), bodies(o.body_memory, stalled, m.body_memory) {
    const auto died = [&m] { m.worker_died(); };
    light.emplace(o.threads, o.light_queue, 0, died);
    heavy.emplace(o.heavy_threads, o.queue, heavy_niceness, died);
  }

  const ServerOptions options;
  const Reviewer reviewer;
  Metrics& metrics;
  Log& log;
  std::atomic<bool> draining{false};
  BodyMemory bodies;
  std::mutex identity_lock;
  std::shared_ptr<ssl_ctx_st> identity;
  std::optional<Pool> light, heavy;
};

class Session;

/// One thread's connections. Everything but the constructor runs on that thread.
class Worker {
 public:
  explicit Worker(Common& common, std::size_t most);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();

  void run() { io.run(); }
  /// Makes room if there is none: closes the connection that has been slow for longest.
  void admit(boost::asio::ip::tcp::socket socket);
  /// Closes connections that rest.
  void close_idle();
  void remove(std::list<std::shared_ptr<Session>>::iterator session);
  std::chrono::steady_clock::time_point last_beat() const noexcept { return beat_; }

  Common& common;
  boost::asio::io_context io{1};

 private:
  bool make_room();
  void sweep();

  const std::size_t most_;
  std::list<std::shared_ptr<Session>> sessions_;  // the oldest first
  boost::asio::steady_timer clock_{io};
  std::atomic<std::chrono::steady_clock::time_point> beat_;
};

}  // namespace corefile::webhook
