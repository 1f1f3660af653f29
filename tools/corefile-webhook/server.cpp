// SPDX-License-Identifier: Apache-2.0
#include "server.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <ctime>
#include <optional>
#include <thread>
#include <vector>

#include "probes.hpp"
#include "session.hpp"

namespace corefile::webhook {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr std::chrono::milliseconds out_of_descriptors{50};  // until the next try
constexpr std::chrono::seconds stuck{30};

}  // namespace

struct Server::Parts {
  Parts(const ServerOptions& options, Reviewer reviewer, Metrics& metrics, Log& log)
      : common(options, std::move(reviewer), metrics, log), workers(make_workers(common)) {}

  static std::vector<std::unique_ptr<Worker>> make_workers(Common& common) {
    const std::size_t count = common.options.threads;
    std::vector<std::unique_ptr<Worker>> out;
    while (out.size() < count) out.push_back(std::make_unique<Worker>(common, (common.options.max_connections + count - 1) / count));
    return out;
  }

  void accept() {
    Worker& worker = *workers[next++ % workers.size()];
    acceptor->async_accept(worker.io, [this, &worker](Error error, tcp::socket socket) {
      if (error == asio::error::operation_aborted || !acceptor->is_open()) return;
      if (error == asio::error::no_descriptors || error == asio::error::no_buffer_space) {
        retry.expires_after(out_of_descriptors);
        retry.async_wait([this](Error aborted) {
          if (!aborted) accept();
        });
        return;
      }
      if (!error) admit(worker, std::move(socket));
      accept();
    });
  }

  void admit(Worker& worker, tcp::socket socket) {
    // Too many are on their way to a thread that has no time for them.
    if (static_cast<std::size_t>(common.metrics.connections) + under_way > common.options.max_open) {
      common.metrics.rejected(Rejection::crowded);
      return;
    }
    ++under_way;
    asio::post(worker.io, [this, &worker, socket = std::move(socket)]() mutable {
      --under_way;
      worker.admit(std::move(socket));
    });
  }

  // What has already come in full is not turned away.
  void stop_accepting() {
    Error error;
    acceptor->non_blocking(true, error);
    for (;;) {
      Worker& worker = *workers[next++ % workers.size()];
      tcp::socket socket(worker.io);
      acceptor->accept(socket, error);
      if (error) break;
      admit(worker, std::move(socket));
    }
    acceptor->close(error);
    accepting = false;
    for (const auto& worker : workers) {
      asio::post(worker->io, [&worker] { worker->close_idle(); });
    }
  }

  Probes::Reply reply(std::string_view path) const {
    if (path == "/metrics") return {200, common.metrics.text()};
    if (path == "/healthz") {
      const auto now = std::chrono::steady_clock::now();
      for (const auto& worker : workers) {
        if (now - worker->last_beat() > stuck) return {503, "a thread is stuck\n"};
      }
      return {200, "ok\n"};
    }
    if (path == "/readyz") {
      if (common.draining) return {503, "shutting down\n"};
      if (expires < std::time(nullptr)) return {503, "the certificate has expired\n"};
      return {200, "ok\n"};
    }
    return {404, "/healthz, /readyz and /metrics are here\n"};
  }

  Common common;
  std::vector<std::unique_ptr<Worker>> workers;
  std::optional<tcp::acceptor> acceptor;  // on the first thread
  asio::steady_timer retry{workers.front()->io};
  asio::io_context probes_io{1};
  std::optional<Probes> probes;
  std::string address, metrics_address;
  std::size_t next = 0;
  std::atomic<std::size_t> under_way{0};
  std::atomic<std::int64_t> expires{0};
  std::atomic<bool> accepting{true};
  std::vector<std::thread> threads;
};

Server::Server(const ServerOptions& options, const Identity& identity, Reviewer reviewer, Metrics& metrics, Log& log)
    : parts_(std::make_unique<Parts>(options, std::move(reviewer), metrics, log)) {
  Parts& parts = *parts_;
  replace(identity);
  parts.acceptor.emplace(listen_on(parts.workers.front()->io, options.listen, "--listen"));
  parts.probes.emplace(parts.probes_io, options.metrics_listen, [&parts](std::string_view path) { return parts.reply(path); });
  parts.address = address_of(*parts.acceptor);
  parts.metrics_address = parts.probes->address();
  parts.accept();
  for (const auto& worker : parts.workers) parts.threads.emplace_back([&worker] { worker->run(); });
  parts.threads.emplace_back([&parts] { parts.probes_io.run(); });
}

Server::~Server() {
  for (const auto& worker : parts_->workers) worker->io.stop();
  parts_->probes_io.stop();
  for (std::thread& thread : parts_->threads) thread.join();
  parts_->common.light.reset();  // their work speaks to the other threads' connections
  parts_->common.heavy.reset();
}

const std::string& Server::address() const noexcept { return parts_->address; }
const std::string& Server::metrics_address() const noexcept { return parts_->metrics_address; }

void Server::replace(const Identity& identity) {
  parts_->expires = identity.expires;
  parts_->common.metrics.certificate_expires(identity.expires);
  const std::lock_guard lock(parts_->common.identity_lock);
  parts_->common.identity = identity.context;
}

void Server::begin_drain() { parts_->common.draining = true; }

void Server::stop_accepting() {
  asio::post(parts_->workers.front()->io, [parts = parts_.get()] { parts->stop_accepting(); });
}

bool Server::at_rest() { return parts_->common.light->at_rest() && parts_->common.heavy->at_rest(); }

bool Server::drained() const noexcept { return !parts_->accepting && parts_->under_way == 0 && parts_->common.metrics.connections == 0; }

}  // namespace corefile::webhook
