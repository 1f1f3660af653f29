// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/key.hpp>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "plugins/setup.hpp"
#include "resolve/import.hpp"
#include "zone/zone.hpp"

/// Plugins that read zone files, keys and databases, or fetch zones.
namespace corefile::plugins {

namespace setup {
namespace {

// What is read for one `file`, for all its zones. Nothing is said about what lies beyond.
constexpr std::size_t most_zone_text = std::size_t{2} << 20;

bool first_argument(Reader& reader, const Word& name, std::string_view what) {
  if (reader.next_arg()) return true;
  reader.wrong_count(name, 0, what);
  return false;
}

std::vector<std::string> origins(const Reader& reader, std::span<const Word> words, std::span<const std::string> own) {
  if (words.empty()) return {own.begin(), own.end()};
  std::vector<std::string> zones;
  for (const Word& word : words) {
    if (word.unknown) continue;
    for (std::string& zone : normalize_zone(word.text, reader.release())) zones.push_back(std::move(zone));
  }
  return zones;
}

// What is read as an empty zone; from 1.14.0 on reading itself fails, with words that the system has.
std::string no_soa(const Reader& reader, const Word& name, std::string_view origin) {
  if (reader.since(1, 14, 0)) return {};
  return fmt::format("file \"{}\" has no SOA record{}{}", name.text, reader.since(1, 6, 0) ? " for origin " : "",
                     reader.since(1, 6, 0) ? origin : std::string_view());
}

void no_zone(Reader& reader, const Word& name, std::string message, std::string says) {
  reader.invalid(name, std::move(message), std::move(says)).help = "name a zone file";
}

// What is not a zone file wherever CoreDNS runs: folders, and the list of hosts that every system has.
bool surely_no_zone(Reader& reader, const Word& name, std::string_view path, std::string_view origin) {
  if (path == "." || path == ".." || path == "/") {
    no_zone(reader, name, fmt::format("`{}` is a folder, not a zone file", name.text), no_soa(reader, name, origin));
  } else if (path == "/etc/hosts") {
    no_zone(reader, name, "`/etc/hosts` is not a zone file", no_soa(reader, name, origin));
    reader.faults().back().help = "use the plugin `hosts` for it";
  } else {
    return false;
  }
  return true;
}

// A zone file that is missing says nothing, and so does one that a zone file includes.
class PerhapsThere : public Files {
 public:
  explicit PerhapsThere(const Files& files) : files_(files) {}
  Content read(const std::string& path) const override { return files_.read(path); }
  std::vector<std::string> list(const std::string& folder) const override { return files_.list(folder); }
  bool authoritative(const std::string&) const override { return false; }

 private:
  const Files& files_;
};

void refused(Reader& reader, const Word& name, const std::string& origin, const zone::Zone& read) {
  const zone::Problem& why = *read.refusal();
  const auto say = [&](std::string message, std::string help) {
    reader.invalid(name, std::move(message), why.message).help = std::move(help);
  };
  switch (why.kind) {
    case zone::Problem::Kind::no_soa:
      no_zone(reader, name, fmt::format("`{}` has no SOA record", name.text), why.message);
      return;
    case zone::Problem::Kind::wrong_owner: {
      const std::string owner = ascii::to_lower(read.refused_owner);
      say(fmt::format("`{}` holds the zone `{}`, not `{}`", name.text, owner, origin),
          fmt::format("name the zone behind the file, `file {} {}`, and let the server block's keys hold it", name.text, owner));
      return;
    }
    case zone::Problem::Kind::same_serial:
      say(fmt::format("the serial in `{}` is 0, which is taken for a zone without changes", name.text),
          "write another serial into its SOA record");
      return;
    case zone::Problem::Kind::unsupported:
      say(fmt::format("`{}` holds NSEC3 records, which `file` does not take: line {}", name.text, why.line),
          "sign the zone with NSEC, or leave it unsigned");
      return;
    default: {
      std::string where = why.line == 0 ? std::string() : fmt::format(": line {}", why.line);
      if (why.line != 0 && why.at.document != 0) where += fmt::format(" of `{}`", read.sources[why.at.document].name());
      say(fmt::format("`{}` cannot be read as a zone file{}", name.text, where),
          read.records.empty() ? "name a zone file" : "mend the line");
    }
  }
}

void check_zones(Reader& reader, const Word& name, std::string_view path, std::string_view folder, std::string text,
                 std::span<const std::string> zones) {
  const Source source(std::string(path), std::move(text));
  const PerhapsThere files(*reader.state().files);
  std::size_t left = most_zone_text;
  for (const std::string& origin : zones) {
    zone::ReadOptions options;
    options.release = reader.release();
    options.origin = origin;
    options.files = &files;
    options.folder = folder;
    options.limits.bytes = left;
    const zone::Zone read = zone::read(source, options);
    left -= std::min(left, read.bytes);
    if (read.refusal() == nullptr) continue;
    refused(reader, name, origin, read);
    return;
  }
}

// Whether the file is surely there.
bool check_zone_file(Reader& reader, const Word& name, std::span<const Word> words) {
  // 1.9.0 and before: os.Open without filepath.Clean, so that no name is not a folder.
  if (name.text.empty() && !reader.since(1, 9, 1)) return false;
  const std::vector<std::string> zones = origins(reader, words, reader.state().zones);
  if (zones.size() > 1 && !reader.since(1, 6, 0)) {
    reader
        .invalid(name, fmt::format("before CoreDNS 1.6.0 `{}` can hold one zone only, and here it is for {}", name.text, zones.size()),
                 fmt::format("file \"{}\" has no SOA record", name.text))
        .help = "write a `file` for each zone";
    return false;
  }
  const bool relative = !name.text.starts_with('/');
  if (relative && reader.state().root_unknown) return false;
  const bool rooted = relative && !reader.state().root.empty();
  const std::string path = resolve_detail::join(rooted ? reader.state().root : "", name.text);
  if (!zones.empty() && surely_no_zone(reader, name, path, zones.front())) return false;
  if (reader.state().files == nullptr) return false;
  const std::string folder = resolve_detail::folder_of(reader.config().document(0).source().name());
  Files::Content content = reader.state().files->read(path.starts_with('/') ? path : resolve_detail::join(folder, path));
  if (content.status == Files::Status::ok) check_zones(reader, name, path, folder, std::move(content.text), zones);
  if (content.status == Files::Status::directory && !zones.empty())
    no_zone(reader, name, fmt::format("`{}` is a folder, not a zone file", name.text), no_soa(reader, name, zones.front()));
  return content.status == Files::Status::ok || content.status == Files::Status::directory;
}

}  // namespace

// plugin/file/setup.go: a file that is there is parsed; for one that is missing CoreDNS looks again later, and behind it no file is
// parsed.
void file(Reader& reader) {
  bool parses = true;
  while (reader.next()) {
    if (!first_argument(reader, reader.word(), "the name of a zone file")) return;
    const Word name = reader.word();
    reader.needs(name);
    const std::span<const Word> zones = reader.remaining_args();
    parses = parses && !name.unknown && check_zone_file(reader, name, zones);
    reader.read_block();
  }
}

void root(Reader& reader) {
  while (reader.next()) {
    const auto path = reader.read_arguments(reader.plugin().arguments.front());
    if (!path) return;
    reader.state().root = path->front().text;
    reader.state().root_unknown = path->front().unknown;
  }
}

void sign(Reader& reader) {
  while (reader.next()) {
    if (!first_argument(reader, reader.word(), "the name of a zone file")) return;
    // plugin/sign/setup.go, from 1.13.1: such a path was signed for ever.
    if (reader.since(1, 13, 1) && reader.val().find("\xEF\xBF\xBD") != std::string_view::npos) {
      reader.invalid(reader.word(), fmt::format("`{}` is not a file name", reader.val()),
                     fmt::format("dbfile \"{}\" contains invalid characters", reader.val()));
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
    for (const Word& key : keys) reader.needs(key, "the key");
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
      reader.fail(ProblemKind::once, name, "`geoip` takes one database", "configuring multiple databases is not supported");
      return;
    }
    reader.needs(reader.word(), "the database");
    const auto more = reader.remaining_args();
    if (!more.empty()) reader.wrong_count(name, more.size() + 1, "1 argument");
    reader.read_block();
  }
}

void secondary_transfer(Reader& reader) {
  const Word name = reader.word();
  if (!first_argument(reader, name, "`from` and addresses")) return;
  const Word direction = reader.word();
  if (direction.unknown) {
    reader.depends();
    reader.remaining_args();
    return;
  }
  if (direction.text != "from") {
    Problem& fault = reader.invalid(direction, fmt::format("`transfer` of `secondary` takes `from`, not `{}`", direction.text),
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
        transfer = transfer || reader.word().unknown;
        reader.unknown_property();
        continue;
      }
      transfer = transfer || property->name == "transfer";
      reader.read_property(*property);
    }
    if (!transfer && reader.since(1, 12, 2)) {
      reader.fail(ProblemKind::conflict, name, "`secondary` without `transfer from`", "secondary zones require a transfer from property")
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
  if (prefix->bits != 128) return fmt::format("invalid netmask {} IPv6 address: \"{}\"", prefix->bits, text);
  const unsigned ones = prefix->ones;
  if (ones != 32 && ones != 40 && ones != 48 && ones != 56 && ones != 64 && ones != 96) {
    return fmt::format("invalid prefix length \"{}\": must be one of /32, /40, /48, /56, /64, /96", text);
  }
  return prefix->network.bytes[8] != 0 ? "invalid prefix: reserved octet (byte 8) must be zero" : "";
}

std::string siit_ipv4(std::string_view text, Release) {
  const auto ip = go::parse_ip(text);
  if (!ip) return "invalid IP address: \"<nil>\"";
  const std::string address = go::to_string(*ip);
  return address.find(':') == std::string::npos ? std::string() : fmt::format("invalid IPv4 address: \"{}\"", address);
}

std::string siit_ipv6(std::string_view text, Release) {
  const auto ip = go::parse_ip(text);
  if (!ip) return "invalid IP address: \"<nil>\"";
  const std::string address = go::to_string(*ip);
  return address.find(':') != std::string::npos ? std::string() : fmt::format("invalid IPv6 address: \"{}\"", address);
}

}  // namespace check

}  // namespace corefile::plugins
