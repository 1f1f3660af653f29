// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::cidr_explosion {
namespace {

constexpr std::size_t worth_knowing = 16;

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (word.text.find('/') == std::string_view::npos) return;
    const Key key = read_key(word.text, context.release);
    if (key.zones.size() < worth_knowing || !is_zone(block, key)) return;
    Diagnostic& found = report.at(part(config, word, key.zone_text), fmt::format("`{}` becomes {} zones", key.zone_text, key.zones.size()));
    found.notes.push_back(fmt::format("reverse zones end on octets (IPv4) or hexadecimal digits (IPv6): this one is served as `{}` to `{}`",
                                      key.zones.front(), key.zones.back()));
    found.help = "use the network on the next boundary, and let the block pass on what is not its own (`fallthrough`)";
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash, .severity = Severity::info};

}  // namespace corefile::rules::cidr_explosion
