// SPDX-License-Identifier: Apache-2.0
#include "zone/types.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/number.hpp"
#include "zone/zone.hpp"

namespace corefile::zone {
namespace {

struct Built {
  Release release;
  int library;
};
constexpr std::array built{
    Built{{1, 4, 0}, 6},   Built{{1, 5, 1}, 14},  Built{{1, 6, 0}, 15},  Built{{1, 6, 3}, 16},  Built{{1, 6, 4}, 17},
    Built{{1, 6, 5}, 22},  Built{{1, 6, 7}, 27},  Built{{1, 6, 8}, 29},  Built{{1, 7, 1}, 31},  Built{{1, 8, 0}, 34},
    Built{{1, 8, 1}, 35},  Built{{1, 8, 2}, 38},  Built{{1, 8, 4}, 42},  Built{{1, 8, 5}, 43},  Built{{1, 8, 7}, 45},
    Built{{1, 9, 0}, 46},  Built{{1, 9, 2}, 48},  Built{{1, 9, 3}, 49},  Built{{1, 9, 4}, 50},  Built{{1, 11, 0}, 55},
    Built{{1, 11, 3}, 58}, Built{{1, 11, 4}, 62}, Built{{1, 12, 1}, 64}, Built{{1, 12, 2}, 66}, Built{{1, 12, 3}, 67},
    Built{{1, 12, 4}, 68}, Built{{1, 14, 0}, 69}, Built{{1, 14, 1}, 70}, Built{{1, 14, 2}, 72}, Built{{1, 15, 0}, 73}};

struct Named {
  std::string_view name;
  std::uint16_t number;
  int since = 0;
};
// By number. `None` and `Reserved` are never read: words are compared in upper case.
constexpr std::array types{Named{"None", 0},
                           Named{"A", 1},
                           Named{"NS", 2},
                           Named{"MD", 3},
                           Named{"MF", 4},
                           Named{"CNAME", 5},
                           Named{"SOA", 6},
                           Named{"MB", 7},
                           Named{"MG", 8},
                           Named{"MR", 9},
                           Named{"NULL", 10},
                           Named{"PTR", 12},
                           Named{"HINFO", 13},
                           Named{"MINFO", 14},
                           Named{"MX", 15},
                           Named{"TXT", 16},
                           Named{"RP", 17},
                           Named{"AFSDB", 18},
                           Named{"X25", 19},
                           Named{"ISDN", 20},
                           Named{"RT", 21},
                           Named{"NSAP-PTR", 23},
                           Named{"SIG", 24},
                           Named{"KEY", 25},
                           Named{"PX", 26},
                           Named{"GPOS", 27},
                           Named{"AAAA", 28},
                           Named{"LOC", 29},
                           Named{"NXT", 30},
                           Named{"EID", 31},
                           Named{"NIMLOC", 32},
                           Named{"SRV", 33},
                           Named{"ATMA", 34},
                           Named{"NAPTR", 35},
                           Named{"KX", 36},
                           Named{"CERT", 37},
                           Named{"DNAME", 39},
                           Named{"OPT", 41},
                           Named{"APL", 42, 27},
                           Named{"DS", 43},
                           Named{"SSHFP", 44},
                           Named{"IPSECKEY", 45, 55},
                           Named{"RRSIG", 46},
                           Named{"NSEC", 47},
                           Named{"DNSKEY", 48},
                           Named{"DHCID", 49},
                           Named{"NSEC3", 50},
                           Named{"NSEC3PARAM", 51},
                           Named{"TLSA", 52},
                           Named{"SMIMEA", 53},
                           Named{"HIP", 55},
                           Named{"NINFO", 56},
                           Named{"RKEY", 57},
                           Named{"TALINK", 58},
                           Named{"CDS", 59},
                           Named{"CDNSKEY", 60},
                           Named{"OPENPGPKEY", 61},
                           Named{"CSYNC", 62},
                           Named{"ZONEMD", 63, 42},
                           Named{"SVCB", 64, 34},
                           Named{"HTTPS", 65, 34},
                           Named{"SPF", 99},
                           Named{"UINFO", 100},
                           Named{"UID", 101},
                           Named{"GID", 102},
                           Named{"UNSPEC", 103},
                           Named{"NID", 104},
                           Named{"L32", 105},
                           Named{"L64", 106},
                           Named{"LP", 107},
                           Named{"EUI48", 108},
                           Named{"EUI64", 109},
                           Named{"NXNAME", 128, 62},
                           Named{"TKEY", 249},
                           Named{"TSIG", 250},
                           Named{"IXFR", 251},
                           Named{"AXFR", 252},
                           Named{"MAILB", 253},
                           Named{"MAILA", 254},
                           Named{"ANY", 255},
                           Named{"URI", 256},
                           Named{"CAA", 257},
                           Named{"AVC", 258},
                           Named{"AMTRELAY", 260, 55},
                           Named{"RESINFO", 261, 64},
                           Named{"TA", 32768},
                           Named{"DLV", 32769},
                           Named{"Reserved", 65535}};
constexpr std::array classes{Named{"IN", 1}, Named{"CS", 2}, Named{"CH", 3}, Named{"HS", 4}, Named{"NONE", 254}, Named{"ANY", 255}};
constexpr std::array algorithms{Named{"RSAMD5", 1},
                                Named{"DH", 2},
                                Named{"DSA", 3},
                                Named{"RSASHA1", 5},
                                Named{"DSA-NSEC3-SHA1", 6},
                                Named{"RSASHA1-NSEC3-SHA1", 7},
                                Named{"RSASHA256", 8},
                                Named{"RSASHA512", 10},
                                Named{"ECC-GOST", 12},
                                Named{"ECDSAP256SHA256", 13},
                                Named{"ECDSAP384SHA384", 14},
                                Named{"ED25519", 15},
                                Named{"ED448", 16},
                                Named{"INDIRECT", 252},
                                Named{"PRIVATEDNS", 253},
                                Named{"PRIVATEOID", 254}};
constexpr std::array certificates{Named{"PKIX", 1}, Named{"SPKI", 2},   Named{"PGP", 3},     Named{"IPIX", 4},  Named{"ISPKI", 5},
                                  Named{"IPGP", 6}, Named{"ACPKIX", 7}, Named{"IACPKIX", 8}, Named{"URI", 253}, Named{"OID", 254}};

// The names of a table, those that every release knows first.
template <std::size_t Count>
constexpr std::array<Named, Count> by_age(std::array<Named, Count> table) {
  std::sort(table.begin(), table.end(), [](const Named& a, const Named& b) { return a.since < b.since; });
  return table;
}
template <std::size_t Count>
constexpr std::array<std::string_view, Count> names_of(const std::array<Named, Count>& table) {
  std::array<std::string_view, Count> names;
  std::transform(table.begin(), table.end(), names.begin(), [](const Named& one) { return one.name; });
  return names;
}
constexpr std::array types_by_age = by_age(types);
constexpr std::array types_named = names_of(types_by_age);
constexpr std::array classes_named = names_of(classes);

template <class Table>
const Named* by_name(const Table& table, std::string_view name) noexcept {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Named& one) { return one.name == name; });
  return found == table.end() ? nullptr : &*found;
}

template <class Table>
const Named* by_number(const Table& table, std::uint16_t number) noexcept {
  const auto found = std::lower_bound(table.begin(), table.end(), number, [](const Named& one, std::uint16_t n) { return one.number < n; });
  return found == table.end() || found->number != number ? nullptr : &*found;
}

template <class Table>
std::string text(const Table& table, std::uint16_t number, std::string_view prefix, int library = 1000) {
  const Named* const found = by_number(table, number);
  if (found != nullptr && found->since <= library) return std::string(found->name);
  return std::string(prefix) + std::to_string(number);
}

}  // namespace

int dns_library(Release release) noexcept {
  const auto behind =
      std::upper_bound(built.begin(), built.end(), release, [](Release wanted, const Built& one) { return wanted < one.release; });
  return behind == built.begin() ? built.front().library : std::prev(behind)->library;
}

std::optional<std::uint16_t> named_type(std::string_view upper, int library) noexcept {
  // The frequent ones at once.
  if (upper == "A") return type::a;
  if (upper == "IN" || upper.size() > 10) return {};
  const Named* const found = by_name(types, upper);
  if (found == nullptr || found->since > library) return {};
  return found->number;
}

std::span<const std::string_view> type_names(int library) noexcept {
  const auto newer =
      std::upper_bound(types_by_age.begin(), types_by_age.end(), library, [](int wanted, const Named& one) { return wanted < one.since; });
  return std::span(types_named).first(static_cast<std::size_t>(newer - types_by_age.begin()));
}

std::string type_text(std::uint16_t type, int library) { return text(types, type, "TYPE", library); }

std::optional<std::uint16_t> number_behind(std::string_view word, std::size_t bytes) noexcept {
  if (word.size() < bytes + 1) return {};
  const auto number = go::parse_uint(word.substr(bytes), 16);
  if (!number) return {};
  return static_cast<std::uint16_t>(*number);
}

std::span<const std::string_view> class_names() noexcept { return classes_named; }

std::optional<std::uint16_t> named_class(std::string_view upper) noexcept {
  const Named* const found = by_name(classes, upper);
  if (found == nullptr) return {};
  return found->number;
}

std::string class_text(std::uint16_t klass) { return text(classes, klass, "CLASS"); }

std::optional<std::uint8_t> named_algorithm(std::string_view name) noexcept {
  const Named* const found = by_name(algorithms, name);
  if (found == nullptr) return {};
  return static_cast<std::uint8_t>(found->number);
}

std::string algorithm_text(std::uint8_t algorithm) { return text(algorithms, algorithm, ""); }

std::optional<std::uint16_t> named_certificate(std::string_view name) noexcept {
  const Named* const found = by_name(certificates, name);
  if (found == nullptr) return {};
  return found->number;
}

std::string certificate_text(std::uint16_t kind) { return text(certificates, kind, ""); }

std::string type_name(std::uint16_t type, Release release) { return type_text(type, dns_library(release)); }

std::optional<std::uint16_t> type_number(std::string_view word, Release release) {
  const std::string upper = ascii::to_upper(word);
  if (const auto known = named_type(upper, dns_library(release))) return known;
  if (upper.starts_with("TYPE")) return number_behind(word, 4);
  return {};
}

}  // namespace corefile::zone
