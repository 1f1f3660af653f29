// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "resolvers.hpp"

namespace corefile::rules::tls_upstream_without_name {
namespace {

void check(Directive forward, const Context& context, Report& report) {
  if (!context.load->loads() || forward.properties().has("tls_servername")) return;
  for (const Word& word : forward.upstreams()) {
    const Upstream upstream = read_upstream(word);
    // The certificates of the public resolvers bear their addresses.
    if (word.unknown || upstream.transport != Transport::tls || upstream.kind != Upstream::Kind::address || is_public(upstream)) continue;
    if (!upstream.server.empty() || upstream.host.find('%') != std::string_view::npos) continue;
    Diagnostic& found = report.at(word, fmt::format("the certificate of this upstream has to name the address `{}`", upstream.host));
    found.label = "no server name";
    found.notes.push_back(
        "without a name CoreDNS compares the certificate with the address, and most certificates name hosts: queries then get SERVFAIL");
    found.help = "write `tls_servername NAME` in the block";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "tls-upstream-without-name",
    .summary = "An upstream over TLS whose certificate has to name its address",
    .check = check,
    .directives = {Plugin::forward},
    .severity = Severity::info,
};

}  // namespace corefile::rules::tls_upstream_without_name
