// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "go/net.hpp"
#include "reading.hpp"

namespace corefile::rules::bind_out_of_reach {
namespace {

/// Ports of the pods to which Services send queries.
std::vector<std::string> asked_ports(const Run& run, const Manifest& manifest) {
  std::vector<std::string> out;
  for (const Service* service : services_of(*run.workload, manifest)) {
    for (const Port& port : service->ports) {
      if (port.port != "53") continue;
      const std::string& target = port.target.empty() ? port.port : port.target;
      const auto& ports = run.container->ports;
      const auto named = std::find_if(ports.begin(), ports.end(), [&](const Port& one) { return one.name == target; });
      out.push_back(named == ports.end() ? target : named->port);
    }
  }
  return out;
}

bool on_port(ServerBlock block, const std::vector<std::string>& ports, Release release) {
  const auto keys = block.keys();
  return std::any_of(keys.begin(), keys.end(), [&](const Word& word) {
    const Key key = read_key(word.text, release);
    return word.unknown == 0 && key.transport == Transport::dns && std::find(ports.begin(), ports.end(), key.port) != ports.end();
  });
}

bool is_loopback(const Word& word) {
  const auto ip = go::parse_ip(word.text);
  return ip && go::is_loopback(*ip);
}

/// An address that the pods do not get by themselves. What an annotation names the network may give them, and a container with the right to
/// may add any.
bool is_elsewhere(const Word& word, const Run& run) {
  const auto ip = go::parse_ip(word.text);
  if (!ip || go::is_loopback(*ip) || go::is_unspecified(*ip)) return false;
  // A network's own annotations may bring addresses, named there or in another object.
  const auto may_bring = [&](const auto& one) {
    return ascii::contains_letters(one.first, "cni") || one.second.find(word.text) != std::string::npos;
  };
  if (std::any_of(run.workload->annotations.begin(), run.workload->annotations.end(), may_bring)) return false;
  const auto may_add = [](const Container& one) {
    return std::any_of(one.security.added.begin(), one.security.added.end(),
                       [](const Written& capability) { return capability.text.ends_with("NET_ADMIN"); });
  };
  return std::none_of(run.workload->containers.begin(), run.workload->containers.end(), may_add);
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  for (const Run& run : read_runs(manifest)) {
    if (run.workload->host_network || !run.base.config.has(Plugin::bind)) continue;
    const std::vector<std::string> ports = asked_ports(run, manifest);
    for (const Directive bind : run.base.config.directives()) {
      if (!bind.is(Plugin::bind) || bind.arguments().empty() || !all_known(bind.arguments())) continue;
      const auto addresses = bind.arguments();
      const auto other = std::find_if(addresses.begin(), addresses.end(), [&](const Word& one) { return is_elsewhere(one, run); });
      if (other != addresses.end()) {
        Diagnostic& found = report.at(run.base.outer(*other), fmt::format("the pods have no address `{}`", other->text));
        found.labels.push_back({{0, run.workload->name.span}, "no `hostNetwork`: each pod gets an address of its own"});
        found.notes.push_back("CoreDNS ends at once: bind: cannot assign requested address");
        found.help = "drop `bind`";
      } else if (std::all_of(addresses.begin(), addresses.end(), is_loopback) &&
                 on_port(run.base.config.block(bind.block()), ports, context.release)) {
        Diagnostic& found = report.at(run.base.outer(addresses.front()), "the Service cannot reach CoreDNS here");
        found.labels.push_back({{0, run.workload->name.span}, "asked at its pods' addresses"});
        found.notes.push_back("on a loopback address only the pod itself is answered; all others are refused");
        found.help = "drop `bind`";
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::bind_out_of_reach
