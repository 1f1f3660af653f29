// SPDX-License-Identifier: Apache-2.0
#include "serve.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <corefile/render.hpp>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>

#include "app.hpp"
#include "probes.hpp"
#include "server.hpp"

namespace corefile::webhook {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds tick{1000};  // between two looks at the files
constexpr milliseconds drain_tick{20};

/// A value that is replaced while others use it.
class Current {
 public:
  explicit Current(Settings settings) : settings_(std::make_shared<const Settings>(std::move(settings))) {}
  std::shared_ptr<const Settings> get() const {
    const std::lock_guard lock(lock_);
    return settings_;
  }
  void set(Settings settings) {
    auto fresh = std::make_shared<const Settings>(std::move(settings));
    const std::lock_guard lock(lock_);
    settings_.swap(fresh);
  }

 private:
  mutable std::mutex lock_;
  std::shared_ptr<const Settings> settings_;
};

sigset_t signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

// 0: none came.
int next_signal(milliseconds wait) {
  const sigset_t set = signals();
  const timespec time{static_cast<time_t>(wait.count() / 1000), static_cast<long>(wait.count() % 1000) * 1'000'000};
  const int signal = sigtimedwait(&set, nullptr, &time);
  return signal < 0 ? 0 : signal;
}

/// How many connections there may be, and how many together with those on their way to a thread.
struct Room {
  std::size_t connections, open;
};

// Where the system allows fewer descriptors, there are fewer connections: one that cannot be taken looks like a server that hangs.
Room room(std::size_t connections, std::size_t threads) {
  constexpr rlim_t least = 4;
  const rlim_t own = 48 + 3 * threads + Probes::most_open;
  const rlim_t wanted = 2 * connections + 16;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return {connections, wanted};
  if (limit.rlim_cur < wanted + own) {
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted + own : std::min<rlim_t>(wanted + own, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  const rlim_t open = limit.rlim_cur > own ? std::min(wanted, limit.rlim_cur - own) : 0;
  return {std::min<std::size_t>(connections, std::max(least, open * 7 / 8)), std::max(2 * least, open)};
}

class Service {
 public:
  Service(const Arguments& arguments, Settings settings)
      : arguments_(arguments),
        room_(room(arguments.max_connections, threads(arguments))),
        current_(std::move(settings)),
        log_(STDERR_FILENO, metrics_),
        identity_seen_(identity_now()),
        settings_seen_(settings_now()),
        server_(options(), load_identity(identity_files(arguments)), reviewer(), metrics_, log_) {}

  int run() {
    if (room_.connections < arguments_.max_connections) {
      log_.event("warning", "few file descriptors, so fewer connections",
                 {{"connections", std::to_string(room_.connections)}, {"wanted", std::to_string(arguments_.max_connections)}});
    }
    for (const std::string& remark : current_.get()->remarks) log_.event("warning", remark);
    log_.event("info", "listening",
               {{"address", server_.address()}, {"metrics", server_.metrics_address()}, {"version", std::string(version())}});
    for (;;) {
      const int signal = next_signal(tick);
      if (signal == SIGTERM || signal == SIGINT) break;
      look(signal == SIGHUP);
    }
    if (!drain()) {
      // Reviews are under way that would hold up the end.
      log_.end();
      std::_Exit(0);
    }
    return 0;
  }

 private:
  Reviewer reviewer() const {
    return {[this](const Admission& admission) { return weigh(admission, *current_.get()); },
            [this](const Admission& admission) { return review(admission, *current_.get()); },
            [this](const Admission& admission, const std::string& why) { return unchecked(admission, *current_.get(), why); }};
  }

  static std::size_t threads(const Arguments& arguments) {
    return arguments.threads != 0 ? arguments.threads : std::max<std::size_t>(2, std::thread::hardware_concurrency());
  }

  ServerOptions options() const {
    const Arguments& arguments = arguments_;
    ServerOptions options;
    options.listen = arguments.listen;
    options.metrics_listen = arguments.metrics_listen;
    options.threads = threads(arguments);
    options.heavy_threads = arguments.heavy_threads;
    options.queue = arguments.queue;
    options.review_timeout = std::chrono::seconds(arguments.review_timeout);
    options.max_connections = room_.connections;
    options.max_open = room_.open;
    options.max_body = arguments.max_body;
    options.timeout = std::chrono::seconds(arguments.timeout);
    options.idle_timeout = std::chrono::seconds(arguments.idle_timeout);
    options.log_contents = arguments.log_contents;
    return options;
  }

  std::string identity_now() const { return fingerprint({arguments_.tls_cert, arguments_.tls_key, arguments_.client_ca}); }
  std::string settings_now() const { return fingerprint({arguments_.config, current_.get()->main_path, current_.get()->custom_path}); }

  // What changed is read again; if it cannot be used, the old goes on.
  void look(bool at_once) {
    if (std::string now = identity_now(); at_once || now != identity_seen_) {
      identity_seen_ = std::move(now);
      reload(Reload::certificate, "certificate", [this] {
        const Identity identity = load_identity(identity_files(arguments_));
        server_.replace(identity);
        return "serial " + identity.serial;
      });
    }
    if (std::string now = settings_now(); at_once || now != settings_seen_) {
      settings_seen_ = std::move(now);
      reload(Reload::settings, "settings", [this] {
        Settings settings = read_settings(arguments_);
        for (const std::string& remark : settings.remarks) log_.event("warning", remark);
        current_.set(std::move(settings));
        return arguments_.config;
      });
    }
  }

  template <typename Read>
  void reload(Reload what, const char* name, const Read& read) {
    try {
      const std::string detail = read();
      metrics_.reloaded(what, true);
      log_.event("info", "read again", {{"what", name}, {"detail", detail}});
    } catch (const std::exception& error) {
      metrics_.reloaded(what, false);
      log_.event("error", "cannot be read; the old goes on", {{"what", name}, {"error", error.what()}});
    }
  }

  // A second signal ends the waiting. False: not all has ended.
  bool drain() {
    using Clock = std::chrono::steady_clock;
    log_.event("info", "shutting down");
    server_.begin_drain();
    bool hurried = next_signal(std::chrono::seconds(arguments_.drain_delay)) != 0;
    server_.stop_accepting();
    const Clock::time_point end = Clock::now() + std::chrono::seconds(arguments_.drain_timeout);
    while (!server_.drained() && !hurried && Clock::now() < end) hurried = next_signal(drain_tick) != 0;
    log_.event("info", "ended", {{"connections", std::to_string(metrics_.connections)}});
    return server_.drained() && server_.at_rest();
  }

  const Arguments arguments_;
  const Room room_;
  Metrics metrics_;
  Current current_;
  Log log_;
  std::string identity_seen_, settings_seen_;
  Server server_;
};

}  // namespace

IdentityFiles identity_files(const Arguments& arguments) {
  return {arguments.tls_cert, arguments.tls_key, arguments.client_ca, arguments.client_names};
}

int serve(const Arguments& arguments, Settings settings) {
  const sigset_t set = signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return Service(arguments, std::move(settings)).run();
}

}  // namespace corefile::webhook
