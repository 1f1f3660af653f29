// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "resolvers.hpp"

namespace corefile::rules::forward_mixed_private_public {
namespace {

void check(Directive directive, const Context&, Report& report) {
  const auto words = directive.upstreams();
  if (words.size() < 2) return;
  const Word* own = nullptr;
  const Word* open = nullptr;
  bool file = false;
  for (const Word& word : words) {
    const Upstream upstream = read_upstream(word);
    if (is_public(upstream)) {
      open = open == nullptr ? &word : open;
    } else if (is_private(upstream) || names_resolv_conf(upstream)) {
      if (own == nullptr) file = names_resolv_conf(upstream);
      own = own == nullptr ? &word : own;
    }
  }
  if (own == nullptr || open == nullptr) return;
  const auto policy = directive.properties().find("policy");
  const std::string_view chosen = policy && policy->words.size() > 1 ? policy->words[1].text : std::string_view("random");
  if (chosen != "random" && chosen != "round_robin") return;
  const std::string inside = "`" + std::string(own->text) + "`";
  const std::string outside = "`" + std::string(open->text) + "`";
  Diagnostic& found = report.at(*open, inside + " and the public " + outside + " are asked " +
                                           (chosen == "random" ? "at random" : "in turn") + ", not one after the other");
  if (file) found.severity = Severity::info;
  found.label = "knows no names of this site";
  found.labels.push_back({directive.config->place(*own), file ? "whatever the file names" : "a private address"});
  found.notes.push_back("names that only " + inside + " knows do not exist whenever " + outside +
                        " is asked: NXDOMAIN is an answer, and final");
  found.help = "give the site's own zones a server block that forwards to " + inside + " alone; where " + outside +
               " is only a spare, `policy sequential` asks it when the first fails";
}

}  // namespace

extern constinit const Rule rule{
    .name = "forward-mixed-private-public",
    .summary = "A site's resolver and a public one are asked at random",
    .check = check,
    .directives = {Plugin::forward},
    .severity = Severity::warning,
};

}  // namespace corefile::rules::forward_mixed_private_public
