// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// The other side: a certificate, a TLS connection and a review, with nothing but OpenSSL and sockets, so that it can also do
/// what no library does.
namespace webhook_test {

struct Key {
  std::shared_ptr<X509> certificate;
  std::shared_ptr<EVP_PKEY> key;
};
/// Self-signed, for localhost, and good for as many seconds.
Key make_key(long serial, long lives = 86400);
/// A client's, which this authority has signed.
Key make_client(const Key& authority, const char* name);
/// `tls.crt` and `tls.key` in a folder.
void write_key(const Key& key, const std::string& folder);

/// Trusts whatever it is shown. `own`: shown to the server.
std::shared_ptr<SSL_CTX> client_context(const Key* own = nullptr, int newest_version = 0);

/// A descriptor, closed in the end.
class Socket {
 public:
  Socket() = default;
  explicit Socket(std::uint16_t port);
  Socket(Socket&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Socket& operator=(Socket&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Socket();
  int number() const noexcept { return number_; }
  bool connected() const noexcept { return number_ >= 0; }
  bool send(std::string_view bytes) const;
  /// Reads until the other side closes. False: it did not within five minutes.
  bool closes() const;

 private:
  int number_ = -1;
};

struct Reply {
  int status = 0;
  std::string body;
  bool closes = false;  ///< the server says that it closes
};

class Connection {
 public:
  /// `connected()` is false if the handshake failed.
  Connection(std::uint16_t port, const std::shared_ptr<SSL_CTX>& context);
  bool connected() const noexcept { return ssl_ != nullptr; }
  bool send(std::string_view bytes);
  /// None: the connection ended before.
  std::optional<Reply> receive();
  std::optional<Reply> ask(std::string_view request) { return send(request) ? receive() : std::nullopt; }
  long serial() const;
  const Socket& socket() const noexcept { return socket_; }

 private:
  bool more();

  Socket socket_;
  std::shared_ptr<SSL> ssl_;
  std::string input_;
};

std::string post(std::string_view body, std::string_view type = "application/json");
/// GET over plain HTTP, for probes and metrics.
Reply get(std::uint16_t port, std::string_view path);

}  // namespace webhook_test
