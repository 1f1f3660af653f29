// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include <fmt/format.h>

#include "lint/acl.hpp"

namespace corefile::rules::acl_rule_unreached {
namespace {

void check(Directive acl, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::optional<Property> all;
  for (const Property line : acl.properties()) {
    if (line.words.front().unknown) return;
    if (!all) {
      if (fits_every_query(line)) all = line;
      continue;
    }
    Diagnostic& found = report.at(line.words, fmt::format("this `{}` is never looked at", line.name()));
    found.label = "too late";
    found.labels.push_back({acl.config->place(all->words), "fits every query"});
    found.notes.push_back("the first rule that fits decides");
    found.help = fmt::format("put it above `{}`", all->name());
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "acl-rule-unreached",
    .summary = "A rule of `acl` behind one that fits every query",
    .check = check,
    .directives = {Plugin::acl},
};

}  // namespace corefile::rules::acl_rule_unreached
