// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <corefile/key.hpp>

#include "base/short_text.hpp"
#include "go/net.hpp"
#include "resolve/names.hpp"
#include "resolve/zone.hpp"

namespace corefile {
namespace {

struct Scheme {
  std::string_view prefix;
  Transport transport;
  Release since;
};
// plugin/pkg/parse/transport.go, by release; case matters.
constexpr std::array schemes{Scheme{"tls://", Transport::tls, {1, 4, 0}},          Scheme{"dns://", Transport::dns, {1, 4, 0}},
                             Scheme{"quic://", Transport::quic, {1, 11, 0}},       Scheme{"grpc://", Transport::grpc, {1, 4, 0}},
                             Scheme{"https3://", Transport::https3, {1, 13, 2}},   Scheme{"https://", Transport::https, {1, 4, 0}},
                             Scheme{"unix://", Transport::unix_socket, {1, 11, 0}}};

constexpr Release zones_split{1, 8, 4};       // CIDRs off the octet became several zones
constexpr Release cidr_checked{1, 8, 5};      // `::/0` and the like are refused
constexpr Release keys_lower_case{1, 14, 7};  // before, upper case stayed and never matched a query

Transport take_transport(std::string_view& text, Release release) {
  if (!short_text::holds(text, '/') || text.find("://") == std::string_view::npos) return Transport::dns;
  for (const Scheme& scheme : schemes) {
    if (release >= scheme.since && text.starts_with(scheme.prefix)) {
      text.remove_prefix(scheme.prefix.size());
      return scheme.transport;
    }
  }
  return Transport::dns;
}

// The labels of a network's reverse name that it does not fix, cut off.
std::string reverse_zone(const go::Ip& ip, unsigned ones, unsigned bits) {
  const unsigned digit = bits == 32 ? 8 : 4;
  const unsigned open = (bits - ones + (bits - ones) % digit) / digit;
  std::string name = go::reverse_name(ip);
  std::size_t at = 0;
  for (unsigned i = 0; i < open; ++i) {
    const std::size_t dot = name.find('.', at);
    if (dot == std::string::npos || dot + 1 == name.size()) break;
    at = dot + 1;
  }
  return name.substr(at);
}

// The next network of the same size.
void advance(go::Ip& ip, unsigned ones) {
  unsigned bit = ones + (ip.is4 ? 96 : 0);
  while (bit-- > 0) {
    std::uint8_t& byte = ip.bytes[bit / 8];
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    byte = static_cast<std::uint8_t>(byte ^ mask);
    if ((byte & mask) != 0) return;
  }
}

std::vector<std::string> reverse_zones(const go::Cidr& cidr, Release release) {
  // Before 1.8.4 the address itself was reversed and the zone filtered at run time (plugin/normalize.go, 1.8.3).
  if (release < zones_split) return {reverse_zone(cidr.ip, cidr.ones, cidr.bits)};
  const unsigned digit = cidr.bits == 32 ? 8 : 4;
  const unsigned ones = (cidr.ones + digit - 1U) / digit * digit;
  std::vector<std::string> zones;
  go::Ip network = cidr.network;
  for (unsigned i = 0; i < 1U << (ones - cidr.ones); ++i) {
    zones.push_back(reverse_zone(network, ones, cidr.bits));
    advance(network, ones);
  }
  return zones;
}

struct Host {
  std::vector<std::string> names;  // not normalised
  bool plain = false;              // see is_plain_zone
  std::string port;
  std::string_view zone;
  std::string error;
};

// plugin/normalize.go, SplitHostPort.
Host split(std::string_view text, Release release) {
  Host host;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos && colon + 1 == text.size()) {
    host.error = fmt::format("expecting data after last colon: \"{}\"", text);
    return host;
  }
  // An empty text has no colon, yet Go finds it at -1 == len - 1.
  if (text.empty()) {
    host.error = "expecting data after last colon: \"\"";
    return host;
  }
  if (colon != std::string_view::npos) {
    std::string_view digits = text.substr(colon + 1);
    if (digits.starts_with('+') && digits.size() > 1 && digits[1] != '-') digits.remove_prefix(1);
    std::int64_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error == std::errc{} && end == digits.data() + digits.size()) {
      host.port = std::to_string(port);
      text = text.substr(0, colon);
    }
  }
  host.zone = text;
  host.plain = resolve_detail::is_plain_zone(text);
  if (host.plain) {
    std::string& name = host.names.emplace_back();
    name.reserve(text.size() + 1);  // for the last dot
    name = text;
  } else if (text.size() > 255) {
    host.error = fmt::format("specified zone is too long: {} > 255", text.size());
  } else if (!go::is_domain_name(text, name_rules(release))) {
    host.error = fmt::format("zone is not a valid domain name: {}", text);
  } else if (const auto cidr = go::parse_cidr(text); !cidr) {
    host.names.emplace_back(text);
  } else if (release >= cidr_checked && (text[0] == ':' || (text[0] == '0' && text.find(':') != std::string_view::npos))) {
    host.error = fmt::format("invalid CIDR {}", text);
  } else {
    host.names = reverse_zones(*cidr, release);
  }
  return host;
}

}  // namespace

std::string_view to_string(Transport transport) noexcept {
  constexpr std::array<std::string_view, 7> names{"dns", "tls", "quic", "grpc", "https", "https3", "unix"};
  return names[static_cast<std::size_t>(transport)];
}

std::uint16_t default_port(Transport transport) noexcept {
  switch (transport) {
    case Transport::tls:
    case Transport::quic:
      return 853;
    case Transport::grpc:
    case Transport::https:
    case Transport::https3:
      return 443;
    case Transport::dns:
    case Transport::unix_socket:
      break;
  }
  return 53;
}

Key read_key(std::string_view text, Release release) {
  Key key;
  key.transport = take_transport(text, release);
  Host host = split(text, release);
  key.zone_text = host.zone;
  key.port_written = !host.port.empty();
  // A unix:// key has no default port (core/dnsserver/register.go, InspectServerBlocks).
  key.port = key.port_written                          ? std::move(host.port)
             : key.transport == Transport::unix_socket ? ""
                                                       : std::to_string(default_port(key.transport));
  key.error = std::move(host.error);
  for (std::string& name : host.names) {
    if (host.plain) {
      if (!name.ends_with('.')) name.push_back('.');
      continue;
    }
    name = go::fqdn(name, name_rules(release));
    if (release >= zones_split && key.error.empty()) key.error = split(name, release).error;
    if (release >= keys_lower_case) name = go::normalize_name(name, name_rules(release));
  }
  if (key.error.empty()) key.zones = std::move(host.names);
  return key;
}

std::vector<std::string> normalize_zone(std::string_view text, Release release) {
  take_transport(text, release);
  Host host = split(text, release);
  if (!host.error.empty()) return {};
  for (std::string& name : host.names) {
    if (!host.plain) {
      name = go::normalize_name(name, name_rules(release));
    } else if (!name.ends_with('.')) {
      name.push_back('.');
    }
  }
  return std::move(host.names);
}

bool is_below(std::string_view name, std::string_view zone) noexcept {
  if (zone == ".") return true;
  if (!name.ends_with(zone)) return false;
  return name.size() == zone.size() || name[name.size() - zone.size() - 1] == '.';
}

bool is_reverse(std::string_view zone) noexcept { return is_below(zone, "in-addr.arpa.") || is_below(zone, "ip6.arpa."); }

}  // namespace corefile
