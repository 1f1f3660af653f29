// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "../load/reading.hpp"
#include "lint/fixer.hpp"
#include "resolvers.hpp"

namespace corefile::rules::upstream_nearly_private {
namespace {

/// The private address that was evidently meant; empty: none.
std::string meant(const Upstream& upstream) {
  constexpr std::string_view cluster_dns = "10.96.0.10";  // kubeadm's
  if (nearly(upstream.host, cluster_dns)) return std::string(cluster_dns);
  const std::size_t dot = upstream.host.find('.');
  const std::string_view first = upstream.host.substr(0, dot);
  const std::string_view rest = upstream.host.substr(dot + 1);
  const std::string_view second = rest.substr(0, rest.find('.'));
  const bool home = (second == "168" && nearly(first, "192")) || (first == "192" && second.size() == 3 && nearly(second, "168"));
  return home ? fmt::format("192.168{}", rest.substr(rest.find('.'))) : std::string();
}

void check(Directive directive, const Context& context, Report& report) {
  for (const Word& word : directive.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    if (upstream.kind != Upstream::Kind::address || !upstream.address.is4 || upstream.loopback) continue;
    const std::uint8_t first = upstream.address.bytes[12];
    if (is_public(upstream) || is_private(upstream) || first == 0 || first >= 224) continue;  // upstream-unreachable has these
    const std::string address = meant(upstream);
    if (address.empty()) continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` is not a known resolver, and one digit from `{}`", upstream.host, address));
    found.label = "misspelt?";
    found.notes.push_back("where nobody answers, queries wait for their timeout and end as SERVFAIL");
    found.help = fmt::format("write `{}` if that is meant", address);
    if (word.text != upstream.host) continue;
    found.fixes.push_back({fmt::format("write `{}`", address), Safety::unsafe, {Fixer(*directive.config).replace(word, address)}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy},
                                 .needs = Precondition::upstream_address,
                                 .fixes = Fixes::sometimes};

}  // namespace corefile::rules::upstream_nearly_private
