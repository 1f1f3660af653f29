// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "resolvers.hpp"

namespace corefile::rules::plain_upstream_on_tls_port {
namespace {

void check(Directive forward, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  // tls-options-without-tls-upstream says it.
  if (forward.properties().has("tls") || forward.properties().has("tls_servername")) return;
  for (const Word& word : forward.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    constexpr std::uint16_t tls_port = 853;
    if (word.unknown || upstream.kind != Upstream::Kind::address || upstream.transport != Transport::dns || upstream.port != tls_port)
      continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` is asked in the clear: the port alone makes no TLS", word.text));
    if (upstream.loopback) found.severity = Severity::info;
    found.label = "plain DNS to port 853";
    found.notes.push_back("a server that waits for TLS there does not answer: queries get SERVFAIL");
    found.help = fmt::format("write `tls://{}`", word.text);
    if (!upstream.scheme_written && word.quoted == 0)
      found.fixes.push_back({"ask over TLS", Safety::unsafe, {Fixer(*forward.config).insert_before(word, "tls://")}});
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward}, .needs = Precondition::upstream_port, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::plain_upstream_on_tls_port
