// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "resolvers.hpp"

namespace corefile::rules::forward_plain_and_tls {
namespace {

void check(Directive forward, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Word* plain = nullptr;
  const Word* tls = nullptr;
  bool open = false;
  for (const Word& word : forward.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    if (upstream.kind != Upstream::Kind::address || word.unknown) continue;
    if (upstream.transport != Transport::dns) {
      tls = tls == nullptr ? &word : tls;
    } else if (plain == nullptr) {
      plain = &word;
      open = is_public(upstream);
    }
  }
  if (plain == nullptr || tls == nullptr) return;
  const auto policy = forward.properties().find("policy");
  const bool spare = policy && !policy->arguments().empty() && policy->arguments().front().text == "sequential";
  Diagnostic& found = report.at(*plain, fmt::format("queries that go to `{}` leave in the clear", plain->text));
  if (spare || !open) found.severity = Severity::info;
  found.label = "plain DNS";
  found.labels.push_back({forward.config->place(*tls), "over TLS"});
  found.notes.push_back(spare ? "it is asked when the others fail"
                              : "which upstream gets a query is chosen at random or in turn, not by its encryption");
  found.help = "write `tls://` before it as well, or leave it out";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .needs = Precondition::upstream_port};

}  // namespace corefile::rules::forward_plain_and_tls
