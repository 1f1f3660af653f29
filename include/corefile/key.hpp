// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Server block keys: `[SCHEME://]ZONE[:PORT]`. CoreDNS 1.15.0, core/dnsserver/address.go and register.go,
/// plugin/normalize.go, plugin/pkg/parse/transport.go, plugin/pkg/cidr.
namespace corefile {

enum class Transport : std::uint8_t { dns, tls, quic, grpc, https, https3, unix_socket };
std::string_view to_string(Transport transport) noexcept;
std::uint16_t default_port(Transport transport) noexcept;

struct Key {
  Transport transport = Transport::dns;
  /// Lower-case, with the last dot. Several where a CIDR does not end on an octet (or nibble); empty if `error`.
  std::vector<std::string> zones;
  std::string port;  ///< as written, else the default
  bool port_written = false;
  std::string_view zone_text;  ///< the zone as written, in the key's text
  std::string error;           ///< CoreDNS's words, if it refuses the key; empty if not
};

/// Reads one key as `release` does. The key's text must outlive the result.
Key read_key(std::string_view text, Release release);

/// A zone as plugins normalise their zone arguments (plugin.Host.NormalizeExact): none if it is no name.
std::vector<std::string> normalize_zone(std::string_view text, Release release);
/// `name` is `zone` or below it; both lower-case with the last dot.
bool is_below(std::string_view name, std::string_view zone) noexcept;
/// Reverse zones: in-addr.arpa. or ip6.arpa. itself, or below.
bool is_reverse(std::string_view zone) noexcept;

}  // namespace corefile
