// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"

namespace corefile::rules::property_without_effect {
namespace {

// From here on each of these plugins looks external names up itself.
constexpr Release own_lookups{1, 6, 0};

bool does_nothing(Directive directive, Property line, Release release) {
  if (directive.is(Plugin::etcd) && (line.name() == "stubzones" || line.name() == "debug")) return true;
  return line.name() == "upstream" && release >= own_lookups;
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : directive.properties()) {
    if (!does_nothing(directive, line, context.release)) continue;
    Diagnostic& found = report.at(line.words, fmt::format("`{}` of `{}` is read, and does nothing", line.name(), directive.name()));
    found.label = "left over from early releases";
    if (line.name() == "stubzones") {
      found.notes.push_back("stub zones that are kept in etcd are not read");
      found.help = "name such zones here: `forward ZONE ADDRESS`";
    } else if (line.name() == "upstream") {
      found.notes.push_back(
          "the target of an alias is looked up in this server itself, and asked upstream where a block with `forward` is for it");
      found.help = "remove the line";
    } else {
      found.help = "remove the line";
    }
    if (const auto edit = Fixer(*directive.config).remove_lines(line.words))
      found.fixes.push_back({"remove the line", Safety::safe, {*edit}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::etcd, Plugin::file, Plugin::auto_, Plugin::template_, Plugin::route53,
                                                Plugin::clouddns, Plugin::secondary, Plugin::federation, Plugin::kubernetes},
                                 .severity = Severity::info,
                                 .fixes = Fixes::sometimes};

}  // namespace corefile::rules::property_without_effect
