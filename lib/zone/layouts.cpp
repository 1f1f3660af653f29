// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "zone/rdata.hpp"

/// The fields of record types: miekg/dns, scan_rr.go.
namespace corefile::zone {
namespace {

using F = Field;

constexpr std::array layouts{
    Layout{1, "A", {{F::ip4, "A"}}},
    Layout{2, "NS", {{F::name, "Ns"}}},
    Layout{3, "MD", {{F::name, "Md"}}},
    Layout{4, "MF", {{F::name, "Mf"}}},
    Layout{5, "CNAME", {{F::name, "Target"}}},
    Layout{6,
           "SOA",
           {{F::name, "Ns"},
            {F::name, "Mbox"},
            {F::u32, "zone parameter"},
            {F::ttl, "zone parameter"},
            {F::ttl, "zone parameter"},
            {F::ttl, "zone parameter"},
            {F::ttl, "zone parameter"}}},
    Layout{7, "MB", {{F::name, "Mb"}}},
    Layout{8, "MG", {{F::name, "Mg"}}},
    Layout{9, "MR", {{F::name, "Mr"}}},
    Layout{12, "PTR", {{F::name, "Ptr"}}},
    Layout{13, "HINFO", {{F::two_texts, "Fields"}}},
    Layout{14, "MINFO", {{F::name, "Rmail"}, {F::name, "Email"}}},
    Layout{15, "MX", {{F::u16, "Pref"}, {F::name, "Mx"}}},
    Layout{16, "TXT", {{F::texts, "Txt"}}},
    Layout{17, "RP", {{F::name, "Mbox"}, {F::name, "Txt"}}},
    Layout{18, "AFSDB", {{F::u16, "Subtype"}, {F::name, "Hostname"}}},
    Layout{19, "X25", {{F::word, "PSDNAddress"}}},
    Layout{20, "ISDN", {{F::two_texts, "Fields"}}, 58},
    Layout{21, "RT", {{F::u16, "Preference"}, {F::name, "Host"}}},
    Layout{23, "NSAP-PTR", {{F::name, "Ptr"}}},
    Layout{24,
           "RRSIG",
           {{F::type, "Typecovered"},
            {F::algorithm, "Algorithm"},
            {F::u8, "Labels"},
            {F::u32, "OrigTtl"},
            {F::time, "Expiration"},
            {F::time, "Inception"},
            {F::u16, "KeyTag"},
            {F::name, "SignerName"},
            {F::rest, "Signature"}}},
    Layout{25, "KEY", {{F::u16, "Flags"}, {F::u8, "Protocol"}, {F::u8, "Algorithm"}, {F::rest, "PublicKey"}}},
    Layout{26, "PX", {{F::u16, "Preference"}, {F::name, "Map822"}, {F::name, "Mapx400"}}},
    Layout{27, "GPOS", {{F::decimal, "Longitude"}, {F::decimal, "Latitude"}, {F::decimal, "Altitude"}}},
    Layout{28, "AAAA", {{F::ip6, "AAAA"}}},
    Layout{30, "NSEC", {{F::name, "NextDomain"}, {F::bitmap, "TypeBitMap"}}, 58},
    Layout{31, "EID", {{F::rest_hex_up, "Endpoint"}}},
    Layout{32, "NIMLOC", {{F::rest_hex_up, "Locator"}}},
    Layout{33, "SRV", {{F::u16, "Priority"}, {F::u16, "Weight"}, {F::u16, "Port"}, {F::name, "Target"}}},
    Layout{35,
           "NAPTR",
           {{F::u16, "Order"},
            {F::u16, "Preference"},
            {F::quoted, "Flags"},
            {F::quoted, "Service"},
            {F::quoted, "Regexp"},
            {F::name, "Replacement"}}},
    Layout{36, "KX", {{F::u16, "Pref"}, {F::name, "Exchanger"}}},
    Layout{37, "CERT", {{F::certificate, "Type"}, {F::u16, "KeyTag"}, {F::algorithm_cert, "Algorithm"}, {F::rest, "Certificate"}}},
    Layout{39, "DNAME", {{F::name, "Target"}}},
    Layout{43, "DS", {{F::u16, "KeyTag"}, {F::algorithm_up, "Algorithm"}, {F::u8, "DigestType"}, {F::rest_hex_up, "Digest"}}},
    Layout{44, "SSHFP", {{F::u8, "Algorithm"}, {F::u8, "Type"}, {F::rest_hex_up, "Fingerprint", true}}},
    Layout{46,
           "RRSIG",
           {{F::type, "Typecovered"},
            {F::algorithm, "Algorithm"},
            {F::u8, "Labels"},
            {F::u32, "OrigTtl"},
            {F::time, "Expiration"},
            {F::time, "Inception"},
            {F::u16, "KeyTag"},
            {F::name, "SignerName"},
            {F::rest, "Signature"}}},
    Layout{47, "NSEC", {{F::name, "NextDomain"}, {F::bitmap, "TypeBitMap"}}},
    Layout{48, "DNSKEY", {{F::u16, "Flags"}, {F::u8, "Protocol"}, {F::u8, "Algorithm"}, {F::rest, "PublicKey"}}},
    Layout{49, "DHCID", {{F::rest, "Digest"}}},
    Layout{
        50,
        "NSEC3",
        {{F::u8, "Hash"}, {F::u8, "Flags"}, {F::u16, "Iterations"}, {F::salt, "Salt"}, {F::hash, "NextDomain"}, {F::bitmap, "TypeBitMap"}}},
    Layout{51, "NSEC3PARAM", {{F::u8, "Hash"}, {F::u8, "Flags"}, {F::u16, "Iterations"}, {F::salt, "Salt"}}},
    Layout{52, "TLSA", {{F::u8, "Usage"}, {F::u8, "Selector"}, {F::u8, "MatchingType"}, {F::rest_hex, "Certificate"}}},
    Layout{53, "SMIMEA", {{F::u8, "Usage"}, {F::u8, "Selector"}, {F::u8, "MatchingType"}, {F::rest_hex, "Certificate"}}},
    Layout{56, "NINFO", {{F::texts, "ZSData"}}},
    Layout{57, "RKEY", {{F::u16, "Flags"}, {F::u8, "Protocol"}, {F::u8, "Algorithm"}, {F::rest, "PublicKey"}}},
    Layout{58, "TALINK", {{F::name, "PreviousName"}, {F::name, "NextName"}}},
    Layout{59, "CDS", {{F::u16, "KeyTag"}, {F::algorithm_up, "Algorithm"}, {F::u8, "DigestType"}, {F::rest_hex_up, "Digest"}}},
    Layout{60, "CDNSKEY", {{F::u16, "Flags"}, {F::u8, "Protocol"}, {F::u8, "Algorithm"}, {F::rest, "PublicKey"}}},
    Layout{61, "OPENPGPKEY", {{F::rest, "PublicKey"}}},
    Layout{62, "CSYNC", {{F::u32, "serial"}, {F::u16, "flags"}, {F::bitmap, "TypeBitMap"}}},
    Layout{63, "ZONEMD", {{F::u32, "Serial"}, {F::u8, "Scheme"}, {F::u8, "Hash Algorithm"}, {F::rest_hex, "Digest"}}, 42},
    Layout{99, "SPF", {{F::texts, "Txt"}}},
    Layout{100, "UINFO", {{F::first_text, "Uinfo"}}},
    Layout{101, "UID", {{F::u32, "Uid"}}},
    Layout{102, "GID", {{F::u32, "Gid"}}},
    Layout{104, "NID", {{F::u16, "Preference"}, {F::node, "NodeID"}}},
    Layout{105, "L32", {{F::u16, "Preference"}, {F::any_ip, "Locator"}}},
    Layout{106, "L64", {{F::u16, "Preference"}, {F::node_upper, "Locator64"}}},
    Layout{107, "LP", {{F::u16, "Preference"}, {F::name, "Fqdn"}}},
    Layout{108, "EUI48", {{F::eui48, "Address"}}},
    Layout{109, "EUI64", {{F::eui64, "Address"}}},
    Layout{256, "URI", {{F::u16, "Priority"}, {F::u16, "Weight"}, {F::one_text, "Target", true}}},
    Layout{257, "CAA", {{F::u8, "Flag"}, {F::tag, "Tag"}, {F::one_text, "Value", true}}},
    Layout{258, "AVC", {{F::texts, "Txt"}}},
    Layout{261, "RESINFO", {{F::texts, "Resinfo"}}, 64},
    Layout{32768, "TA", {{F::u16, "KeyTag"}, {F::algorithm_up, "Algorithm"}, {F::u8, "DigestType"}, {F::rest_hex_up, "Digest"}}},
    Layout{32769, "DLV", {{F::u16, "KeyTag"}, {F::algorithm_up, "Algorithm"}, {F::u8, "DigestType"}, {F::rest_hex_up, "Digest"}}}};

// Those that lib/zone/rdata_odd.cpp reads, and those without any presentation.
struct Odd {
  std::uint16_t type;
  int since = 0;
};
constexpr std::array odd{Odd{10},     Odd{29},      Odd{41},  Odd{42, 27}, Odd{45, 55}, Odd{55},     Odd{64, 34},
                         Odd{65, 34}, Odd{128, 62}, Odd{249}, Odd{250},    Odd{255},    Odd{260, 55}};

template <class Table>
auto found(const Table& table, std::uint16_t type) noexcept {
  const auto at =
      std::lower_bound(table.begin(), table.end(), type, [](const auto& one, std::uint16_t wanted) { return one.type < wanted; });
  return at == table.end() || at->type != type ? nullptr : &*at;
}

}  // namespace

const Layout* layout_of(std::uint16_t type) noexcept { return found(layouts, type); }

bool is_known_type(std::uint16_t type, int library) noexcept {
  if (const Layout* const layout = layout_of(type)) return layout->since <= library;
  const Odd* const one = found(odd, type);
  return one != nullptr && one->since <= library;
}

}  // namespace corefile::zone
