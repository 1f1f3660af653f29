// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::keepttl_with_forward {
namespace {

void check(Directive cache, const Context&, Report& report) {
  if (!cache.properties().has("keepttl")) return;
  const Config& config = *cache.config;
  for (const Property line : cache.properties()) {
    if (line.name() != "keepttl") continue;
    for (const Directive other : config.block(cache.block()).directives()) {
      if (!is_forwarder(other.plugin())) continue;
      Diagnostic& found =
          report.at(line.words.front(), "`keepttl` makes the answers of `" + std::string(other.name()) + "` look fresh when they are not");
      found.label = "the TTL never runs down";
      found.labels.push_back({config.place(other.name_word()), "answers from elsewhere"});
      found.notes.push_back(
          "an answer that has a second left in this cache is handed out with its whole TTL, so clients keep it up to twice as long as its "
          "owner allows");
      found.help = "remove `keepttl`, unless the upstream is your own authoritative server";
      if (const auto edit = Fixer(config).remove_lines(line.words)) found.fixes.push_back({"remove `keepttl`", Safety::unsafe, {*edit}});
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .lines = {"keepttl"}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::keepttl_with_forward
