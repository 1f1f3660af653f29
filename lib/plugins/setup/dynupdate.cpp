// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/key.hpp>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "plugins/dns_types.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins {

namespace setup {
namespace {

// validPolicyType: names of types that an `allow` may not hold.
constexpr std::array<std::string_view, 26> not_updatable{
    "ATMA",       "AXFR", "CDNSKEY", "CDS", "DLV",   "DNSKEY",   "DS",  "IXFR", "KEY",    "MAILA", "MAILB", "NSEC",   "NSEC3",
    "NSEC3PARAM", "NXT",  "NONE",    "OPT", "RRSIG", "RESERVED", "SIG", "TA",   "TALINK", "TKEY",  "TSIG",  "UNSPEC", "ZONEMD"};

// The numbers of types that an `allow` may hold, as in TYPE65, first and last of each run: what miekg/dns v1.1.73 has records for.
constexpr std::array<std::uint16_t, 38> updatable{1,  10, 12, 21, 23, 23, 26, 29, 31, 33, 35,  37,  39,  39,  42,  42,  44,  45,  49,
                                                  49, 52, 53, 55, 57, 61, 62, 64, 65, 99, 102, 104, 109, 128, 128, 255, 258, 260, 261};

bool is_updatable(std::string_view text, Release release) {
  const std::string name = ascii::to_upper(text);
  const auto types = dns_types(release);
  if (std::find(types.begin(), types.end(), name) != types.end()) {
    return std::find(not_updatable.begin(), not_updatable.end(), name) == not_updatable.end();
  }
  if (!name.starts_with("TYPE")) return false;
  const auto number = go::parse_uint(std::string_view(name).substr(4), 16);
  for (std::size_t i = 0; number && i < updatable.size(); i += 2) {
    if (updatable[i] <= *number && *number <= updatable[i + 1]) return true;
  }
  return false;
}

// The zone, or nothing where it is unknown or refused.
std::string read_origin(Reader& reader, const Word& name, std::span<const Word> args) {
  if (args.size() > 1) {
    reader.wrong_count(name, args.size(), "at most 1 argument").says = "exactly one zone is allowed";
    return {};
  }
  if (args.empty()) {
    const auto zones = reader.state().zones;
    if (!zones.empty() && std::all_of(zones.begin(), zones.end(), [&](const std::string& zone) { return zone == zones.front(); })) {
      return go::normalize_name(zones.front());
    }
    if (!zones.empty()) {
      reader
          .fail(ProblemKind::argument_count, name, "`dynupdate` names no zone, and its server block has several",
                "zone is required when the server block does not define exactly one zone")
          .help = "write the zone behind `dynupdate`";
    }
    return {};
  }
  if (args.front().unknown) {
    reader.depends();
    return {};
  }
  const auto zones = normalize_zone(args.front().text, reader.release());
  if (zones.size() == 1) return zones.front();
  reader.invalid(args.front(), fmt::format("`{}` is not a zone", args.front().text), fmt::format("invalid zone \"{}\"", args.front().text));
  return {};
}

void check_types(Reader& reader, std::span<const Word> types) {
  for (const Word& type : types) {
    if (type.unknown) {
      reader.depends();
    } else if (type.text == "*") {
      if (types.size() == 1) continue;
      reader.invalid(type, "`*` stands beside other types", "wildcard RR type must be the only type in an allow rule");
    } else if (!is_updatable(type.text, reader.release())) {
      reader.invalid(type, fmt::format("`{}` is not a record type that updates may change", type.text),
                     fmt::format("invalid RR type \"{}\" in allow rule", type.text));
    }
  }
}

void read_allow(Reader& reader, const std::string& origin) {
  const Word property = reader.word();
  const auto args = reader.remaining_args();
  if (args.size() < 3) {
    reader.wrong_count(property, args.size(), "a key, a name and at least 1 record type").says =
        "allow requires KEY NAME and at least one RR type";
    return;
  }
  const Word& key = args[0];
  if (!key.unknown && (key.text.find_first_not_of(" \t\r\n") == std::string_view::npos || key.text == "*" || key.text == "@" ||
                       !go::is_domain_name(go::fqdn(key.text)))) {
    reader.invalid(key, fmt::format("`{}` is not a TSIG key's name", key.text), fmt::format("invalid TSIG key \"{}\"", key.text));
  }
  const Word& name = args[1];
  const std::string owner = go::normalize_name(name.text);
  const bool fits = go::is_domain_name(owner) && (origin.empty() || is_below(owner, origin));
  if (!name.unknown && name.text != "*" && name.text != "@" && !fits) {
    reader.invalid(name, fmt::format("`{}` is outside zone `{}`", name.text, origin),
                   fmt::format("allow name \"{}\" is outside zone \"{}\"", name.text, origin));
  }
  check_types(reader, args.subspan(2));
}

}  // namespace

void dynupdate(Reader& reader) {
  if (!reader.next()) return;
  const Word name = reader.word();
  const std::string origin = read_origin(reader, name, reader.remaining_args());
  bool file = false;
  bool allow = false;
  while (reader.next_block()) {
    file = file || reader.val() == "file" || reader.word().unknown;
    allow = allow || reader.val() == "allow" || reader.word().unknown;
    if (reader.val() == "allow") {
      read_allow(reader, origin);
    } else if (const Property* property = reader.property()) {
      reader.read_property(*property);
    } else if (reader.word().unknown) {
      reader.remaining_args();
    } else {
      reader.unknown_property();
    }
  }
  if (reader.next()) {
    reader.once(reader.word());
    return;
  }
  reader.depends();
  if (!file) reader.fail(ProblemKind::conflict, name, "`dynupdate` lacks its zone file", "file is required").help = "add `file FILE`";
  if (!allow) {
    reader.fail(ProblemKind::conflict, name, "`dynupdate` allows nobody to update", "at least one allow rule is required").help =
        "add `allow KEY NAME TYPE...`";
  }
}

}  // namespace setup

namespace check {

std::string some_name(std::string_view text, Release) {
  return text.empty() ? "Wrong argument count or unexpected line ending after ''" : std::string();
}

}  // namespace check

}  // namespace corefile::plugins
