// SPDX-License-Identifier: Apache-2.0
#include "lint/fixer.hpp"
#include "zones.hpp"

namespace corefile::rules::key_begins_with_dot {
namespace {

constexpr Release refused{1, 9, 4};  // the miekg/dns of 1.9.4 takes no such name

void check(const Config& config, const Context& context, Report& report) {
  if (context.release >= refused || !context.load->loads()) return;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    const Key key = read_key(word.text, context.release);
    const std::string_view zone = key.zone_text;
    if (!is_zone(block, key) || zone.size() < 2 || zone[0] != '.' || zone.find_first_of(":/") != std::string_view::npos) return;
    const Place at = part(config, word, zone);
    Diagnostic& found = report.at(at, fmt::format("no name is below `{}`: a zone has no dot before it", zone));
    found.label = "never asked for";
    found.notes.push_back("CoreDNS 1.9.4 and newer refuse such a key");
    found.help = fmt::format("a zone holds all names below it: write `{}`", zone.substr(1));
    if (config.text(at) == zone && zone[1] != '.')
      found.fixes.push_back({"remove the dot", Safety::unsafe, {{at, std::string(zone.substr(1))}}});
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::leading_dot, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::key_begins_with_dot
