// SPDX-License-Identifier: Apache-2.0
#include "probes.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <memory>

#include "app.hpp"

namespace corefile::webhook {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr std::size_t longest_request = 8192;
constexpr std::chrono::seconds probe_within{5};

class Probe : public std::enable_shared_from_this<Probe> {
 public:
  Probe(tcp::socket socket, const Probes::Responder& responder, int& open)
      : socket_(std::move(socket)), timer_(socket_.get_executor()), responder_(responder), open_(open) {
    ++open_;
  }
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;
  ~Probe() { --open_; }

  void start() {
    timer_.expires_after(probe_within);
    timer_.async_wait([self = weak_from_this()](Error error) {
      const std::shared_ptr<Probe> probe = self.lock();
      if (error || !probe) return;
      Error ignored;
      probe->socket_.close(ignored);
    });
    asio::async_read_until(socket_, input_, "\r\n\r\n", [self = shared_from_this()](Error error, std::size_t) {
      if (!error) self->answer();
    });
  }

 private:
  void answer() {
    const auto data = input_.data();
    const std::string_view text(static_cast<const char*>(data.data()), data.size());
    const std::string_view line = text.substr(0, text.find("\r\n"));
    Probes::Reply reply{405, "GET alone\n"};
    if (line.starts_with("GET ")) {
      const std::string_view target = line.substr(4, line.find(' ', 4) - 4);
      reply = responder_(target.substr(0, target.find('?')));
    }
    output_ = "HTTP/1.1 " + std::to_string(reply.status) + (reply.status == 200 ? " OK" : " Not OK") +
              "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nConnection: close\r\nContent-Length: " +
              std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
    asio::async_write(socket_, asio::buffer(output_), [self = shared_from_this()](Error error, std::size_t) {
      Error ignored;
      if (!error) self->socket_.shutdown(tcp::socket::shutdown_both, ignored);
    });
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  asio::streambuf input_{longest_request};
  std::string output_;
  const Probes::Responder& responder_;
  int& open_;
};

std::vector<tcp::endpoint> read_address(const std::string& text, const std::string& wrong) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) throw app::Trouble(wrong);
  unsigned short port = 0;
  const char* const end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data() + colon + 1, end, port); read.ec != std::errc() || read.ptr != end)
    throw app::Trouble(wrong);
  std::string host = text.substr(0, colon);
  if (host.empty()) return {{tcp::v6(), port}, {tcp::v4(), port}};
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  Error error;
  const asio::ip::address address = asio::ip::make_address(host, error);
  if (error) throw app::Trouble(wrong);
  return {{address, port}};
}

}  // namespace

tcp::acceptor listen_on(asio::io_context& io, const std::string& address, std::string_view option) {
  const std::string what = std::string(option) + ": `" + address + '`';
  Error error;
  for (const tcp::endpoint& endpoint : read_address(address, what + " is not ADDR:PORT, such as 127.0.0.1:8443 or :8443")) {
    tcp::acceptor acceptor(io);
    error = {};
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && endpoint.protocol() == tcp::v6()) acceptor.set_option(asio::ip::v6_only(false), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(4096, error);
    if (!error) return acceptor;
  }
  throw app::Trouble(what + ": " + error.message());
}

std::string address_of(const tcp::acceptor& acceptor) {
  const tcp::endpoint endpoint = acceptor.local_endpoint();
  const std::string host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? '[' + host + ']' : host) + ':' + std::to_string(endpoint.port());
}

Probes::Probes(asio::io_context& io, const std::string& address, Responder responder)
    : acceptor_(listen_on(io, address, "--metrics-listen")), responder_(std::move(responder)) {
  accept();
}

void Probes::accept() {
  acceptor_.async_accept([this](Error error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (!error && open_ < Probes::most_open) std::make_shared<Probe>(std::move(socket), responder_, open_)->start();
    accept();
  });
}

}  // namespace corefile::webhook
