// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::cache_missing {
namespace {

// Another block of this process, or a resolver on the same host: the cache is likely there.
bool stays_here(Directive forward) {
  const std::span<const Word> arguments = forward.arguments();
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view to = arguments[i].text;
    const std::string_view host = to.substr(to.find("://") == std::string_view::npos ? 0 : to.find("://") + 3);
    if (!host.starts_with("127.") && !host.starts_with("::1") && !host.starts_with("[::1]") && !host.starts_with("localhost")) return false;
  }
  return arguments.size() > 1;
}

void check(ServerBlock block, const Context&, Report& report) {
  if (block.fragment() || block.dropped() || block.has(Plugin::cache)) return;
  const Config& config = *block.config;
  for (const Directive directive : block.directives()) {
    if (!is_forwarder(directive.plugin()) || directive.arguments().empty() || stays_here(directive)) continue;
    if (has_unresolved_import(config) || has_foreign_plugin(block)) return;
    Diagnostic& found = report.at(directive.name_word(), "`" + std::string(directive.name()) + "` without a `cache` in its block");
    found.label = "asked each time";
    found.notes.push_back(
        "every query goes upstream, also one that was answered a moment ago; when the upstream is slow or gone, clients feel it at once");
    found.help = "add `cache 30`, as kubeadm does, to this server block";
    if (auto edit = Fixer(*directive.config).add_behind(directive, "cache 30"))
      found.fixes.push_back({"insert `cache 30`", Safety::unsafe, {*edit}});
    return;
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "cache-missing",
    .summary = "A forwarder without `cache` in front of it",
    .check = check,
    .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy},
    .severity = Severity::info,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::cache_missing
