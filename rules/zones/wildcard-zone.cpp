// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::wildcard_zone {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (word.text.find('*') == std::string_view::npos) return;
    const Key key = read_key(word.text, context.release);
    if (!is_zone(block, key)) return;
    const std::size_t star = key.zone_text.find('*');
    if (star == std::string_view::npos) return;
    const Place at = part(config, word, key.zone_text);
    Diagnostic& found = report.at(at, fmt::format("`{}` matches no name but the one with the `*` in it", key.zone_text));
    found.notes.push_back("a zone has no wildcards, and needs none: it always covers all names below it");
    if (key.zone_text == "*") {
      found.help = "write `.` for all names";
      found.fixes.push_back({"write `.`", Safety::unsafe, {{at, "."}}});
    } else if (key.zone_text.starts_with("*.") && key.zone_text.find('*', 1) == std::string_view::npos && key.zone_text.size() > 2) {
      const std::string_view rest = key.zone_text.substr(2);
      found.help = fmt::format("write `{}`", rest);
      found.fixes.push_back({fmt::format("write `{}`", rest), Safety::unsafe, {{at, std::string(rest)}}});
    } else {
      found.help = "name the zone above it, and tell the names apart in the block";
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::odd_key, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::wildcard_zone
