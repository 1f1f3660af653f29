// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "plugins/reader.hpp"

namespace corefile::plugins {

/// What one `tls` of a server block says, as far as the text tells it.
struct TlsPolicy {
  bool known = true;  ///< no word of it is of unknown value
  bool acme = false;
  std::string options;               ///< all of ACME's; of files, what surely differs where it differs
  std::vector<std::string> domains;  ///< of ACME, normalised
  std::string storage;               ///< of ACME, if one is written
  Place place;
};

/// By mention; the last one holds.
std::vector<TlsPolicy> tls_policies(const Config& config, const BlockState& state, Release release);

/// compatibleTLSConfig of core/dnsserver/tlsconfig.go, as far as the text decides.
bool surely_differ(const TlsPolicy& a, const TlsPolicy& b);

}  // namespace corefile::plugins
