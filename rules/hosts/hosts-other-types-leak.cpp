// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/shadowed.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::hosts_other_types_leak {
namespace {

constexpr Release first{1, 14, 5};
constexpr Release last{1, 14, 6};

void check(Directive hosts, const Context& context, Report& report) {
  if (context.release < first || context.release > last || !context.load->loads()) return;
  const auto fallthrough = hosts.properties().find("fallthrough");
  if (!fallthrough || hosts.config->block(hosts.block()).fragment()) return;
  const std::vector<Directive> behind = shadowed_backends(hosts, hosts.zones(), context.release);
  if (behind.empty()) return;
  Diagnostic& found = report.at(fallthrough->words, fmt::format("in CoreDNS {} queries of other types for names in `hosts` go on as well",
                                                                to_string(context.release)));
  found.labels.push_back({place_of(behind.front()), "asked for them"});
  found.notes.push_back("TXT, MX, HTTPS of a name that is listed are asked of the next plugin, which may say that the name does not exist");
  found.help =
      "1.14.4 and before, and 1.14.7 and after, answer that there is no such record; `fallthrough_unsupported` passes them on from 1.14.7 "
      "on";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .severity = Severity::info};

}  // namespace corefile::rules::hosts_other_types_leak
