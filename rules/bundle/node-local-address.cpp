// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"
#include "reading.hpp"

namespace corefile::rules::node_local_address {
namespace {

// Addresses that a node has only where somebody gives them to it: the cluster's own may be on an interface of kube-proxy.
constexpr std::string_view link_local = "169.254.";

bool is_among(std::string_view list, std::string_view address) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (list.substr(0, end) == address) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

void report_address(const Run& run, const Word& word, const Written& list, ManifestReport& report) {
  Diagnostic& found =
      report.at(run.base.outer(word), fmt::format("`{}` is no address of node-cache, which is given `{}`", word.text, list.text));
  found.labels.push_back({{0, list.span}, "the addresses that it puts on its interface"});
  found.notes.push_back("CoreDNS ends: listen tcp " + std::string(word.text) + ":53: bind: cannot assign requested address");
  found.help = "write the same addresses in both places";
}

/// The address of the cluster's DNS, as far as the manifests tell.
bool is_service(const Manifest& manifest, std::string_view address) {
  const auto has = [address](const Service& service) {
    return std::find(service.addresses.begin(), service.addresses.end(), address) != service.addresses.end();
  };
  return manifest.bundle.services.empty() || std::any_of(manifest.bundle.services.begin(), manifest.bundle.services.end(), has);
}

void report_service(const Run& run, const Word& word, const Written& list, ManifestReport& report) {
  Diagnostic& found =
      report.at(run.base.outer(word), fmt::format("`{}` is not among the addresses that node-cache gives its node", word.text));
  found.severity = Severity::warning;
  found.labels.push_back({{0, list.span}, "the addresses that it puts on its interface"});
  found.notes.push_back(
      fmt::format("where kube-proxy runs in IPVS mode a node has it; elsewhere CoreDNS ends: listen tcp {}:53: bind: cannot assign "
                  "requested address",
                  word.text));
  found.help = fmt::format("write `-localip {},{}`, or bind `{}` alone", list.text, word.text, list.text);
}

void report_network(const Run& run, const Written& list, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, run.workload->name.span},
                                fmt::format("{} puts its addresses into the pod's own network", shown_name(run.workload->name)));
  found.severity = Severity::warning;
  found.labels.push_back({{0, list.span}, "the addresses"});
  found.notes.push_back("other pods ask these addresses of their node, where nobody has them");
  found.help = "write `hostNetwork: true`; where Cilium redirects queries to the pod, `-setupinterface=false`";
}

/// Nobody gives the pod an address of its node's.
void report_missing(const Run& run, const Written& setup, ManifestReport& report) {
  for (const Directive directive : run.base.config.directives()) {
    if (!directive.is(Plugin::bind)) continue;
    for (const Word& word : directive.arguments()) {
      if (word.unknown != 0 || !word.text.starts_with(link_local)) continue;
      Diagnostic& found = report.at(run.base.outer(word), fmt::format("the pods have no address `{}`", word.text));
      found.labels.push_back({{0, setup.span}, "node-cache puts it on no interface"});
      found.labels.push_back({{0, run.workload->name.span}, "no `hostNetwork`: each pod gets an address of its own"});
      found.notes.push_back("CoreDNS ends: listen tcp " + std::string(word.text) + ":53: bind: cannot assign requested address");
      found.help = "write `bind 0.0.0.0`, as Cilium's redirection to the pod needs it, or `hostNetwork: true` and no `-setupinterface`";
      return;
    }
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Run& run : read_local_runs(manifest)) {
    const auto list = option_of(*run.container, "localip");
    const auto setup = option_of(*run.container, "setupinterface");
    if (setup && setup->text == "false" && !run.workload->host_network) report_missing(run, *setup, report);
    if (!list || !list->text.starts_with(link_local) || (setup && setup->text != "true")) continue;
    if (!run.workload->host_network) report_network(run, *list, report);
    std::vector<std::string_view> told;
    for (const Directive directive : run.base.config.directives()) {
      if (!directive.is(Plugin::bind)) continue;
      for (const Word& word : directive.arguments()) {
        if (word.unknown != 0 || !go::parse_ip(word.text) || is_among(list->text, word.text)) continue;
        if (std::find(told.begin(), told.end(), word.text) != told.end()) continue;
        told.push_back(word.text);
        if (word.text.starts_with(link_local)) {
          report_address(run, word, *list, report);
        } else if (run.workload->host_network && is_service(manifest, word.text)) {
          report_service(run, word, *list, report);
        }
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::node_local_address
