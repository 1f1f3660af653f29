// SPDX-License-Identifier: Apache-2.0
#include "plugins/dns_types.hpp"

#include <array>

namespace corefile::plugins {
namespace {

// miekg/dns v1.1.73, StringToType, StringToClass and StringToRcode: first what v1.1.6 knew, then in the order of its releases.
constexpr std::array<std::string_view, 88> types{
    "A",      "AAAA",  "AFSDB", "ANY",      "ATMA",   "AVC",    "AXFR",       "CAA",      "CDNSKEY",  "CDS",    "CERT",
    "CNAME",  "CSYNC", "DHCID", "DLV",      "DNAME",  "DNSKEY", "DS",         "EID",      "EUI48",    "EUI64",  "GID",
    "GPOS",   "HINFO", "HIP",   "ISDN",     "IXFR",   "KEY",    "KX",         "L32",      "L64",      "LOC",    "LP",
    "MAILA",  "MAILB", "MB",    "MD",       "MF",     "MG",     "MINFO",      "MR",       "MX",       "NAPTR",  "NID",
    "NIMLOC", "NINFO", "NS",    "NSAP-PTR", "NSEC",   "NSEC3",  "NSEC3PARAM", "NULL",     "NXT",      "None",   "OPENPGPKEY",
    "OPT",    "PTR",   "PX",    "RKEY",     "RP",     "RRSIG",  "RT",         "Reserved", "SIG",      "SMIMEA", "SOA",
    "SPF",    "SRV",   "SSHFP", "TA",       "TALINK", "TKEY",   "TLSA",       "TSIG",     "TXT",      "UID",    "UINFO",
    "UNSPEC", "URI",   "X25",   "APL",      "HTTPS",  "SVCB",   "ZONEMD",     "AMTRELAY", "IPSECKEY", "NXNAME", "RESINFO"};

constexpr std::array<std::string_view, 6> classes{"ANY", "CH", "CS", "HS", "IN", "NONE"};

constexpr std::array<std::string_view, 21> rcodes{"BADALG",   "BADCOOKIE", "BADKEY",  "BADMODE",  "BADNAME",  "BADSIG",  "BADTIME",
                                                  "BADTRUNC", "FORMERR",   "NOERROR", "NOTAUTH",  "NOTIMP",   "NOTIMPL", "NOTZONE",
                                                  "NXDOMAIN", "NXRRSET",   "REFUSED", "SERVFAIL", "YXDOMAIN", "YXRRSET", "DSOTYPENI"};

// How many names of a list a release of CoreDNS knows: all but the newest ones.
struct Known {
  Release since;
  std::size_t count;
};
constexpr std::array known_types{Known{{1, 4, 0}, 80},  Known{{1, 6, 7}, 81},  Known{{1, 8, 0}, 83}, Known{{1, 8, 4}, 84},
                                 Known{{1, 11, 0}, 86}, Known{{1, 11, 4}, 87}, Known{{1, 12, 1}, 88}};
constexpr std::array known_rcodes{Known{{1, 4, 0}, 20}, Known{{1, 12, 2}, 21}};

std::span<const std::string_view> known(std::span<const std::string_view> names, std::span<const Known> steps, Release release) {
  std::size_t count = steps.front().count;
  for (const Known& step : steps) {
    if (step.since <= release) count = step.count;
  }
  return names.first(count);
}

}  // namespace

std::span<const std::string_view> dns_types(Release release) noexcept { return known(types, known_types, release); }
std::span<const std::string_view> dns_classes() noexcept { return classes; }
std::span<const std::string_view> dns_rcodes(Release release) noexcept { return known(rcodes, known_rcodes, release); }

}  // namespace corefile::plugins
