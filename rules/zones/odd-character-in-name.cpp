// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/byte_set.hpp"
#include "go/net.hpp"
#include "zones.hpp"

namespace corefile::rules::odd_character_in_name {
namespace {

// Signs that separate names elsewhere, or stand beside them; no host or zone has one in its name.
constexpr ByteSet odd(",;=!&|+?~^@");

std::size_t first_odd(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (odd.has(name[i])) return i;
  }
  return std::string_view::npos;
}

void tell(const Config& config, const Word& word, std::string_view name, std::size_t at, std::string_view what, Report& report) {
  const Place sign = part(config, word, name.substr(at, 1));
  Diagnostic& found = report.at(sign, fmt::format("`{}` is one {} with a `{}` in its name", shown(name), what, name[at]));
  found.label = "part of the name";
  found.notes.push_back("names are separated by spaces alone");
  const bool separates = (name[at] == ',' || name[at] == ';') && at > 0 && at + 1 < name.size();
  found.help = separates ? "put a space there if two names are meant" : "write the name in letters, digits, hyphens and dots";
}

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (!odd.any_in(word.text)) return;
    const Key key = read_key(word.text, context.release);
    // `a,` and `a;` are foreign-punctuation's, `,` alone is port-in-zone's.
    const std::string_view zone = key.zone_text;
    const std::size_t at = first_odd(zone);
    if (at == std::string_view::npos || at + 1 == zone.size() || !is_zone(block, key)) return;
    tell(config, word, zone, at, "zone", report);
  });
  if (!config.has(Plugin::hosts)) return;
  for (const Directive directive : config.directives()) {
    if (!directive.is(Plugin::hosts)) continue;
    for (const Property line : directive.properties()) {
      const std::span<const Word> names = line.arguments();
      if (std::none_of(names.begin(), names.end(), [](const Word& word) { return odd.any_in(word.text); })) continue;
      if (!go::parse_ip(line.name().substr(0, line.name().find('%')))) continue;
      for (const Word& word : names) {
        const std::size_t at = first_odd(word.text);
        if (at != std::string_view::npos && at > 0 && at + 1 < word.text.size() && !word.unknown)
          tell(config, word, word.text, at, "host", report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::sign};

}  // namespace corefile::rules::odd_character_in_name
