// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/circles.hpp"
#include "lint/misread.hpp"

namespace corefile::rules::forward_to_loopback {
namespace {

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

// systemd-resolved's stub.
bool is_stub(const Upstream& upstream) {
  const auto& b = upstream.address.bytes;
  return upstream.loopback && upstream.address.is4 && b[13] == 0 && b[14] == 0 && (b[15] == 53 || b[15] == 54) && upstream.port == 53;
}

void comes_back(const Circle& circle, const Context& context, Report& report) {
  const Circle::Hop& hop = circle.hops.front();
  Diagnostic& found = report.at(*hop.upstream, quoted(hop.upstream->text) + " is this server itself");
  found.label = "its queries come back";
  if (!circle.certain) found.severity = Severity::warning;
  label_circle(circle, found);
  found.notes.push_back(circle_note(circle));
  if (context.role != Role::standalone && context.role != Role::node_local) {
    found.notes.push_back("in a pod, loopback is the pod itself; the node's resolver is not reached this way");
  }
  found.help = "name the resolver that is to answer, as `8.8.8.8` or the site's own";
  if (context.role == Role::standalone && is_stub(read_upstream(*hop.upstream))) {
    found.notes.push_back("beside systemd-resolved CoreDNS does not start at all: its port 53 is in use there");
    found.help += "; to ask systemd-resolved, `bind` another address, or listen on another port";
  }
}

// The resolver that Docker puts into its containers' network; Listeners never lead to it.
bool is_docker(const Upstream& upstream) {
  const auto& b = upstream.address.bytes;
  return upstream.loopback && upstream.address.is4 && b[13] == 0 && b[14] == 0 && b[15] == 11 && upstream.port == 53;
}

void docker_in_pod(const Word& word, Report& report) {
  Diagnostic& found = report.at(word, quoted(word.text) + " is the pod itself here, not Docker's resolver");
  found.severity = Severity::warning;
  found.notes.push_back("a pod has its own loopback, also on a node that is a container: what listens on port 53 there is CoreDNS");
  found.help = "name the resolver that Docker itself asks, or `/etc/resolv.conf` where the kubelet gives the pods the node's servers";
}

void stub_in_pod(const Config& config, const Context& context, Report& report) {
  const bool custom = context.role == Role::custom_server || context.role == Role::custom_override;
  if (context.role != Role::cluster && !custom) return;
  for (const Directive directive : forwarders(config)) {
    for (const Word& word : directive.upstreams()) {
      if (is_cut_off(config, word)) continue;
      if (is_docker(read_upstream(word))) docker_in_pod(word, report);
      if (custom || !is_stub(read_upstream(word))) continue;
      bool known = false;
      for (const Circle& circle : *context.circles) {
        for (const Circle::Hop& hop : circle.hops) known = known || hop.upstream == &word;
      }
      if (known) continue;
      Diagnostic& found = report.at(word, quoted(word.text) + " is the pod itself here, not the node");
      found.severity = Severity::info;
      found.notes.push_back("nothing in this Corefile listens there; only with `hostNetwork` is it systemd-resolved's stub");
      found.help = "name the resolver that is to answer";
    }
  }
}

void check(const Config& config, const Context& context, Report& report) {
  for (const Circle& circle : *context.circles) {
    // What is left of `127.0.0.1#5335` was not meant: glued-comment says so.
    if (circle.hops.size() > 1 || is_cut_off(config, *circle.hops.front().upstream)) continue;
    const Upstream upstream = read_upstream(*circle.hops.front().upstream);
    if (upstream.loopback || upstream.kind == Upstream::Kind::name) comes_back(circle, context, report);
  }
  stub_in_pod(config, context, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .severity = Severity::error};

}  // namespace corefile::rules::forward_to_loopback
