// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>  // before Asio: Boost 1.74 forgets it

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace corefile::webhook {

/// `ADDR:PORT`, `[ADDR]:PORT`, or `:PORT` for every address. Throws app::Trouble, naming `option`.
boost::asio::ip::tcp::acceptor listen_on(boost::asio::io_context& io, const std::string& address, std::string_view option);
std::string address_of(const boost::asio::ip::tcp::acceptor& acceptor);

/// HTTP for `GET` of a few paths, one request a connection.
class Probes {
 public:
  struct Reply {
    unsigned status;
    std::string body;
  };
  static constexpr int most_open = 16;
  using Responder = std::function<Reply(std::string_view path)>;

  Probes(boost::asio::io_context& io, const std::string& address, Responder responder);
  std::string address() const { return address_of(acceptor_); }

 private:
  void accept();
  boost::asio::ip::tcp::acceptor acceptor_;
  Responder responder_;
  int open_ = 0;
};

}  // namespace corefile::webhook
