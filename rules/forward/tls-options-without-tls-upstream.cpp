// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/upstream.hpp"

namespace corefile::rules::tls_options_without_tls_upstream {
namespace {

bool is_plain(const Word& word) {
  const Upstream upstream = read_upstream(word);
  return upstream.kind != Upstream::Kind::unknown && upstream.transport == Transport::dns;
}

// `tls://` before each, where nothing but the scheme is missing.
void add_schemes(Directive directive, Diagnostic& found) {
  constexpr std::uint16_t tls_port = 853;
  Fix fix{"ask over TLS", Safety::unsafe, {}};
  for (const Word& word : directive.upstreams()) {
    const Upstream upstream = read_upstream(word);
    const bool fits =
        upstream.kind == Upstream::Kind::address && !upstream.scheme_written && (!upstream.port_written || upstream.port == tls_port);
    if (!fits || word.expansion != directive.upstreams().front().expansion || word.quoted != 0) return;
    fix.edits.push_back(Fixer(*directive.config).insert_before(word, "tls://"));
  }
  found.fixes.push_back(std::move(fix));
}

void check(Directive directive, const Context&, Report& report) {
  for (const Property property : directive.properties()) {
    if (property.name() != "tls" && property.name() != "tls_servername") continue;
    const auto upstreams = directive.upstreams();
    if (upstreams.empty() || !std::all_of(upstreams.begin(), upstreams.end(), is_plain)) return;
    Diagnostic& found = report.at(property.words, "`" + std::string(property.name()) + "` has no effect: no upstream is asked over TLS");
    found.labels.push_back({directive.config->place(upstreams), "plain DNS"});
    found.notes.push_back("queries leave in the clear, on port 853 too; only the scheme decides");
    found.help = "write `tls://` before the upstreams";
    add_schemes(directive, found);
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::forward},
                                 .lines = {"tls", "tls_servername"},
                                 .severity = Severity::warning,
                                 .fixes = Fixes::sometimes};

}  // namespace corefile::rules::tls_options_without_tls_upstream
