// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct ssl_ctx_st;

namespace corefile::webhook {

/// What a server shows in a TLS handshake, and whom it takes.
struct Identity {
  std::shared_ptr<ssl_ctx_st> context;
  std::int64_t begins = 0, expires = 0;  ///< seconds since 1970
  std::string serial;                    ///< of the certificate, in hexadecimal digits
};

struct IdentityFiles {
  std::string certificate, key;
  std::string client_ca;                  ///< empty: whoever asks
  std::vector<std::string> client_names;  ///< of these clients; none: all of them
};

/// From PEM files. Throws app::Trouble, also if the key is another certificate's.
Identity load_identity(const IdentityFiles& files);

/// Changes whenever one of the files does, also if a symbolic link on the way to it is turned over.
std::string fingerprint(std::initializer_list<std::string> paths);

}  // namespace corefile::webhook
