// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::network_policy_shuts {
namespace {

constexpr std::string_view dns_port = "53";

bool is_for(const NetworkPolicy& policy, const Workload& workload) {
  return same_space(policy.name.name_space, workload.name.name_space) && selects(policy.pods, workload.labels);
}

bool covers_number(const PolicyPort& port, std::string_view number, std::string_view protocol, const Container& container) {
  if ((port.protocol.empty() ? std::string_view("TCP") : port.protocol) != protocol) return false;
  if (port.port.empty() || port.port == number) return true;
  const auto from = read_number(port.port), to = read_number(port.last), wanted = read_number(number);
  if (from && to && wanted) return *from <= *wanted && *wanted <= *to;
  return !from && std::any_of(container.ports.begin(), container.ports.end(), [&](const Port& one) {
    return one.name == port.port && one.port == number && (one.protocol.empty() ? "TCP" : one.protocol) == protocol;
  });
}

/// What the policies of these pods let through in one direction: they add up.
class Open {
 public:
  Open(const std::vector<const NetworkPolicy*>& policies, bool ingress, const Container& container) : container_(container) {
    for (const NetworkPolicy* policy : policies) {
      if (!(ingress ? policy->limits_ingress : policy->limits_egress)) continue;
      limited_ = true;
      for (const PolicyRule& rule : ingress ? policy->ingress : policy->egress) {
        everything_ = everything_ || rule.ports.empty();
        for (const PolicyPort& port : rule.ports) ports_.push_back(&port);
      }
    }
  }
  /// Only what rules with ports let through.
  bool by_ports() const { return limited_ && !everything_ && !ports_.empty(); }
  bool lets(std::string_view number, std::string_view protocol) const {
    return std::any_of(ports_.begin(), ports_.end(),
                       [&](const PolicyPort* one) { return covers_number(*one, number, protocol, container_); });
  }
  /// A rule that was to let queries through: it names port 53, or the one that CoreDNS listens on.
  const PolicyPort* meant(std::string_view number) const {
    for (const PolicyPort* one : ports_) {
      if (one->port == dns_port || lets_either(*one, number)) return one;
    }
    return nullptr;
  }
  /// Something else than DNS may pass over TCP.
  bool lets_other_tcp() const {
    return std::any_of(ports_.begin(), ports_.end(), [](const PolicyPort* one) {
      return (one->protocol.empty() || one->protocol == "TCP") && one->port != dns_port && one->port != "dns" && one->port != "dns-tcp";
    });
  }

 private:
  bool lets_either(const PolicyPort& one, std::string_view number) const {
    return covers_number(one, number, "UDP", container_) || covers_number(one, number, "TCP", container_);
  }
  const Container& container_;
  bool limited_ = false, everything_ = false;
  std::vector<const PolicyPort*> ports_;
};

void add_notes(Diagnostic& found) { found.notes.push_back("policies are held to the pods' own ports, and all that select a pod add up"); }

void check_ingress(const Run& run, const Open& open, std::string_view number, ManifestReport& report) {
  const PolicyPort* meant = open.meant(number);
  if (meant == nullptr) return;
  const bool udp = open.lets(number, "UDP"), tcp = open.lets(number, "TCP");
  if (udp && tcp) return;
  if (udp || tcp) {
    Diagnostic& found = report.at(Place{0, meant->span},
                                  fmt::format("queries over {} do not come in to {}", udp ? "TCP" : "UDP", shown_name(run.workload->name)));
    found.notes.push_back(udp ? "an answer that is too long for UDP stays cut off" : "clients ask over UDP, and get no answer");
    add_notes(found);
    found.help = fmt::format("add `{{port: {}, protocol: {}}}`", number, udp ? "TCP" : "UDP");
    return;
  }
  Diagnostic& found = report.at(Place{0, meant->span}, fmt::format("no policy lets queries in to port {}, where CoreDNS listens", number));
  found.labels.push_back({run.base.outer(run.base.config.block(0).head()), "listens there"});
  add_notes(found);
  found.help = fmt::format("write `port: {}`", number);
}

void check_egress(const Run& run, const Open& open, ManifestReport& report) {
  const PolicyPort* meant = open.meant(dns_port);
  const auto kubernetes = kubernetes_as_account(run.base.config);
  if (meant == nullptr || !kubernetes || open.lets_other_tcp()) return;
  Diagnostic& found = report.at(Place{0, meant->span}, "no policy lets CoreDNS out to the API server");
  found.labels.push_back({run.base.outer(kubernetes->name_word()), "asks it for Services and endpoints"});
  found.notes.push_back("without it names of the cluster are SERVFAIL, and `/ready` stays 503");
  add_notes(found);
  found.help = "let it out to the API server's port as well, 443 or 6443 over TCP";
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (manifest.bundle.policies.empty()) return;
  for (const Run& run : read_runs(manifest)) {
    if (run.workload->host_network || !run.base.whole()) continue;
    std::vector<const NetworkPolicy*> policies;
    for (const NetworkPolicy& policy : manifest.bundle.policies) {
      if (is_for(policy, *run.workload)) policies.push_back(&policy);
    }
    const auto ports = listened(run, context.release);
    const Open in(policies, true, *run.container), out(policies, false, *run.container);
    if (in.by_ports() && ports && !ports->empty()) check_ingress(run, in, ports->front(), report);
    if (out.by_ports()) check_egress(run, out, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::network_policy_shuts
