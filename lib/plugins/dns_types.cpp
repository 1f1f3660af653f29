// SPDX-License-Identifier: Apache-2.0
#include "plugins/dns_types.hpp"

#include <array>

namespace corefile::plugins {
namespace {

// miekg/dns v1.1.72, StringToType, StringToClass and StringToRcode.
constexpr std::array<std::string_view, 88> types{
    "A",      "AAAA",   "AFSDB",    "AMTRELAY", "ANY",        "APL",   "ATMA",     "AVC",      "AXFR",    "CAA",   "CDNSKEY",
    "CDS",    "CERT",   "CNAME",    "CSYNC",    "DHCID",      "DLV",   "DNAME",    "DNSKEY",   "DS",      "EID",   "EUI48",
    "EUI64",  "GID",    "GPOS",     "HINFO",    "HIP",        "HTTPS", "IPSECKEY", "ISDN",     "IXFR",    "KEY",   "KX",
    "L32",    "L64",    "LOC",      "LP",       "MAILA",      "MAILB", "MB",       "MD",       "MF",      "MG",    "MINFO",
    "MR",     "MX",     "NAPTR",    "NID",      "NIMLOC",     "NINFO", "NS",       "NSAP-PTR", "NSEC",    "NSEC3", "NSEC3PARAM",
    "NULL",   "NXNAME", "NXT",      "None",     "OPENPGPKEY", "OPT",   "PTR",      "PX",       "RESINFO", "RKEY",  "RP",
    "RRSIG",  "RT",     "Reserved", "SIG",      "SMIMEA",     "SOA",   "SPF",      "SRV",      "SSHFP",   "SVCB",  "TA",
    "TALINK", "TKEY",   "TLSA",     "TSIG",     "TXT",        "UID",   "UINFO",    "UNSPEC",   "URI",     "X25",   "ZONEMD"};

constexpr std::array<std::string_view, 6> classes{"ANY", "CH", "CS", "HS", "IN", "NONE"};

constexpr std::array<std::string_view, 21> rcodes{"BADALG",   "BADCOOKIE", "BADKEY",  "BADMODE", "BADNAME",  "BADSIG",   "BADTIME",
                                                  "BADTRUNC", "DSOTYPENI", "FORMERR", "NOERROR", "NOTAUTH",  "NOTIMP",   "NOTIMPL",
                                                  "NOTZONE",  "NXDOMAIN",  "NXRRSET", "REFUSED", "SERVFAIL", "YXDOMAIN", "YXRRSET"};

}  // namespace

std::span<const std::string_view> dns_types() noexcept { return types; }
std::span<const std::string_view> dns_classes() noexcept { return classes; }
std::span<const std::string_view> dns_rcodes() noexcept { return rcodes; }

}  // namespace corefile::plugins
