// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "go/net.hpp"

namespace corefile::rules::hosts_line_without_name {
namespace {

void check(Directive hosts, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : hosts.properties()) {
    if (!line.arguments().empty() || line.words.front().unknown) continue;
    if (!go::parse_ip(line.name().substr(0, line.name().find('%')))) continue;
    Diagnostic& found = report.at(line.words.front(), fmt::format("`{}` has no name", line.name()));
    found.label = "a line without a name is dropped";
    found.help = "write the names behind the address";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}};

}  // namespace corefile::rules::hosts_line_without_name
