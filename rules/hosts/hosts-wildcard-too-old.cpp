// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "go/net.hpp"

namespace corefile::rules::hosts_wildcard_too_old {
namespace {

constexpr Release wildcards{1, 14, 5};

void check(Directive hosts, const Context& context, Report& report) {
  if (context.release >= wildcards || !context.load->loads()) return;
  for (const Property line : hosts.properties()) {
    if (line.name() == "fallthrough") return;
    if (!go::parse_ip(line.name())) continue;
    for (const Word& name : line.arguments()) {
      if (!name.text.starts_with("*.") || name.unknown) continue;
      Diagnostic& found = report.at(name, fmt::format("`{}` is a literal name in CoreDNS {}", name.text, to_string(context.release)));
      found.label = "no wildcard";
      found.notes.push_back(
          fmt::format("`hosts` knows wildcards from 1.14.5 on; before, `www{}` is not answered by this line", name.text.substr(1)));
      found.help = "use `template`, or a zone file, which has wildcards in every release";
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}};

}  // namespace corefile::rules::hosts_wildcard_too_old
