// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "identity.hpp"
#include "log.hpp"
#include "metrics.hpp"
#include "review.hpp"

namespace corefile::webhook {

struct ServerOptions {
  std::string listen, metrics_listen;  ///< `ADDR:PORT`, `[ADDR]:PORT` or `:PORT`
  std::size_t threads = 2;
  std::size_t queue = 64;  ///< large reviews that wait
  std::size_t max_connections = 512;
  std::size_t max_body = 3U << 20U;
  /// Bodies larger than `small_body` that may be in memory at once, in bytes.
  std::size_t body_memory = 64U << 20U;
  /// A review of this size is answered by the thread that read it: handing it over takes longer.
  std::size_t small_body = 64U << 10U;
  std::chrono::milliseconds timeout{10'000}, idle_timeout{120'000};
  bool log_contents = false;
};

/// HTTPS for the API server, HTTP for probes and Prometheus. Threads read, shake hands and answer small reviews, each for its
/// own connections; a pool answers large ones.
class Server {
 public:
  /// May throw: the review is then answered with status 500, and nothing else is touched.
  using Reviewer = std::function<Answer(std::string_view body)>;

  /// Binds. Throws app::Trouble.
  Server(const ServerOptions& options, const Identity& identity, Reviewer reviewer, Metrics& metrics, Log& log);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Closes what is still open.
  ~Server();

  /// Where it listens, with the port that was taken.
  const std::string& address() const noexcept;
  const std::string& metrics_address() const noexcept;

  /// For new connections; those that are open keep what they began with.
  void replace(const Identity& identity);

  // The end, in steps. `/readyz` fails, and answers close their connections.
  void begin_drain();
  /// Takes what has already come, and no more; closes connections that rest.
  void stop_accepting();
  /// Whether all connections are closed.
  bool drained() const noexcept;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace corefile::webhook
