// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "lint/circles.hpp"

namespace corefile::rules::forward_to_self {
namespace {

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

struct Service {
  std::string_view address, platform;
};
// Where installers put the cluster's DNS Service unless told otherwise.
constexpr std::array services{Service{"10.96.0.10", "kubeadm"}, Service{"10.43.0.10", "k3s and RKE"}, Service{"10.152.183.10", "MicroK8s"},
                              Service{"172.20.0.10", "EKS"}, Service{"10.100.0.10", "EKS"}};

void own_service(const Word& word, Report& report) {
  Diagnostic& found = report.at(word, quoted(word.text) + " is the Service of this CoreDNS itself");
  found.label = "its queries come back";
  found.notes.push_back(
      "by the manifests the Service has this address; a query goes round until `loop` ends the process or memory is gone");
  found.help = "name the resolver that knows these names";
}

// The queries of pods go to that Service, so what is forwarded there comes back, whatever port CoreDNS itself listens on.
void service_address(const Config& config, const Context& context, Report& report) {
  if (context.role != Role::cluster) return;
  for (const Directive directive : forwarders(config)) {
    for (const Word& word : directive.upstreams()) {
      const Upstream upstream = read_upstream(word);
      if (upstream.kind != Upstream::Kind::address || upstream.port != 53) continue;
      const auto own = std::find(context.service_addresses.begin(), context.service_addresses.end(), upstream.host);
      if (own != context.service_addresses.end()) {
        own_service(word, report);
        continue;
      }
      if (!context.service_addresses.empty()) continue;
      const auto service = std::find_if(services.begin(), services.end(), [&](const Service& s) { return s.address == upstream.host; });
      if (service == services.end()) continue;
      Diagnostic& found = report.at(word, quoted(word.text) + " may be this cluster's own DNS Service");
      found.severity = Severity::info;
      found.notes.push_back("it is where " + std::string(service->platform) +
                            " puts the Service; queries that CoreDNS sends there come back to CoreDNS");
      found.help = "compare with `kubectl -n kube-system get service kube-dns`";
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  for (const Circle& circle : *context.circles) {
    const Circle::Hop& hop = circle.hops.front();
    if (circle.hops.size() > 1 || read_upstream(*hop.upstream).loopback) continue;
    if (read_upstream(*hop.upstream).kind != Upstream::Kind::address) continue;
    Diagnostic& found = report.at(*hop.upstream, quoted(hop.upstream->text) + " is an address this block is bound to");
    found.label = "its queries come back";
    if (!circle.certain) found.severity = Severity::warning;
    const ServerBlock block = config.block(hop.directive.block());
    if (const auto bind = block.find(Plugin::bind)) found.labels.push_back({config.place(bind->words()), "bound here"});
    if (!circle.witness.empty()) found.notes.push_back("for example " + circle.witness + ", and so on");
    found.notes.push_back(circle_note(circle));
    found.help = "name another resolver; for a node-local cache, the Service of the cluster's own CoreDNS";
  }
  service_address(config, context, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .severity = Severity::error};

}  // namespace corefile::rules::forward_to_self
