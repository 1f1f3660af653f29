// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/upstream.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::forward_except_own_zone {
namespace {

void report_one(Directive directive, const Word& word, const Word& from, Report& report) {
  const std::string name = "`" + std::string(word.text) + "`";
  const ServerBlock block = directive.config->block(directive.block());
  Diagnostic& found = report.at(word, "`except " + std::string(word.text) + "` leaves this `forward` nothing to do");
  const std::string_view zone = zone_of(from);
  const bool by_from = covers(zone_of(word), zone);
  found.labels.push_back({by_from ? directive.config->place(from) : block.head(), "all that comes here is below " + name});
  // plugin/forward/forward.go, isAllowedDomain
  if (by_from && !zone.empty()) found.notes.push_back("only the name `" + std::string(from.text) + "` itself is still forwarded");
  found.notes.push_back("other names get SERVFAIL, unless something behind `forward` answers them");
  found.help = "name only those zones below that are not to be forwarded, or remove `except`";
}

void check(Directive directive, const Context&, Report& report) {
  const Word* const from = from_word(directive);
  if (from == nullptr || from->unknown != 0) return;
  const auto keys = directive.config->block(directive.block()).keys();
  for (const Property property : directive.properties()) {
    if (property.name() != "except") continue;
    for (const Word& word : property.arguments()) {
      if (!all_known({&word, 1})) continue;
      const std::string_view zone = zone_of(word);
      const auto below = [zone](const Word& key) { return key.unknown == 0 && covers(zone, zone_of(key)); };
      if (covers(zone, zone_of(*from)) || (!keys.empty() && std::all_of(keys.begin(), keys.end(), below))) {
        report_one(directive, word, *from, report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .lines = {"except"}, .severity = Severity::warning};

}  // namespace corefile::rules::forward_except_own_zone
