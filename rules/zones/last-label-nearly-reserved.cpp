// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "base/short_text.hpp"
#include "lint/zones.hpp"
#include "plugins/reader.hpp"
#include "zones.hpp"

namespace corefile::rules::last_label_nearly_reserved {
namespace {

/// RFC 6761, RFC 6762, ICANN's reservation of `internal`, and two that networks use as if they were reserved. No top-level domain is one
/// letter from any of them.
constexpr std::array<std::string_view, 7> reserved{"example", "internal", "intranet", "invalid", "local", "localdomain", "localhost"};
constexpr std::size_t shortest = 4;
constexpr std::size_t shortest_alone = 7;

struct Zone {
  const Word* word;
  std::string_view last;  ///< label
};

Zone read_zone(const Word& word) {
  const std::string_view zone = zone_of(word);
  const std::size_t dot = zone.rfind('.');
  return {&word, dot == std::string_view::npos ? zone : zone.substr(dot + 1)};
}

/// Each whose last label may be told.
template <typename See>
void each_zone(const Config& config, See see) {
  const auto look = [&](const Word& word, auto is_zone) {
    const Zone zone = read_zone(word);
    if (zone.last.size() >= shortest && !short_text::same(zone.last, "arpa") && is_zone()) see(zone);
  };
  each_key(config, [&](const ZoneBlock& block, const Word& word) { look(word, [&] { return !block.is_mistake(); }); });
  for (const Directive directive : config.directives()) {
    if (directive.arguments().empty() || directive.is(Plugin::kubernetes)) continue;
    for (const Word& word : directive.own_zones()) look(word, [&] { return word.unknown == 0; });
  }
}

/// One slip leaves a label's begin or its end as it was.
bool may_be(std::string_view label, std::string_view wanted) {
  if (label.size() + 1 < wanted.size() || label.size() > wanted.size() + 1) return false;
  return ascii::same_letters(label.substr(0, 2), wanted.substr(0, 2)) ||
         ascii::same_letters(label.substr(label.size() - 2), wanted.substr(wanted.size() - 2));
}

std::string_view meant_by(const Zone& zone) {
  if (std::find(reserved.begin(), reserved.end(), zone.last) != reserved.end()) return {};
  if (std::none_of(reserved.begin(), reserved.end(), [&](std::string_view label) { return may_be(zone.last, label); })) return {};
  if (!std::all_of(zone.last.begin(), zone.last.end(), ascii::is_letter)) return {};
  const auto same = [&](std::string_view label) { return ascii::same_letters(label, zone.last); };
  if (std::any_of(reserved.begin(), reserved.end(), same)) return {};
  return plugins::nearest(zone.last, reserved, 1);
}

/// `corpexample`: a whole zone that ends in one of them without its dot.
std::string_view glued_to(const Zone& zone) {
  if (zone_of(*zone.word) != zone.last) return {};
  for (const std::string_view label : reserved) {
    if (label.size() >= shortest_alone && zone.last.size() > label.size() + 1 && zone.last.ends_with(label)) return label;
  }
  return {};
}

/// How often each last label stands in the file, in small letters.
std::map<std::string, std::size_t> count_labels(const Config& config) {
  std::map<std::string, std::size_t> uses;
  each_zone(config, [&](const Zone& zone) { ++uses[ascii::to_lower(zone.last)]; });
  return uses;
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::optional<std::map<std::string, std::size_t>> uses;
  each_zone(config, [&](const Zone& zone) {
    const std::string_view meant = meant_by(zone);
    const std::string_view glued = meant.empty() ? glued_to(zone) : std::string_view();
    if (meant.empty() && glued.empty()) return;
    if (!uses) uses = count_labels(config);
    if (uses->at(ascii::to_lower(zone.last)) > 1) return;  // nobody slips in the same way twice
    const std::string_view name = zone_of(*zone.word);
    Diagnostic& found = glued.empty() ? report.at(*zone.word, fmt::format("`{}` is one slip from `{}`", zone.last, meant))
                                      : report.at(*zone.word, fmt::format("`{}` ends in `{}`, without a dot before it", name, glued));
    found.notes.push_back(fmt::format("no top-level domain is called `{}`: only names that are written so get here", zone.last));
    const std::string_view head = name.substr(0, name.size() - (glued.empty() ? zone.last : glued).size());
    found.help = fmt::format("write `{}{}{}` if that is meant", head, glued.empty() ? "" : ".", glued.empty() ? meant : glued);
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::other_zone, .severity = Severity::info};

}  // namespace corefile::rules::last_label_nearly_reserved
