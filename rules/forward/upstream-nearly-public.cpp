// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "../load/reading.hpp"
#include "lint/fixer.hpp"
#include "resolvers.hpp"

namespace corefile::rules::upstream_nearly_public {
namespace {

// The best known, in the order in which they are offered.
constexpr std::array<std::string_view, 5> famous{"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"};
// Beside them, and resolvers as well: Cloudflare's and Quad9's variants.
constexpr std::array<std::string_view, 11> siblings{"1.1.1.2",  "1.1.1.3",  "1.0.0.2",  "1.0.0.3",  "9.9.9.10", "9.9.9.11",
                                                    "9.9.9.12", "9.9.9.13", "9.9.9.14", "9.9.9.15", "1.0.0.19"};

void check(Directive directive, const Context& context, Report& report) {
  for (const Word& word : directive.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    if (upstream.kind != Upstream::Kind::address || !upstream.address.is4 || is_public(upstream) || is_private(upstream)) continue;
    if (upstream.loopback || std::find(siblings.begin(), siblings.end(), upstream.host) != siblings.end()) continue;
    const auto meant = std::find_if(famous.begin(), famous.end(), [&](std::string_view one) { return nearly(upstream.host, one); });
    if (meant == famous.end()) continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` is not a known resolver, and one digit from `{}`", upstream.host, *meant));
    found.label = "misspelt?";
    found.notes.push_back("where nobody answers, queries wait for their timeout and end as SERVFAIL");
    found.help = fmt::format("write `{}` if that is meant", *meant);
    if (word.text != upstream.host) continue;
    found.fixes.push_back(
        {fmt::format("write `{}`", *meant), Safety::unsafe, {Fixer(*directive.config).replace(word, std::string(*meant))}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy},
                                 .needs = Precondition::upstream_address,
                                 .fixes = Fixes::sometimes};

}  // namespace corefile::rules::upstream_nearly_public
