// SPDX-License-Identifier: Apache-2.0
#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <stdexcept>

namespace webhook_test {
namespace {

void write_pem(const std::string& path, const auto& write) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) throw std::runtime_error(path);
  write(file);
  std::fclose(file);
}

Reply parse(std::string& input, std::size_t head) {
  Reply reply;
  const std::string_view text = std::string_view(input).substr(0, head);
  if (text.size() > 12) std::from_chars(text.data() + 9, text.data() + 12, reply.status);
  reply.closes = text.find("Connection: close") != std::string_view::npos;
  return reply;
}

std::size_t length_of(std::string_view head) {
  constexpr std::string_view name = "Content-Length: ";
  std::size_t length = 0;
  const std::size_t at = head.find(name);
  if (at != std::string_view::npos) std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
  return length;
}

// Not signed yet.
Key blank(long serial, long lives, const char* common_name) {
  Key made;
  made.key.reset(EVP_EC_gen("P-256"), EVP_PKEY_free);
  made.certificate.reset(X509_new(), X509_free);
  X509* certificate = made.certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), lives);
  X509_set_pubkey(certificate, made.key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(common_name),
                             -1, -1, 0);
  return made;
}

void sign(const Key& key, const Key& authority) {
  if (X509_sign(key.certificate.get(), authority.key.get(), EVP_sha256()) == 0) throw std::runtime_error("no certificate");
}

}  // namespace

Key make_key(long serial, long lives) {
  Key made = blank(serial, lives, "localhost");
  X509* certificate = made.certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  X509_EXTENSION* ca = X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "CA:TRUE");
  X509_add_ext(certificate, ca, -1);
  X509_EXTENSION_free(ca);
  sign(made, made);
  return made;
}

Key make_client(const Key& authority, const char* name) {
  Key made = blank(1, 86400, name);
  X509_set_issuer_name(made.certificate.get(), X509_get_subject_name(authority.certificate.get()));
  sign(made, authority);
  return made;
}

void write_key(const Key& key, const std::string& folder) {
  write_pem(folder + "/tls.crt", [&](std::FILE* file) { PEM_write_X509(file, key.certificate.get()); });
  write_pem(folder + "/tls.key",
            [&](std::FILE* file) { PEM_write_PrivateKey(file, key.key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

std::shared_ptr<SSL_CTX> client_context(const Key* own, int newest_version) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_set_read_ahead(context.get(), 1);  // one call for a record, not one for its header too
  if (newest_version != 0) {
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), newest_version);
    SSL_CTX_set_max_proto_version(context.get(), newest_version);
  }
  if (own != nullptr) {
    SSL_CTX_use_certificate(context.get(), own->certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), own->key.get());
  }
  return context;
}

Socket::Socket(std::uint16_t port) : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  // A guard against waiting for ever; no test waits this long.
  const timeval guard{300, 0};
  const int on = 1;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::setsockopt(number_, SOL_SOCKET, SO_RCVTIMEO, &guard, sizeof guard);
  ::setsockopt(number_, SOL_SOCKET, SO_SNDTIMEO, &guard, sizeof guard);
  ::setsockopt(number_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (number_ < 0 || ::connect(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
  ::close(number_);
  number_ = -1;
}

Socket::~Socket() {
  if (number_ >= 0) ::close(number_);
}

bool Socket::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Socket::closes() const {
  char bytes[4096];
  for (;;) {
    const ssize_t got = ::recv(number_, bytes, sizeof bytes, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0 || errno == ECONNRESET;
  }
}

Connection::Connection(std::uint16_t port, const std::shared_ptr<SSL_CTX>& context) : socket_(port) {
  if (!socket_.connected()) return;
  ssl_.reset(SSL_new(context.get()), SSL_free);
  SSL_set_fd(ssl_.get(), socket_.number());
  if (SSL_connect(ssl_.get()) != 1) ssl_.reset();
}

bool Connection::send(std::string_view bytes) {
  return ssl_ != nullptr &&
         (bytes.empty() || SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size()));
}

bool Connection::more() {
  char bytes[8192];
  const int got = ssl_ == nullptr ? 0 : SSL_read(ssl_.get(), bytes, sizeof bytes);
  if (got <= 0) return false;
  input_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

std::optional<Reply> Connection::receive() {
  for (;;) {
    std::size_t head = 0;
    while ((head = input_.find("\r\n\r\n")) == std::string::npos) {
      if (!more()) return {};
    }
    head += 4;
    Reply reply = parse(input_, head);
    const std::size_t length = length_of(std::string_view(input_).substr(0, head));
    while (input_.size() < head + length) {
      if (!more()) return {};
    }
    reply.body = input_.substr(head, length);
    input_.erase(0, head + length);
    if (reply.status != 100) return reply;
  }
}

long Connection::serial() const {
  if (ssl_ == nullptr) return 0;
  const std::unique_ptr<X509, void (*)(X509*)> shown(SSL_get1_peer_certificate(ssl_.get()), X509_free);
  return shown ? ASN1_INTEGER_get(X509_get0_serialNumber(shown.get())) : 0;
}

std::string post(std::string_view body, std::string_view type) {
  return "POST /validate?timeout=600s HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

Reply get(std::uint16_t port, std::string_view path) {
  const Socket socket(port);
  std::string input;
  char bytes[8192];
  if (!socket.connected() || !socket.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) return {};
  for (ssize_t got = 0; (got = ::recv(socket.number(), bytes, sizeof bytes, 0)) > 0;) input.append(bytes, static_cast<std::size_t>(got));
  const std::size_t head = input.find("\r\n\r\n");
  if (head == std::string::npos) return {};
  Reply reply = parse(input, head);
  reply.body = input.substr(head + 4);
  return reply;
}

}  // namespace webhook_test
