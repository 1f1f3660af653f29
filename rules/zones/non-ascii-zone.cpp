// SPDX-License-Identifier: Apache-2.0
#include "punycode.hpp"
#include "zones.hpp"

namespace corefile::rules::non_ascii_zone {
namespace {

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
}

/// Latin, Greek and Cyrillic capitals, and combining marks, need a mapping that is not made here.
bool needs_mapping(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Rune rune = utf8::decode(text.substr(at));
    const char32_t c = rune.value;
    if (!rune.valid || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || (c >= 0x300 && c <= 0x3AB) || (c >= 0x400 && c <= 0x42F))
      return true;
    if (c >= 0x100 && c <= 0x17F && c % 2 == 0) return true;
    if (c >= 0x2000 && c <= 0x2BFF) return true;
    at += rune.size;
  }
  return false;
}

std::string encoded(std::string_view zone) {
  std::string out;
  while (true) {
    const std::string_view label = zone.substr(0, zone.find('.'));
    out += is_ascii(label) ? std::string(label) : punycode(label);
    if (label.size() == zone.size()) return out;
    out.push_back('.');
    zone.remove_prefix(label.size() + 1);
  }
}

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (is_ascii(word.text)) return;
    const Key key = read_key(word.text, context.release);
    if (!is_zone(block, key) || is_ascii(key.zone_text)) return;
    const Place at = part(config, word, key.zone_text);
    Diagnostic& found = report.at(at, fmt::format("`{}` is not the name that is asked for", key.zone_text));
    found.notes.push_back("DNS names are ASCII: clients ask for the `xn--` form, and CoreDNS does not convert the zone");
    if (needs_mapping(key.zone_text)) {
      found.help = "write the zone's `xn--` form";
      return;
    }
    const std::string name = encoded(key.zone_text);
    found.help = fmt::format("write `{}`", name);
    found.fixes.push_back({fmt::format("write `{}`", name), Safety::unsafe, {{at, name}}});
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::odd_byte, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::non_ascii_zone
