// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::transfer_of_subzone {
namespace {

constexpr Release mended{1, 14, 3};
constexpr std::size_t most = 32;

void check(ServerBlock block, const Context& context, Report& report) {
  if (context.release >= mended || !context.load->loads()) return;
  std::size_t seen = 0;
  for (const Directive sub : block.directives()) {
    if (!sub.is(Plugin::transfer) || sub.own_zones().empty() || ++seen > most) continue;
    for (const Directive parent : block.directives()) {
      if (!parent.is(Plugin::transfer) || parent.index == sub.index || parent.zones().empty()) continue;
      const std::string_view below = zone_of(sub.zones().front());
      const std::string_view above = zone_of(parent.zones().front());
      // The one that is later in the alphabet is taken, not the longer one.
      if (above.empty() || same_name(below, above) || !covers(above, below) || above <= below) continue;
      Diagnostic& found = report.at(sub.zones().front(), fmt::format("in CoreDNS {} transfers of `{}` are judged by the line for `{}`",
                                                                     to_string(context.release), below, above));
      found.label = "not looked at";
      found.labels.push_back({block.config->place(parent.zones().front()), "taken instead"});
      found.notes.push_back("of two zones that fit, the later in the alphabet is taken, not the longer one (CVE-2026-33489)");
      found.help = "update to CoreDNS 1.14.3 or later, or give the zones server blocks of their own";
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::transfer}};

}  // namespace corefile::rules::transfer_of_subzone
