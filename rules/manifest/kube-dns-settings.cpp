// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/join.hpp"
#include "lint/upstream.hpp"
#include "manifest/manifest.hpp"

namespace corefile::rules::kube_dns_settings {
namespace {

constexpr std::size_t most_upstreams = 3;  // kubernetes/dns, pkg/dns/config/config.go

void check_servers(const KubeDnsSetting& setting, ManifestReport& report) {
  for (const Written& server : setting.servers) {
    if (server.text.empty() || read_upstream(server.text).kind == Upstream::Kind::address) continue;
    Diagnostic& found = report.at(Place{0, server.span}, fmt::format("`{}` is no IP address", server.text));
    found.notes.push_back(
        "node-local-dns makes a `forward` of it, and does not start with a name; of `upstreamNameservers` kube-dns takes no names either");
    found.help = "write the resolver's address, with its port where it is not 53";
    return;
  }
  if (setting.key.text != "upstreamNameservers" || setting.servers.size() <= most_upstreams) return;
  Diagnostic& found = report.at(Place{0, setting.servers[most_upstreams].span}, "more than three `upstreamNameservers`");
  found.notes.push_back("kube-dns and node-local-dns drop the whole setting: upstreamNameserver cannot have more than three entries");
  found.help = "leave out the others";
}

/// CoreDNS answers here, and reads no such ConfigMap.
void check_reader(const Manifest& manifest, ManifestReport& report) {
  const KubeDnsSetting& setting = manifest.bundle.kube_dns.front();
  const auto reads = [](const Embedded& one) { return one.role == Role::node_local; };
  if (std::any_of(manifest.corefiles.begin(), manifest.corefiles.end(), reads)) return;
  const auto base = std::find_if(manifest.corefiles.begin(), manifest.corefiles.end(),
                                 [&](const Embedded& one) { return is_base(one) && same_space(one.name_space, setting.name.name_space); });
  if (base == manifest.corefiles.end()) return;
  Diagnostic& found = report.at(Place{0, setting.key.span}, fmt::format("CoreDNS does not read `{}`", setting.key.text));
  found.label = "for kube-dns and node-local-dns";
  found.labels.push_back({{0, base->key_span}, "what CoreDNS reads"});
  found.help = setting.key.text == "stubDomains" ? "write a server block with `forward . ADDRESS` for each of the domains into the Corefile"
                                                 : "name the addresses in the Corefile's `forward .`";
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  if (manifest.bundle.kube_dns.empty()) return;
  for (const KubeDnsSetting& setting : manifest.bundle.kube_dns) {
    if (setting.json) {
      check_servers(setting, report);
      continue;
    }
    Diagnostic& found = report.at(Place{0, setting.key.span}, fmt::format("the text of `{}` is not JSON", setting.key.text));
    found.notes.push_back("kube-dns and node-local-dns log an error, and go on with what they had");
    found.help = setting.key.text == "stubDomains" ? "write `{\"corp.example\": [\"192.0.2.53\"]}`" : "write `[\"192.0.2.53\"]`";
  }
  check_reader(manifest, report);
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::kube_dns_settings
