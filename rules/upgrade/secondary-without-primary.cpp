// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

namespace corefile::rules::secondary_without_primary {
namespace {

constexpr Release refused{1, 12, 2};

void check(Directive secondary, const Context& context, Report& report) {
  if (context.release >= refused || !context.load->loads()) return;
  for (const Property line : secondary.properties()) {
    if (line.name() == "transfer" && !line.arguments().empty() &&
        (line.arguments().front().text == "from" || line.arguments().front().unknown))
      return;
  }
  Diagnostic& found = report.at(secondary.name_word(), "`secondary` is told nobody to transfer the zone from");
  found.label = "no `transfer from`";
  found.notes.push_back("every query for the zone gets SERVFAIL; CoreDNS 1.12.2 and later refuse the file");
  found.help = "name the primary in its block: `transfer from 192.0.2.1`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::secondary}};

}  // namespace corefile::rules::secondary_without_primary
