// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>
#include <string>
#include <utility>

#include "lint/fixer.hpp"
#include "lint/upstream.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::cache_missing {
namespace {

// Another block of this process, or a resolver of one's own: the cache is likely there.
bool stays_inside(Directive forward) {
  const std::span<const Word> upstreams = forward.upstreams();
  return std::all_of(upstreams.begin(), upstreams.end(), [](const Word& word) {
    const Upstream upstream = read_upstream(word);
    return upstream.loopback || upstream.host == "localhost" || is_private(upstream);
  });
}

std::optional<Directive> uncached(ServerBlock block) {
  if (block.fragment() || block.dropped() || block.has(Plugin::cache)) return {};
  for (const Directive directive : block.directives()) {
    if (!is_forwarder(directive.plugin()) || stays_inside(directive)) continue;
    return has_foreign_plugin(block) ? std::nullopt : std::optional(directive);
  }
  return {};
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads() || has_unresolved_import(config)) return;
  Diagnostic* first = nullptr;
  std::size_t others = 0;
  const Fixer fixer(config);
  std::vector<Edit> edits;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const std::optional<Directive> directive = uncached(config.block(i));
    if (!directive) continue;
    auto edit = fixer.add_behind(*directive, "cache 30");
    // What is imported twice is one place.
    if (edit && (edits.empty() || edits.back().place < edit->place)) edits.push_back(std::move(*edit));
    if (first != nullptr) {
      ++others;
      continue;
    }
    first = &report.at(directive->name_word(), fmt::format("`{}` without a `cache` in its block", directive->name()));
    first->label = "asked each time";
    first->help = "add `cache 30`, as kubeadm does, to this server block";
  }
  if (first == nullptr) return;
  if (others > 0) first->notes.push_back(fmt::format("so it is in {} more server block{}", others, others == 1 ? "" : "s"));
  if (!edits.empty()) first->fixes.push_back({"insert `cache 30`", Safety::unsafe, std::move(edits)});
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::cache_missing
