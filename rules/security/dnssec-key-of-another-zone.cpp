// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::dnssec_key_of_another_zone {
namespace {

/// The zone in the name of a key file, `Kexample.org.+013+45330`: with its last dot, or without it for the root.
std::string_view zone_in(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t plus = name.find(".+");
  if (!name.starts_with('K') || plus == std::string_view::npos || plus < 2) return {};
  return name.substr(1, plus - 1);
}

void check(Directive dnssec, const Context&, Report& report) {
  const std::span<const Word> zones = dnssec.zones();
  if (zones.empty() || !all_known(zones)) return;
  for (const Property line : dnssec.properties()) {
    if (line.name() != "key" || line.arguments().size() < 2 || line.arguments().front().text != "file") continue;
    for (const Word& file : line.arguments().subspan(1)) {
      const std::string_view zone = file.unknown ? std::string_view() : zone_in(file.text);
      if (zone.empty() || zone_of(zone).find('%') != std::string_view::npos) continue;
      // One for a part of a zone is good: the names below it are signed.
      if (std::any_of(zones.begin(), zones.end(),
                      [&](const Word& own) { return is_reverse_text(own.text) || overlap(zone_of(own), zone); }))
        continue;
      Diagnostic& found = report.at(file, fmt::format("this is a key of `{}`, which is not signed here", zone));
      found.label = "another zone's";
      found.labels.push_back({dnssec.config->place(zones.front()), "signed here"});
      found.notes.push_back("CoreDNS reads the name from the key itself, and refuses one that can sign none of the zones");
      found.help = fmt::format("make a key for it: `dnssec-keygen -a ECDSAP256SHA256 {}`", zone_of(zones.front()));
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::dnssec}, .lines = {"key"}};

}  // namespace corefile::rules::dnssec_key_of_another_zone
