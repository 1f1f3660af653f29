// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::override_contains_server_block {
namespace {

/// The word stands in a text that is imported into a server block, or is one.
bool in_override(const Config& config, const Word& word, const Context& context) {
  const std::uint32_t document = config.place(word).document;
  return document == 0 ? context.role == Role::custom_override : config.document(document).source().name().ends_with(".override");
}

void check(const Config& config, const Context& context, Report& report) {
  if (context.role != Role::custom_override && context.role != Role::cluster) return;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    for (const Directive directive : block.directives()) {
      const Word& name = directive.name_word();
      if (!is_no_plugin_name(name) || !in_override(config, name, context)) continue;
      if (context.problems->on(config.place(name)) == nullptr) continue;
      Diagnostic& found = report.at(name, fmt::format("`{}` is a server block inside a server block", shown(name.text)));
      found.notes.push_back("`*.override` is imported inside the cluster's own server block, where only directives may stand");
      report.explain(found, name);
      found.help = "move it under a key that ends in `.server`";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::refused, .severity = Severity::error};

}  // namespace corefile::rules::override_contains_server_block
