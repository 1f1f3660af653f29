// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <string>
#include <string_view>

#include "go/net.hpp"
#include "lint/key_mistake.hpp"
#include "lint/misread.hpp"
#include "lint/problems.hpp"
#include "plugins/facts.hpp"

/// What rules about the text itself share.
namespace corefile::rules {

inline std::string says(const Context& context, std::string_view message) { return corefile::says(context.release, message); }
inline std::string shown(std::string_view text) { return shortened(text); }

/// A target of `import` that CoreDNS does not take: the target and `what`. Where that hangs on files that are not known, a warning.
inline Diagnostic& report_target(const Problem& problem, const Context& context, Report& report, std::string_view what) {
  Diagnostic& found = report.at(problem.place, fmt::format("`{}` {}", shown(context.readings->meant.text(problem.place)), what));
  report.explain(found, problem);
  if (!problem.certain) found.severity = Severity::warning;
  return found;
}

/// Zones of blocks behind the mistake are read as directives.
inline void cover_zones(ServerBlock block, const Context& context, Report& report) {
  for (const Directive directive : block.directives()) {
    for (const Problem* problem : context.problems->all_on(block.config->place(directive.name_word()))) {
      if (is_zone_as_directive(*problem)) report.cover(*problem);
    }
  }
}
inline void cover_zones(const Config& config, const Context& context, Report& report) {
  if (context.problems->empty()) return;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) cover_zones(config.block(i), context, report);
}

/// Whatever is open at the end is so for this reason.
inline void cover_open_braces(const Config& config, const Context& context, Report& report) {
  const auto cover = [&](std::span<const Problem> problems) {
    for (const Problem& problem : problems) {
      if (problem.kind == ProblemKind::unclosed_brace || problem.kind == ProblemKind::implicitly_closed) report.cover(problem);
    }
  };
  cover(config.refusals());
  cover(config.remarks());
  cover_zones(config, context, report);
}

/// Calls `look(token, text, document)` for the bare words of documents that hold bytes above 127.
template <typename Look>
void each_odd_word(const Config& config, Look look) {
  for (std::uint32_t index = 0; index < config.documents().size(); ++index) {
    const Document& document = config.document(index);
    if (document.ascii()) continue;
    for (std::uint32_t i = 0; i < document.token_count(); ++i) {
      if (document.kind(i) == TokenKind::word) look(document.token(i), document.text(i), index);
    }
  }
}

/// One letter added, lost or changed, or two swapped.
inline bool nearly(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1 || b.size() < 3) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  if (a.size() < b.size()) return a.substr(same) == b.substr(same + 1);
  if (a.substr(std::min(same + 1, a.size())) == b.substr(std::min(same + 1, b.size()))) return true;
  return same + 1 < a.size() && a[same] == b[same + 1] && a[same + 1] == b[same] && a.substr(same + 2) == b.substr(same + 2);
}

/// CoreDNS has no plugin of this name.
inline bool is_unknown(Directive directive, const Context& context) {
  const Problem* problem = context.problems->on(directive.config->place(directive.name_word()));
  return problem != nullptr && problem->kind == ProblemKind::unknown_directive;
}

/// The directive is called like a property of the plugin.
inline bool is_property_of(Directive directive, Plugin plugin) {
  if (plugin == Plugin::hosts && go::parse_ip(directive.name())) return true;
  const plugins::Schema* schema = plugins::schema_of(plugin);
  return schema != nullptr && std::any_of(schema->properties.begin(), schema->properties.end(),
                                          [&](const plugins::Property& one) { return one.name == directive.name(); });
}

/// The directive whose `{` was lost, so that its properties are read as plugins, and its `}` closes the server block.
inline std::optional<Directive> without_opening_brace(ServerBlock block, const Context& context) {
  std::optional<Directive> before;
  for (const Directive directive : block.directives()) {
    if (before && !before->has_block() && is_unknown(directive, context) && is_property_of(directive, before->plugin())) return before;
    before = directive;
  }
  return {};
}

/// The first property that stands right behind the block of its plugin, and is read as a plugin.
inline std::optional<Directive> property_behind_block(ServerBlock block, const Context& context) {
  std::optional<Directive> before;
  for (const Directive directive : block.directives()) {
    if (before && before->has_block() && is_unknown(directive, context) && is_property_of(directive, before->plugin())) return directive;
    before = directive;
  }
  return {};
}

/// A line `fallthrough` of the server block itself: it was meant for one of its plugins.
inline bool has_stray_fallthrough(ServerBlock block) {
  const auto all = block.directives();
  return std::any_of(all.begin(), all.end(), [](Directive one) { return one.name() == "fallthrough"; });
}

/// The words being read when reading stopped stand in a file that imports itself.
inline bool ends_in_cycle(const Config& config) {
  if (config.words().empty()) return false;
  for (std::uint32_t at = config.words().back().expansion; at != 0; at = config.expansions()[at].parent) {
    const std::uint32_t parent = config.expansions()[at].parent;
    if (config.expansions()[at].import == config.expansions()[parent].import) return true;
  }
  return false;
}

}  // namespace corefile::rules
