// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "go/net.hpp"
#include "lint/zones.hpp"
#include "zones.hpp"

namespace corefile::rules::zone_is_ip_address {
namespace {

std::optional<go::Ip> address_in(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  return go::parse_ip(text);
}

// `10.20.0.016`: no name ends in a number, so a CIDR or an address was meant.
void report_number(const Config& config, const Word& word, const Key& key, Report& report) {
  const std::size_t dot = key.zone_text.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || key.zones.size() != 1 || key.zones.front().ends_with("arpa.")) return;
  const std::string_view last = key.zone_text.substr(dot + 1);
  if (last.empty() || key.zone_text.find_first_not_of("0123456789.") != std::string_view::npos) return;
  Diagnostic& found = report.at(part(config, word, key.zone_text), fmt::format("`{}` is read as a name, not as addresses", key.zone_text));
  found.label = "a zone";
  found.notes.push_back(fmt::format("the block serves the zone `{}`, and nobody asks for it", key.zones.front()));
  found.help = "write a reverse zone as a CIDR: `10.20.0.0/16`";
}

/// Another block than `own` takes other names, so that this one may be for `localhost` indeed.
bool has_others(const Config& config, std::uint32_t own) {
  if (has_unresolved_import(config)) return true;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    if (i != own && !config.block(i).fragment()) return true;
  }
  return false;
}

/// `localhost:1053` as the place to listen at, around a forwarder of every name.
void report_localhost(const Config& config, const ZoneBlock& block, const Word& word, const Context& context, Report& report) {
  const Key key = read_key(word.text, context.release);
  if (!is_zone(block, key) || block.keys().size() != 1 || has_others(config, block.index)) return;
  const auto directives = block.directives();
  if (std::none_of(directives.begin(), directives.end(), [](Directive one) {
        return is_forwarder(one.plugin()) && !one.arguments().empty() && one.arguments().front().text == ".";
      }))
    return;
  Diagnostic& found = report.at(part(config, word, key.zone_text), "`localhost` is read as a zone, not as the place to listen at");
  found.label = "a zone";
  found.notes.push_back("the block listens on every address, and refuses all names but `localhost` and those below it");
  found.help = fmt::format("write `.:{} {{`, with `bind 127.0.0.1 ::1` in the block to be asked from this machine alone", key.port);
}

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    const std::string_view bare = zone_of(word.text);
    if (bare == "localhost") return report_localhost(config, block, word, context, report);
    const char last = bare.empty() ? '.' : bare.back();
    const bool digits = ascii::is_digit(last) || (last >= 'a' && last <= 'f') || last == ']' || last == ':';
    if (!digits || std::none_of(word.text.begin(), word.text.end(), ascii::is_digit)) return;
    if (word.text.front() == '.') return;  // a port alone has the digits
    const Key key = read_key(word.text, context.release);
    if (!is_zone(block, key)) return;
    // `::1` is read as the zone `:` on port 1.
    const bool whole = address_in(word.text).has_value();
    const auto ip = whole ? address_in(word.text) : address_in(key.zone_text);
    if (!ip) return report_number(config, word, key, report);
    const std::string address = go::to_string(*ip);
    const std::string_view text = whole ? word.text : key.zone_text;
    Diagnostic& found = report.at(part(config, word, text), fmt::format("`{}` is read as a name, not as an address", text));
    found.label = "a zone";
    found.notes.push_back(fmt::format("the block serves the zone `{}` on every address, and nobody asks for it", key.zones.front()));
    found.help = fmt::format("to listen on that address, write `.:{} {{` with `bind {}` in the block; for its reverse zone, `{}/{}`",
                             whole ? std::to_string(default_port(key.transport)) : key.port, address, address, ip->is4 ? 32 : 128);
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::other_key};

}  // namespace corefile::rules::zone_is_ip_address
