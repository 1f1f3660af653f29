// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "lint/upstream.hpp"

namespace corefile::rules::forward_to_node_local {
namespace {

struct Usual {
  std::string_view address, who;
};
// kubernetes.io, "Using NodeLocal DNSCache"; kubespray, nodelocaldns_ip; Azure/AgentBaker, parts/linux/cloud-init/artifacts/localdns.sh,
// whose LOCALDNS_CLUSTER_LISTENER_IP asks the cluster's DNS. Its other one, 169.254.10.10, asks the network's resolver, and is what
// CoreDNS's pods find in their own resolv.conf.
constexpr std::array addresses{Usual{"169.254.20.10", "node-local-dns"}, Usual{"169.254.25.10", "kubespray's nodelocaldns"},
                               Usual{"169.254.10.11", "AKS's LocalDNS"}};

void check(Directive directive, const Context& context, Report& report) {
  if (context.role != Role::cluster) return;
  for (const Word& word : directive.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    const auto usual = std::find_if(addresses.begin(), addresses.end(), [&](const Usual& one) { return one.address == upstream.host; });
    if (upstream.kind != Upstream::Kind::address || usual == addresses.end()) continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` is where {} listens, which asks this CoreDNS", upstream.host, usual->who));
    found.label = "a cache in front, not a resolver behind";
    found.notes.push_back(
        "what that cache forwards to the cluster's DNS comes back here: the cluster's names, and reverse names that `kubernetes` passes on "
        "go round between the two");
    found.help = "name the resolver that answers for names outside, or `/etc/resolv.conf`";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .needs = Precondition::upstream_address};

}  // namespace corefile::rules::forward_to_node_local
