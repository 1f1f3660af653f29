// SPDX-License-Identifier: Apache-2.0
#include "serve.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <corefile/render.hpp>
#include <csignal>
#include <memory>
#include <mutex>
#include <thread>

#include "app.hpp"
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

// Twice the connections, because those that are closed and those that are new overlap.
void raise_descriptors(std::size_t connections, Log& log) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = 2 * connections + 256;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min<rlim_t>(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < wanted)
    log.event("warning", "few file descriptors", {{"limit", std::to_string(limit.rlim_cur)}, {"wanted", std::to_string(wanted)}});
}

class Service {
 public:
  Service(const Arguments& arguments, Settings settings)
      : arguments_(arguments),
        current_(std::move(settings)),
        log_(STDERR_FILENO, metrics_),
        identity_seen_(identity_now()),
        settings_seen_(settings_now()),
        server_(
            options(arguments), load_identity(arguments.tls_cert, arguments.tls_key, arguments.client_ca),
            [this](std::string_view body) { return review(body, *current_.get()); }, metrics_, log_) {}

  int run() {
    raise_descriptors(arguments_.max_connections, log_);
    for (const std::string& remark : current_.get()->remarks) log_.event("warning", remark);
    log_.event("info", "listening",
               {{"address", server_.address()}, {"metrics", server_.metrics_address()}, {"version", std::string(version())}});
    for (;;) {
      const int signal = next_signal(tick);
      if (signal == SIGTERM || signal == SIGINT) break;
      look(signal == SIGHUP);
    }
    drain();
    return 0;
  }

 private:
  static ServerOptions options(const Arguments& arguments) {
    ServerOptions options;
    options.listen = arguments.listen;
    options.metrics_listen = arguments.metrics_listen;
    options.threads = arguments.threads != 0 ? arguments.threads : std::max<std::size_t>(2, std::thread::hardware_concurrency());
    options.queue = arguments.queue;
    options.max_connections = arguments.max_connections;
    options.max_body = arguments.max_body;
    options.timeout = std::chrono::seconds(arguments.timeout);
    options.idle_timeout = std::chrono::seconds(arguments.idle_timeout);
    options.log_contents = arguments.log_contents;
    return options;
  }

  std::string identity_now() const { return fingerprint({arguments_.tls_cert, arguments_.tls_key, arguments_.client_ca}); }
  std::string settings_now() const { return fingerprint({arguments_.config, current_.get()->main_path}); }

  // What changed is read again; if it cannot be used, the old goes on.
  void look(bool at_once) {
    if (std::string now = identity_now(); at_once || now != identity_seen_) {
      identity_seen_ = std::move(now);
      reload(Reload::certificate, "certificate", [this] {
        const Identity identity = load_identity(arguments_.tls_cert, arguments_.tls_key, arguments_.client_ca);
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

  // A second signal ends the waiting.
  void drain() {
    using Clock = std::chrono::steady_clock;
    log_.event("info", "shutting down");
    server_.begin_drain();
    bool hurried = next_signal(std::chrono::seconds(arguments_.drain_delay)) != 0;
    server_.stop_accepting();
    const Clock::time_point end = Clock::now() + std::chrono::seconds(arguments_.drain_timeout);
    while (!server_.drained() && !hurried && Clock::now() < end) hurried = next_signal(drain_tick) != 0;
    log_.event("info", "ended", {{"connections", std::to_string(metrics_.connections)}});
  }

  const Arguments arguments_;
  Metrics metrics_;
  Current current_;
  Log log_;
  std::string identity_seen_, settings_seen_;
  Server server_;
};

}  // namespace

int serve(const Arguments& arguments, Settings settings) {
  const sigset_t set = signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return Service(arguments, std::move(settings)).run();
}

}  // namespace corefile::webhook
