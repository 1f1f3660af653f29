// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <vector>

#include "lint/fixer.hpp"
#include "lint/upstream.hpp"

namespace corefile::rules::forward_duplicate_upstream {
namespace {

constexpr Release once{1, 14, 4};
constexpr std::string_view name_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
constexpr std::size_t most_compared = 16;  // CoreDNS takes 15

bool same(const Upstream& a, const Upstream& b) {
  // A word that is neither address nor file may be a template's.
  if (a.kind != b.kind || (a.kind == Upstream::Kind::name && a.host.find_first_not_of(name_characters) != std::string_view::npos) ||
      a.kind == Upstream::Kind::unknown || a.transport != b.transport || a.port != b.port || a.server != b.server)
    return false;
  return a.kind == Upstream::Kind::address ? a.address == b.address : a.host == b.host;
}

void check(Directive directive, const Context& context, Report& report) {
  const auto all = directive.upstreams();
  const auto words = all.first(std::min(all.size(), most_compared));
  if (words.size() < 2) return;
  std::vector<Upstream> upstreams;
  upstreams.reserve(words.size());
  for (const Word& word : words) upstreams.push_back(context.upstreams->of(word));
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto before = std::span(upstreams).first(i);
    const auto found_first = std::find_if(before.begin(), before.end(), [&](const Upstream& one) { return same(one, upstreams[i]); });
    if (found_first == before.end()) continue;
    const Word& first = words[static_cast<std::size_t>(found_first - before.begin())];
    const bool deduplicated = directive.is(Plugin::forward) && context.release >= once;
    Diagnostic& found = report.at(words[i], "`" + std::string(words[i].text) + "` is named twice");
    found.labels.push_back({directive.config->place(first), "first here"});
    found.notes.push_back(deduplicated ? "from 1.14.4 on it counts once, so there is one upstream less than it seems"
                                       : "it gets twice the share of the queries, and is not a spare for itself");
    found.help = "remove it, or name another resolver";
    const Place at = directive.config->place(words[i]);
    const Place previous = directive.config->place(words[i - 1]);
    if (at.document != previous.document || previous.span.end > at.span.begin) continue;
    found.fixes.push_back({"remove `" + std::string(words[i].text) + "`",
                           deduplicated ? Safety::safe : Safety::unsafe,
                           {{{at.document, {previous.span.end, at.span.end}}, ""}}});
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::forward_duplicate_upstream
