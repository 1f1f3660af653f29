// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::plugin_line_ignored {
namespace {

enum class Kept : std::uint8_t { all, first, last };

/// Which of several lines in a block counts: plugin/*/setup.go.
Kept kept(Plugin plugin, Release release) {
  switch (plugin) {
    case Plugin::tls:
    case Plugin::root:
    case Plugin::cancel:
    case Plugin::autopath:
    case Plugin::auto_:
    case Plugin::k8s_external:
    case Plugin::dns64:
    case Plugin::trace:
      return Kept::last;
    default:
      break;
  }
  const plugins::Schema* schema = plugins::schema_of(plugin);
  if (schema == nullptr) return Kept::all;
  for (const plugins::MentionsRule& one : schema->mentions) {
    if (one.life.covers(release) && one.mentions == plugins::Mentions::first) return Kept::first;
  }
  return Kept::all;
}

bool same_words(Directive a, Directive b) {
  return std::equal(a.words().begin(), a.words().end(), b.words().begin(), b.words().end(),
                    [](const Word& x, const Word& y) { return x.text == y.text; });
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  PluginSet seen;
  for (const Directive directive : block.directives()) {
    if (directive.is(Plugin::unknown) || !seen.has(directive.plugin())) {
      seen.add(directive.plugin());
      continue;
    }
    const Kept which = kept(directive.plugin(), context.release);
    const auto first = block.find(directive.plugin());
    if (which == Kept::all || !first || same_words(*first, directive)) continue;
    const Directive dead = which == Kept::first ? directive : *first;
    const Directive other = which == Kept::first ? *first : directive;
    Diagnostic& found = report.at(dead.name_word(), fmt::format("this `{}` counts for nothing: the {} one of the block does", dead.name(),
                                                                which == Kept::first ? "first" : "last"));
    if (which == Kept::first && !is_backend(dead.plugin())) found.severity = Severity::info;
    found.label = "not looked at";
    found.labels.push_back({block.config->place(other.name_word()), "this one counts"});
    found.help = fmt::format("keep one `{}` in a server block, or give the other a block of its own", dead.name());
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::repeated};

}  // namespace corefile::rules::plugin_line_ignored
