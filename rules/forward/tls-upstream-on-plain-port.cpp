// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "resolvers.hpp"

namespace corefile::rules::tls_upstream_on_plain_port {
namespace {

void check(Directive forward, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& word : forward.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    constexpr std::uint16_t plain_port = 53;
    if (word.unknown || upstream.transport == Transport::dns || !upstream.port_written || upstream.port != plain_port) continue;
    Diagnostic& found =
        report.at(word, fmt::format("`{}` asks over {} on port 53, where plain DNS is spoken", word.text, to_string(upstream.transport)));
    if (!is_public(upstream)) found.severity = Severity::info;
    found.label = "port 53";
    found.notes.push_back("a server that speaks plain DNS there does not answer: queries get SERVFAIL");
    found.help = fmt::format("leave the port out: it is {} then", default_port(upstream.transport));
    if (word.text.ends_with(":53") && word.quoted == 0)
      found.fixes.push_back({"leave the port out",
                             Safety::unsafe,
                             {Fixer(*forward.config).replace(word, std::string(word.text.substr(0, word.text.size() - 3)))}});
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward}, .needs = Precondition::upstream_port, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::tls_upstream_on_plain_port
