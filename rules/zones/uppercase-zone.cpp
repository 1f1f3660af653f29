// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "zones.hpp"

namespace corefile::rules::uppercase_zone {
namespace {

constexpr Release lower_cased{1, 14, 7};  // core/dnsserver/register.go

void check(const Config& config, const Context& context, Report& report) {
  if (context.release >= lower_cased) return;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (std::none_of(word.text.begin(), word.text.end(), ascii::is_upper)) return;
    const Key key = read_key(word.text, context.release);
    if (!is_zone(block, key) || std::none_of(key.zones.begin(), key.zones.end(), [](const std::string& zone) {
          return std::any_of(zone.begin(), zone.end(), ascii::is_upper);
        })) {
      return;
    }
    if (key.zone_text.find("://") != std::string_view::npos) return;
    const std::string small = ascii::to_lower(key.zone_text);
    const Place at = part(config, word, key.zone_text);
    Diagnostic& found = report.at(at, fmt::format("`{}` never matches a query", key.zone_text));
    found.notes.push_back(
        fmt::format("CoreDNS {} compares the zone as written with the name in lower case; from 1.14.7 case does not matter",
                    to_string(context.release)));
    found.help = fmt::format("write `{}`", small);
    found.fixes.push_back({fmt::format("write `{}`", small), Safety::safe, {{at, small}}});
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::odd_key, .fixes = Fixes::always};

}  // namespace corefile::rules::uppercase_zone
