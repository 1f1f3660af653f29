// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/key.hpp>

#include "go/net.hpp"
#include "go/number.hpp"
#include "plugins/setup.hpp"

/// Plugins that read zone files, keys and databases, or fetch zones.
namespace corefile::plugins {

namespace setup {
namespace {

bool first_argument(Reader& reader, const Word& name, std::string_view what) {
  if (reader.next_arg()) return true;
  reader.wrong_count(name, 0, what);
  return false;
}

}  // namespace

// plugin/file/setup.go. Whether the file exists, and what is in it, is not the text's; without it CoreDNS tries again later.
void file(Reader& reader) {
  while (reader.next()) {
    if (!first_argument(reader, reader.word(), "the name of a zone file")) return;
    reader.depends();
    reader.remaining_args();
    reader.read_block();
  }
}

void sign(Reader& reader) {
  while (reader.next()) {
    if (!first_argument(reader, reader.word(), "the name of a zone file")) return;
    // plugin/sign/setup.go, from 1.13.1: such a path was signed for ever.
    if (reader.since(1, 13, 1) && reader.val().find("\xEF\xBF\xBD") != std::string_view::npos) {
      reader.invalid(reader.word(), fmt::format("`{}` is no file name", reader.val()), "dbfile contains invalid characters");
    }
    reader.remaining_args();
    reader.read_block();
  }
}

void sign_key(Reader& reader) {
  const Word name = reader.word();
  if (!first_argument(reader, name, "`file` and keys")) return;
  const Word kind = reader.word();
  if (kind.text == "file") {
    const auto keys = reader.remaining_args();
    if (keys.empty()) reader.wrong_count(kind, 0, "at least 1 argument");
    reader.depends();
  } else if (kind.text == "directory") {
    reader.invalid(kind, "`key directory` does not exist yet", "directory: not implemented").help = "write `key file` and the keys' names";
  }
}

// plugin/geoip/setup.go: one database, in all mentions.
void geoip(Reader& reader) {
  for (bool again = false; reader.next(); again = true) {
    const Word name = reader.word();
    if (!first_argument(reader, name, "the name of a database")) return;
    if (again) {
      reader.fail(LoadFault::Kind::once, name, "`geoip` takes one database", "configuring multiple databases is not supported");
      return;
    }
    const auto more = reader.remaining_args();
    if (!more.empty()) reader.wrong_count(name, more.size() + 1, "1 argument");
    reader.read_block();
    reader.depends();
  }
}

void secondary_transfer(Reader& reader) {
  const Word name = reader.word();
  if (!first_argument(reader, name, "`from` and addresses")) return;
  const Word direction = reader.word();
  if (direction.text != "from") {
    LoadFault& fault = reader.invalid(direction, fmt::format("`transfer` of `secondary` takes `from`, not `{}`", direction.text),
                                      fmt::format("unknown property {}", direction.text));
    if (direction.text == "to") fault.help = "from CoreDNS 1.8.0 on, `to` belongs into the plugin `transfer`";
    reader.remaining_args();
    return;
  }
  const auto args = reader.remaining_args();
  if (args.empty()) reader.wrong_count(direction, 0, "at least 1 argument");
  for (const Word& word : args) {
    if (word.text == "*") {
      reader.invalid(word, "a zone is transferred from an address, not from `*`", "can't use '*' in transfer from");
    } else {
      reader.check({.kind = Kind::host_port}, word, direction);
    }
  }
}

void secondary_transfer_old(Reader& reader) { transfer_property(reader, true); }

// Words that are not `secondary` are passed over, with all behind them.
void secondary(Reader& reader) {
  while (reader.next()) {
    if (reader.val() != "secondary") continue;
    const Word name = reader.word();
    reader.remaining_args();
    bool transfer = false;
    while (reader.next_block()) {
      const Property* property = reader.property();
      if (property == nullptr) {
        reader.unknown_property();
        continue;
      }
      transfer = transfer || property->name == "transfer";
      reader.read_property(*property);
    }
    if (!transfer && reader.since(1, 12, 2)) {
      reader
          .fail(LoadFault::Kind::conflict, name, "`secondary` without `transfer from`", "secondary zones require a transfer from property")
          .help = "say where the zones come from: `transfer from ADDRESS`";
    }
  }
}

}  // namespace setup

namespace check {

std::string catalog_zone(std::string_view text, Release release) {
  return normalize_zone(text, release).empty() ? fmt::format("invalid catalog member zone \"{}\"", text) : std::string();
}

// plugin/siit/setup.go, parseIpv6Prefix.
std::string siit_prefix(std::string_view text, Release) {
  const auto prefix = go::parse_cidr(text);
  if (!prefix) return fmt::format("invalid CIDR address: {}", text);
  if (prefix->bits != 128) return "invalid netmask: an IPv6 prefix is needed";
  const unsigned ones = prefix->ones;
  if (ones != 32 && ones != 40 && ones != 48 && ones != 56 && ones != 64 && ones != 96) {
    return "invalid prefix length: must be one of /32, /40, /48, /56, /64, /96";
  }
  return prefix->network.bytes[8] != 0 ? "invalid prefix: reserved octet (byte 8) must be zero" : "";
}

std::string siit_ipv4(std::string_view text, Release) {
  const auto ip = go::parse_ip(text);
  return ip && go::to_string(*ip).find(':') == std::string::npos ? std::string() : "invalid IPv4 address";
}

std::string siit_ipv6(std::string_view text, Release) {
  const auto ip = go::parse_ip(text);
  return ip && go::to_string(*ip).find(':') != std::string::npos ? std::string() : "invalid IPv6 address";
}

}  // namespace check

}  // namespace corefile::plugins
