// SPDX-License-Identifier: Apache-2.0
#include "identity.hpp"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <ctime>

#include "app.hpp"

namespace corefile::webhook {
namespace {

[[noreturn]] void fail(const std::string& what) {
  std::string why;
  // The first error is the cause; the others are what it led to.
  for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    if (why.empty() && reason != nullptr) why = reason;
  }
  throw app::Trouble(what + (why.empty() ? "" : ": " + why));
}

// Forward secrecy and AEAD only; TLS 1.3 has nothing else.
constexpr const char* tls12_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

std::int64_t seconds_of(const ASN1_TIME* time) {
  std::tm parts{};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? timegm(&parts) : 0;
}

std::string serial_of(const X509* certificate) {
  const std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr), BN_free);
  if (!number) return {};
  char* digits = BN_bn2hex(number.get());
  std::string out = digits == nullptr ? "" : digits;
  OPENSSL_free(digits);
  return out;
}

void ask_for_clients(SSL_CTX* context, const std::string& authorities, const std::vector<std::string>& names) {
  if (SSL_CTX_load_verify_locations(context, authorities.c_str(), nullptr) != 1)
    fail(authorities + " holds no certificate in PEM that can be read");
  SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(authorities.c_str()));
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  // The CN of an API server's client certificate counts, also where there are DNS names.
  X509_VERIFY_PARAM* const param = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_WILDCARDS | X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT);
  for (const std::string& name : names) {
    if (X509_VERIFY_PARAM_add1_host(param, name.data(), name.size()) != 1) fail("`" + name + "` is not a client's name");
  }
}

}  // namespace

Identity load_identity(const IdentityFiles& files) {
  const auto& [certificate, key, client_ca, client_names] = files;
  ERR_clear_error();
  Identity identity;
  identity.context.reset(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX* context = identity.context.get();
  if (context == nullptr) fail("TLS cannot be set up");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, tls12_ciphers);
  // No resumption: it would pass by the check of the client's certificate, and connections last.
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1)
    fail(certificate + " is not a certificate in PEM that can be read");
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1)
    fail(key + " is not a key in PEM that fits to " + certificate);
  if (SSL_CTX_check_private_key(context) != 1) fail(key + " is not the key of " + certificate);
  if (!client_ca.empty()) ask_for_clients(context, client_ca, client_names);
  const X509* own = SSL_CTX_get0_certificate(context);
  identity.begins = seconds_of(X509_get0_notBefore(own));
  identity.expires = seconds_of(X509_get0_notAfter(own));
  identity.serial = serial_of(own);
  return identity;
}

std::string fingerprint(std::initializer_list<std::string> paths) {
  std::string out;
  for (const std::string& path : paths) {
    struct stat status {};
    if (path.empty() || ::stat(path.c_str(), &status) != 0) {
      out += "-;";
      continue;
    }
    out += std::to_string(status.st_dev) + ',' + std::to_string(status.st_ino) + ',' + std::to_string(status.st_size) + ',' +
           std::to_string(status.st_mtim.tv_sec) + '.' + std::to_string(status.st_mtim.tv_nsec) + ';';
  }
  return out;
}

}  // namespace corefile::webhook
