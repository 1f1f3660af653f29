// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"
#include "zones.hpp"

namespace corefile::rules::cidr_host_bits {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (word.text.find('/') == std::string_view::npos) return;
    const Key key = read_key(word.text, context.release);
    const auto cidr = go::parse_cidr(key.zone_text);
    if (!cidr || !is_zone(block, key) || cidr->ip == cidr->network) return;
    const Place at = part(config, word, key.zone_text);
    const std::string network = fmt::format("{}/{}", go::to_string(cidr->network), cidr->ones);
    Diagnostic& found = report.at(at, fmt::format("`{}` is an address in the network `{}`", key.zone_text, network));
    found.notes.push_back(fmt::format("the block serves the whole network, {}", key.zones.front()));
    found.help = fmt::format("write `{}`, or `/{}` for the one address", network, cidr->bits);
    // Before 1.8.4 the zone is made of the address as written.
    if (context.release >= Release{1, 8, 4}) found.fixes.push_back({fmt::format("write `{}`", network), Safety::safe, {{at, network}}});
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::cidr_host_bits
