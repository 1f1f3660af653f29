// SPDX-License-Identifier: Apache-2.0
#include "pool_faults.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
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

using corefile::webhook::Admission;
using corefile::webhook::Answer;
using corefile::webhook::Weight;

std::uint16_t port_of(const std::string& address) { return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))); }

int failures = 0;
void expect(bool well, std::string_view what) {
  if (well) return;
  ++failures;
  fmt::print("  FAILED: {}\n", what);
}

/// In this process, with a reviewer of the test's own.
struct Local {
  Local(std::size_t threads, std::size_t queue, Weight weight, std::function<Answer(const Admission&)> judge,
        std::chrono::milliseconds patience = std::chrono::seconds(60)) {
    write_key(make_key(1), folder.path);
    corefile::webhook::ServerOptions options;
    options.listen = options.metrics_listen = "127.0.0.1:0";
    options.threads = options.heavy_threads = threads;
    options.queue = options.light_queue = queue;
    // `next` is judged at once, where nothing can be late.
    const corefile::webhook::Reviewer reviewer{[weight](const Admission& a) { return a.uid == "next" ? Weight::nothing : weight; },
                                               std::move(judge),
                                               [](const Admission& admission, const std::string&) {
                                                 return Answer{200, "gave up on " + admission.uid, {}};
                                               }};
    options.review_timeout = patience;
    server.emplace(options, corefile::webhook::load_identity({folder.path + "/tls.crt", folder.path + "/tls.key", {}, {}}), reviewer,
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

std::string review_named(std::string_view uid) { return review_of(uid, ""); }

int status_of(std::uint16_t port, std::string_view uid) {
  Connection connection(port, client_context());
  const std::optional<Reply> reply = connection.ask(post(review_named(uid)));
  return reply ? reply->status : 0;
}

void failing_reviews(Weight weight) {
  const bool pooled = weight != Weight::nothing;
  std::atomic<int> deaths{0};
  Local local(2, 64, weight, [&](const Admission& admission) -> Answer {
    const std::string& asked = admission.uid;
    if (asked == "throw") throw std::runtime_error("as asked");
    if (asked == "memory") throw std::bad_alloc();
    if (asked == "die once" && deaths++ == 0) ::pthread_exit(nullptr);
    if (asked == "die") ::pthread_exit(nullptr);
    if (asked.starts_with("die")) return {200, "survived", {}};
    static const corefile::webhook::Settings settings;
    return corefile::webhook::review(admission, settings);
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
      const std::optional<Reply> reply = connection.ask(post(review_named("die once")));
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
  Local local(1, 2, Weight::heavy, [&](const Admission&) -> Answer {
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

// The policy answers in time, and what waits behind the slow one is answered too.
void unfinished() {
  std::mutex lock;
  std::condition_variable changed;
  bool open = false;
  Local local(
      1, 8, Weight::light,
      [&](const Admission& admission) -> Answer {
        std::unique_lock held(lock);
        changed.wait(held, [&] { return open; });
        return {200, "judged " + admission.uid, {}};
      },
      std::chrono::milliseconds(300));
  Connection slow(local.port(), client_context());
  Connection behind(local.port(), client_context());
  slow.send(post(review_named("slow")));
  behind.send(post(review_named("behind")));
  const auto answer = [](std::optional<Reply> reply) { return reply ? reply->body : std::string(); };
  expect(answer(slow.receive()) == "gave up on slow", "a review that does not end is answered");
  expect(answer(behind.receive()) == "gave up on behind", "and one that waits for it");
  expect(local.counts("corefile_webhook_unfinished_reviews_total 2"), "both are counted");
  {
    const std::lock_guard held(lock);
    open = true;
  }
  changed.notify_all();
  while (!local.server->at_rest()) {
  }
  expect(answer(slow.ask(post(review_named("next")))) == "judged next", "the connection serves on, and hears no old answer");
}

// A client that goes away is noticed when its answer is there, and not taken for one that was answered.
void abandoned() {
  std::mutex lock;
  std::condition_variable changed;
  bool begun = false;
  bool open = false;
  Local local(1, 8, Weight::light, [&](const Admission&) -> Answer {
    std::unique_lock held(lock);
    begun = true;
    changed.notify_all();
    changed.wait(held, [&] { return open; });
    return {200, "judged", {}};
  });
  {
    Connection gone(local.port(), client_context());
    gone.send(post(review_named("gone")));
    std::unique_lock held(lock);
    changed.wait(held, [&] { return begun; });
  }
  // Whoever was answered at once is not asked whether they are there.
  const auto glance = std::chrono::steady_clock::now() + std::chrono::milliseconds(60);
  while (std::chrono::steady_clock::now() < glance) {
  }
  {
    const std::lock_guard held(lock);
    open = true;
  }
  changed.notify_all();
  while (!local.counts("corefile_webhook_abandoned_reviews_total 1")) {
  }
  expect(local.counts("corefile_webhook_requests_total{code=\"200\"} 0"), "nobody was answered");
  expect(status_of(local.port(), "next") == 200, "others are");
}

// Lines that are not taken are counted, and nobody who does not read holds up the end.
void lost_lines() {
  {
    corefile::webhook::Metrics metrics;
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    corefile::webhook::Log log(full, metrics);
    for (int i = 0; i < 3; ++i) log.event("info", "a line");
    log.end();
    ::close(full);
    expect(metrics.log_lines_dropped == 3, "lines for a full disk are counted");
  }
  corefile::webhook::Metrics metrics;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return expect(false, "a pipe");
  corefile::webhook::Log log(ends[1], metrics);
  for (int i = 0; i < 100; ++i) log.event("info", "a line", {{"long", std::string(10'000, 'x')}});
  log.end();
  expect(metrics.log_lines_dropped > 80, "and those for a pipe that nobody reads");
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace

int pool_faults() {
  failing_reviews(Weight::heavy);
  failing_reviews(Weight::light);
  failing_reviews(Weight::nothing);
  full_queue();
  unfinished();
  abandoned();
  lost_lines();
  return failures;
}

}  // namespace webhook_test
