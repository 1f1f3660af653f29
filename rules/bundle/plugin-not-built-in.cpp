// SPDX-License-Identifier: Apache-2.0
#include "lint/problems.hpp"
#include "plugins/facts.hpp"
#include "reading.hpp"

namespace corefile::rules::plugin_not_built_in {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  if (context.platform == nullptr || context.platform->plugins.empty() || !is_stock_plugin(directive.plugin())) return;
  const auto& built = context.platform->plugins;
  if (std::find(built.begin(), built.end(), directive.name()) != built.end()) return;
  // What this release does not know at all is told elsewhere.
  if (context.problems != nullptr && context.problems->on(directive.config->place(directive.name_word())) != nullptr) return;
  const std::string_view program = context.platform->doc.substr(0, context.platform->doc.find(','));
  Diagnostic& found = report.at(directive.name_word(), fmt::format("`{}` is not built into {}", directive.name(), program));
  found.severity = Severity::error;
  found.notes.push_back(
      fmt::format("it refuses the file: no action found for directive '{}' with server type 'dns' (missing a plugin?)", directive.name()));
  found.help = directive.is(Plugin::ready) ? "remove it, and probe `health` instead"
                                           : "remove it, or write it into the Corefile of the cluster's own CoreDNS";
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::platform, .severity = Severity::error};

}  // namespace corefile::rules::plugin_not_built_in
