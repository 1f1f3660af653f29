// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Go's net and miekg/dns's names, as far as CoreDNS's setup code uses them.
namespace corefile::go {

struct Ip {
  std::array<std::uint8_t, 16> bytes{};  ///< an IPv4 address stands in the last four
  bool is4 = false;
  std::string_view zone{};  ///< of IPv6, behind `%`
  constexpr bool operator==(const Ip&) const = default;
};

/// net/netip.ParseAddr: no leading zeros in IPv4, an optional zone in IPv6.
std::optional<Ip> parse_addr(std::string_view text) noexcept;
/// net.ParseIP: as above without a zone.
std::optional<Ip> parse_ip(std::string_view text) noexcept;
std::string to_string(const Ip& ip);
bool is_loopback(const Ip& ip) noexcept;
bool is_unspecified(const Ip& ip) noexcept;

struct Cidr {
  Ip ip;              ///< as written
  Ip network;         ///< host bits cleared
  std::uint8_t ones;  ///< length of the prefix
  std::uint8_t bits;  ///< 32 or 128
};
/// net.ParseCIDR.
std::optional<Cidr> parse_cidr(std::string_view text) noexcept;
Ip masked(Ip ip, unsigned ones) noexcept;
/// k8s.io/utils/net, GetIndexedIP: the network's address and so many more; none beyond it.
std::optional<Ip> indexed(const Cidr& network, unsigned index) noexcept;
/// The network's last address.
Ip last(const Cidr& network) noexcept;

struct HostPort {
  std::string_view host, port;
};
/// net.SplitHostPort; none where Go gives an error, whose words go to `error`.
std::optional<HostPort> split_host_port(std::string_view text, std::string* error = nullptr);

/// What changed in github.com/miekg/dns; as it stands, its newest release.
struct NameRules {
  bool letters_as_escapes = false;  ///< until 1.1.53: the bytes of the last letter count as backslashes before the last dot do
  bool leading_dot = false;         ///< until 1.1.49: one may stand
  bool open_escape = false;         ///< until 1.1.58: a backslash may stand last
};
/// dns.IsDomainName.
bool is_domain_name(std::string_view name, NameRules rules = {}) noexcept;
/// net.isDomainName: what Go's own resolver asks for at all. A name of digits and dots alone it does not.
bool is_lookup_name(std::string_view name) noexcept;
/// dns.IsFqdn.
bool is_fqdn(std::string_view name, NameRules rules = {}) noexcept;
std::string fqdn(std::string_view name, NameRules rules = {});
/// Lower-case and fully qualified: plugin.Name.Normalize. ASCII letters only.
std::string normalize_name(std::string_view name, NameRules rules = {});
/// dns.ReverseAddr.
std::string reverse_name(const Ip& ip);

}  // namespace corefile::go
