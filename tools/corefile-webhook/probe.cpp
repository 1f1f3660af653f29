// SPDX-License-Identifier: Apache-2.0
#include "probe.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdlib>
#include <memory>

#include "disk.hpp"

namespace corefile::webhook {
namespace {

namespace asio = boost::asio;
using app::Trouble;
using asio::ip::tcp;

constexpr timeval answer_within{30, 0};
constexpr std::size_t longest_answer = 4U << 20U;
constexpr std::string_view word = "corefile-webhook-probe";  // a plugin that nobody has

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr) throw Trouble(std::string(name) + " is not set: --probe is for a pod");
  return value;
}

// Addresses alone: nothing is looked up.
tcp::endpoint api_server(const std::string& host) {
  boost::system::error_code error;
  const asio::ip::address address = asio::ip::make_address(host, error);
  const int port = std::atoi(variable("KUBERNETES_SERVICE_PORT").c_str());
  if (error || port <= 0 || port > 0xFFFF) throw Trouble("KUBERNETES_SERVICE_HOST and _PORT are not an address and a port");
  return {address, static_cast<unsigned short>(port)};
}

/// A request over HTTPS to an answer, head and body. HTTP/1.0: it is whole, and then the other side closes.
std::string ask(const std::string& request, const std::string& authorities) {
  const std::string host = variable("KUBERNETES_SERVICE_HOST");
  asio::io_context io;
  tcp::socket socket(io);
  boost::system::error_code error;
  socket.connect(api_server(host), error);
  if (error) throw Trouble("the API server at " + host + ": " + error.message());
  for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO})
    ::setsockopt(socket.native_handle(), SOL_SOCKET, option, &answer_within, sizeof answer_within);

  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (!context || SSL_CTX_load_verify_locations(context.get(), authorities.c_str(), nullptr) != 1)
    throw Trouble(authorities + " holds no certificate in PEM that can be read");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  const std::unique_ptr<SSL, void (*)(SSL*)> tls(SSL_new(context.get()), SSL_free);
  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls.get()), host.c_str());
  SSL_set_fd(tls.get(), socket.native_handle());
  std::size_t written = 0;
  if (SSL_connect(tls.get()) != 1 || SSL_write_ex(tls.get(), request.data(), request.size(), &written) != 1)
    throw Trouble("the API server at " + host +
                  " cannot be spoken to over TLS: " + X509_verify_cert_error_string(SSL_get_verify_result(tls.get())));
  std::string answer;
  char buffer[4096];
  for (int size = 1; size > 0 && answer.size() < longest_answer;) {
    size = SSL_read(tls.get(), buffer, sizeof buffer);
    if (size > 0) answer.append(buffer, static_cast<std::size_t>(size));
  }
  return answer;
}

std::string request_for(const std::string& configmap, const std::string& token) {
  const std::size_t slash = configmap.find('/');
  const std::string body = R"({"data":{"Corefile":". {\n    )" + std::string(word) + R"(\n}\n"}})";
  return "PATCH /api/v1/namespaces/" + configmap.substr(0, slash) + "/configmaps/" + configmap.substr(slash + 1) +
         "?dryRun=All HTTP/1.0\r\nHost: kubernetes.default.svc\r\nAuthorization: Bearer " + token +
         "\r\nAccept: application/json\r\nContent-Type: application/merge-patch+json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

bool is_name(std::string_view text) {
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos && !text.empty();
}

}  // namespace

app::Outcome probe(const std::string& configmap, const std::string& service_account) {
  const std::size_t slash = configmap.find('/');
  if (slash == std::string::npos || !is_name(configmap.substr(0, slash)) || !is_name(configmap.substr(slash + 1)))
    throw Trouble("--probe: `" + configmap + "` is not NAMESPACE/NAME");
  std::string token = app::read_file(service_account + "/token");
  while (!token.empty() && token.back() == '\n') token.pop_back();
  const std::string answer = ask(request_for(configmap, token), service_account + "/ca.crt");
  const std::string head = answer.substr(0, answer.find("\r\n\r\n"));
  const std::string status = head.substr(0, head.find("\r\n"));
  const std::string body = answer.substr(std::min(answer.size(), head.size() + 4));
  const bool passed = status.find(" 200") != std::string::npos;
  if (head.find(word) != std::string::npos)
    return {
        app::clean, "the webhook is asked about " + configmap + ", and warns: it denies nothing, or what is there is refused too\n", {}};
  if (!passed && body.find("denied the request") != std::string::npos && body.find(word) != std::string::npos)
    return {app::clean, "the webhook is asked about " + configmap + ", and denies what CoreDNS does not load\n", {}};
  if (passed) {
    return {app::findings,
            "the webhook is not asked about " + configmap +
                ": the API server does not reach its pods, does not trust them, or has no such webhook;\n"
                "apiserver_admission_webhook_fail_open_count counts what passed\n",
            {}};
  }
  throw Trouble("the API server says " + status + ": " + body.substr(0, 400));
}

}  // namespace corefile::webhook
