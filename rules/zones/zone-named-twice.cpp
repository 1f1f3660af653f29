// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::zone_named_twice {
namespace {

constexpr std::size_t most = 64;  // each is compared with those before it

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::size_t count = 0;
  std::array<const Word*, most> seen{};
  for (const Directive file : block.directives()) {
    if (!file.is(Plugin::file)) continue;
    for (const Word& zone : file.zones()) {
      if (zone.unknown || zone.text.find('/') != std::string_view::npos) continue;
      const auto end = seen.begin() + static_cast<std::ptrdiff_t>(count);
      const auto earlier = std::find_if(seen.begin(), end, [&](const Word* other) { return same_name(zone_of(*other), zone_of(zone)); });
      if (earlier != end) {
        const bool own = !file.own_zones().empty();
        Diagnostic& found =
            report.at(own ? zone : file.name_word(),
                      fmt::format("`{}` is served by two `file` lines of this block, and the last one counts", zone_of(zone)));
        found.label = "again";
        if (own) found.labels.push_back({block.config->place(**earlier), "named before"});
        found.notes.push_back("CoreDNS no longer reloads such a block after a change, and does not stop when it is told to");
        found.help = "name each zone once";
        return;
      }
      if (count < most) seen[count++] = &zone;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file}};

}  // namespace corefile::rules::zone_named_twice
