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
  std::size_t threads = 2;             ///< for connections, and as many for light reviews
  std::size_t heavy_threads = 2;       ///< for the others, each of which may take much memory
  std::size_t queue = 64;              ///< heavy reviews that wait
  std::size_t light_queue = 4096;
  std::size_t max_connections = 512;
  std::size_t max_open = 1040;  ///< with those on their way to a thread
  /// Kubernetes takes requests of 3 MiB, and shows the object before and after, in which each byte may be written as six.
  std::size_t max_body = 40U << 20U;
  /// What reviews with more than `small_body` bytes of texts may hold of them at once.
  std::size_t body_memory = 64U << 20U;
  std::size_t small_body = 64U << 10U;
  std::chrono::milliseconds review_timeout{3000};  ///< then the policy answers
  std::chrono::milliseconds timeout{10'000}, idle_timeout{120'000};
  bool log_contents = false;
};

/// What is decided about reviews. Each of these may throw: the review is then answered with status 500, and nothing else is touched.
struct Reviewer {
  std::function<Weight(const Admission&)> weigh;
  std::function<Answer(const Admission&)> judge;
  /// Instead of it, when its time is up.
  std::function<Answer(const Admission&, const std::string& why)> give_up;
};

/// HTTPS for the API server, HTTP for probes and Prometheus. Threads read and shake hands, each for its own connections; two
/// pools judge, one what is light and one what is not.
class Server {
 public:
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
  /// Whether no review is being judged, not even one that nobody waits for.
  bool at_rest();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace corefile::webhook
