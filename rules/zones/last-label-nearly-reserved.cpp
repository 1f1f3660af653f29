// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "lint/zones.hpp"
#include "plugins/reader.hpp"
#include "zones.hpp"

namespace corefile::rules::last_label_nearly_reserved {
namespace {

/// RFC 6761, RFC 6762, ICANN's reservation of `internal`, and two that networks use as if they were reserved. No top-level domain is one
/// letter from any of them.
constexpr std::array<std::string_view, 7> reserved{"example", "internal", "intranet", "invalid", "local", "localdomain", "localhost"};
constexpr std::size_t shortest_alone = 7;

struct Zone {
  const Word* word;
  std::string_view last;  ///< label
};

Zone read_zone(const Word& word) {
  const std::string_view zone = zone_of(word.text);
  const std::size_t dot = zone.rfind('.');
  return {&word, dot == std::string_view::npos ? zone : zone.substr(dot + 1)};
}

std::vector<Zone> all_zones(const Config& config) {
  std::vector<Zone> zones;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (!block.is_mistake()) zones.push_back(read_zone(word));
  });
  for (const Directive directive : config.directives()) {
    if (directive.is(Plugin::kubernetes)) continue;
    for (const Word& word : directive.own_zones()) {
      if (word.unknown == 0) zones.push_back(read_zone(word));
    }
  }
  return zones;
}

std::string_view meant_by(const Zone& zone) {
  if (!std::all_of(zone.last.begin(), zone.last.end(), ascii::is_letter)) return {};
  const auto same = [&](std::string_view label) { return ascii::same_letters(label, zone.last); };
  if (std::any_of(reserved.begin(), reserved.end(), same)) return {};
  return plugins::nearest(zone.last, reserved, 1);
}

/// `corpexample`: a whole zone that ends in one of them without its dot.
std::string_view glued_to(const Zone& zone) {
  if (zone_of(zone.word->text) != zone.last) return {};
  for (const std::string_view label : reserved) {
    if (label.size() >= shortest_alone && zone.last.size() > label.size() + 1 && zone.last.ends_with(label)) return label;
  }
  return {};
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const std::vector<Zone> zones = all_zones(config);
  for (const Zone& zone : zones) {
    const std::string_view meant = meant_by(zone);
    const std::string_view glued = meant.empty() ? glued_to(zone) : std::string_view();
    if (meant.empty() && glued.empty()) continue;
    const auto uses = std::count_if(zones.begin(), zones.end(), [&](const Zone& other) { return same_name(other.last, zone.last); });
    if (uses > 1) continue;  // nobody slips in the same way twice
    const std::string_view name = zone_of(zone.word->text);
    Diagnostic& found = glued.empty() ? report.at(*zone.word, fmt::format("`{}` is one slip from `{}`", zone.last, meant))
                                      : report.at(*zone.word, fmt::format("`{}` ends in `{}`, without a dot before it", name, glued));
    found.notes.push_back(fmt::format("no top-level domain is called `{}`: only names that are written so get here", zone.last));
    const std::string_view head = name.substr(0, name.size() - (glued.empty() ? zone.last : glued).size());
    found.help = fmt::format("write `{}{}{}` if that is meant", head, glued.empty() ? "" : ".", glued.empty() ? meant : glued);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::last_label_nearly_reserved
