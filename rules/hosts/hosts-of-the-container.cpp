// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "go/net.hpp"

namespace corefile::rules::hosts_of_the_container {
namespace {

void check(Directive hosts, const Context& context, Report& report) {
  if (context.role != Role::cluster || !hosts.arguments().empty() || !context.load->loads()) return;
  for (const Property line : hosts.properties()) {
    if (line.name() == "import" || line.words.front().unknown || go::parse_ip(line.name())) return;
  }
  Diagnostic& found = report.at(hosts.name_word(), "this `hosts` has the pod's own /etc/hosts, and nothing else");
  found.label = "no file and no entries";
  found.notes.push_back("the kubelet writes that file: localhost, the pod's own name and its `hostAliases`; the node's is another one");
  found.help = "write entries into its block, or name a file of a volume, such as a key of the ConfigMap";
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::hosts}, .needs = Precondition::in_cluster, .severity = Severity::info};

}  // namespace corefile::rules::hosts_of_the_container
