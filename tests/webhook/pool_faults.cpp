// SPDX-License-Identifier: Apache-2.0
#include "pool_faults.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <new>
#include <stdexcept>

#include "child.hpp"
#include "client.hpp"
#include "load.hpp"
#include "server.hpp"

namespace webhook_test {
namespace {

using corefile::webhook::Answer;

std::uint16_t port_of(const std::string& address) { return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))); }

int failures = 0;
void expect(bool well, std::string_view what) {
  if (well) return;
  ++failures;
  fmt::print("  FAILED: {}\n", what);
}

/// In this process, with a reviewer of the test's own.
struct Local {
  Local(std::size_t threads, std::size_t queue, bool pooled, corefile::webhook::Server::Reviewer reviewer) {
    write_key(make_key(1), folder.path);
    corefile::webhook::ServerOptions options;
    options.listen = options.metrics_listen = "127.0.0.1:0";
    options.threads = threads;
    options.queue = queue;
    if (pooled) options.small_body = 0;
    server.emplace(options, corefile::webhook::load_identity(folder.path + "/tls.crt", folder.path + "/tls.key", {}), std::move(reviewer),
                   metrics, log);
  }
  std::uint16_t port() const { return port_of(server->address()); }
  bool counts(const std::string& sample) const {
    return get(port_of(server->metrics_address()), "/metrics").body.find('\n' + sample + '\n') != std::string::npos;
  }

  Folder folder;
  corefile::webhook::Metrics metrics;
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  corefile::webhook::Log log{nowhere, metrics};
  std::optional<corefile::webhook::Server> server;
};

int status_of(std::uint16_t port, std::string_view body) {
  Connection connection(port, client_context());
  const std::optional<Reply> reply = connection.ask(post(body));
  return reply ? reply->status : 0;
}

void failing_reviews(bool pooled) {
  std::atomic<int> deaths{0};
  Local local(2, 64, pooled, [&](std::string_view body) -> Answer {
    if (body == "throw") throw std::runtime_error("as asked");
    if (body == "memory") throw std::bad_alloc();
    if (body == "die once" && deaths++ == 0) ::pthread_exit(nullptr);
    if (body == "die") ::pthread_exit(nullptr);
    if (body.starts_with("die")) return {200, "survived", {}};
    static const corefile::webhook::Settings settings;
    return corefile::webhook::review(body, settings);
  });
  Load load(local.port(), Load::Style::keep_alive, 3);
  load.wait_for(1);
  for (int i = 0; i < 20; ++i) {
    expect(status_of(local.port(), "throw") == 500, "a review that throws is answered 500");
    expect(status_of(local.port(), "memory") == 500, "one without memory is answered 500");
  }
  if (pooled) {
    for (int i = 0; i < 5; ++i) {
      deaths = 0;
      Connection connection(local.port(), client_context());
      const std::optional<Reply> reply = connection.ask(post("die once"));
      expect(reply && reply->status == 200 && reply->body == "survived", "a review whose thread dies is done by another");
      expect(status_of(local.port(), "die") == 500, "one that two threads die of is answered 500");
    }
    expect(local.counts("corefile_webhook_worker_deaths_total 15"), "deaths are counted");
  }
  load.wait_for(5);
  load.stop();
  fmt::print("  {} reviews beside it, {} wrong, {} lost\n", load.right(), load.wrong.load(), load.lost.load());
  expect(load.right() > 0 && load.wrong == 0 && load.lost == 0, "the others are not touched");
}

void full_queue() {
  std::mutex lock;
  std::condition_variable changed;
  bool open = false;
  int begun = 0;
  Local local(1, 2, true, [&](std::string_view) -> Answer {
    std::unique_lock held(lock);
    ++begun;
    changed.notify_all();
    changed.wait(held, [&] { return open; });
    return {200, "done", {}};
  });
  std::vector<std::future<int>> taken;
  const auto ask = [&] { return std::async(std::launch::async, [&] { return status_of(local.port(), "wait"); }); };
  taken.push_back(ask());
  {
    std::unique_lock held(lock);
    changed.wait(held, [&] { return begun == 1; });
  }
  // One is under way; two wait; whoever comes then is told so at once.
  for (int i = 0; i < 2; ++i) taken.push_back(ask());
  while (!local.counts("corefile_webhook_in_flight 3")) {
  }
  expect(status_of(local.port(), "wait") == 503, "a full queue answers 503");
  expect(local.counts("corefile_webhook_rejected_connections_total{reason=\"queue_full\"} 1"), "and is counted");
  {
    const std::lock_guard held(lock);
    open = true;
  }
  changed.notify_all();
  for (std::future<int>& each : taken) expect(each.get() == 200, "those that waited are answered");
}

}  // namespace

int pool_faults() {
  failing_reviews(true);
  failing_reviews(false);
  full_queue();
  return failures;
}

}  // namespace webhook_test
