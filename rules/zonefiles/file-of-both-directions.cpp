// SPDX-License-Identifier: Apache-2.0
#include "lint/zones.hpp"

#include "zone_file.hpp"

namespace corefile::rules::file_of_both_directions {
namespace {

constexpr std::size_t most = 64;  // each is compared with those before it

/// All its zones are reverse zones, or none is.
std::optional<bool> is_reverse(Directive file) {
  if (file.zones().empty() || !all_known(file.zones()) || !all_known(file.arguments())) return {};
  const bool first = is_reverse_text(zone_of(file.zones().front()));
  const bool same =
      std::all_of(file.zones().begin(), file.zones().end(), [&](const Word& zone) { return is_reverse_text(zone_of(zone)) == first; });
  return same ? std::optional(first) : std::nullopt;
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::vector<Directive> seen;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.fragment() || !block.has(Plugin::file)) continue;
    for (const Directive file : block.directives()) {
      if (!file.is(Plugin::file) || file.arguments().empty() || seen.size() == most) continue;
      const auto own = is_reverse(file);
      if (!own) continue;
      const Word& name = file.arguments().front();
      const auto other = std::find_if(seen.begin(), seen.end(), [&](Directive one) {
        return one.arguments().front().text == name.text && one.block() != file.block() && is_reverse(one) != own;
      });
      const std::optional<Directive> before = other == seen.end() ? std::nullopt : std::optional(*other);
      seen.push_back(file);
      if (!before || block.has(Plugin::root)) continue;
      Diagnostic& found = report.at(name, fmt::format("`{}` is loaded for `{}` and for `{}`", name.text, zone_of(before->zones().front()),
                                                      zone_of(file.zones().front())));
      found.label = "one file for a zone and a reverse zone";
      found.labels.push_back({config.place(before->arguments().front()), "loaded here too"});
      found.notes.push_back("names with a last dot in it are in one of the zones at most, and relative ones are taken for both");
      found.help = "give each zone a file of its own: PTR records in the reverse zone's";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file}};

}  // namespace corefile::rules::file_of_both_directions
