// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "resolvers.hpp"

namespace corefile::rules::tls_upstream_without_name {
namespace {

/// Of the filtering resolvers of Cloudflare, whose certificate bears the addresses of the plain ones only.
std::string_view filtering_name(std::string_view host) {
  constexpr std::array<std::string_view, 4> security{"1.1.1.2", "1.0.0.2", "2606:4700:4700::1112", "2606:4700:4700::1002"};
  constexpr std::array<std::string_view, 4> family{"1.1.1.3", "1.0.0.3", "2606:4700:4700::1113", "2606:4700:4700::1003"};
  if (std::find(security.begin(), security.end(), host) != security.end()) return "security.cloudflare-dns.com";
  return std::find(family.begin(), family.end(), host) != family.end() ? "family.cloudflare-dns.com" : std::string_view();
}

void check(Directive forward, const Context& context, Report& report) {
  if (!context.load->loads() || forward.properties().has("tls_servername")) return;
  for (const Word& word : forward.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    // The certificates of the public resolvers bear their addresses.
    if (word.unknown || upstream.transport != Transport::tls || upstream.kind != Upstream::Kind::address || is_public(upstream)) continue;
    if (!upstream.server.empty() || upstream.host.find('%') != std::string_view::npos) continue;
    Diagnostic& found = report.at(word, fmt::format("the certificate of this upstream has to name the address `{}`", upstream.host));
    found.label = "no server name";
    found.notes.push_back(
        "without a name CoreDNS compares the certificate with the address, and most certificates name hosts: queries then get SERVFAIL");
    const std::string_view name = filtering_name(upstream.host);
    if (!name.empty()) found.severity = Severity::warning;
    found.help = fmt::format("write `tls_servername {}` in the block", name.empty() ? "NAME" : name);
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward}, .needs = Precondition::upstream_port, .severity = Severity::info};

}  // namespace corefile::rules::tls_upstream_without_name
