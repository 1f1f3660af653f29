// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/key.hpp>
#include <corefile/load.hpp>
#include <iterator>
#include <numeric>
#include <utility>

#include "base/ascii.hpp"
#include "plugins/facts.hpp"
#include "plugins/listen.hpp"
#include "plugins/reader.hpp"

namespace corefile {

using plugins::BlockState;
using plugins::Reader;
using plugins::Schema;

namespace plugins {

const Schema* external(std::string_view name) noexcept {
  const std::span<const Schema> known = externals();
  const auto found = std::find_if(known.begin(), known.end(), [name](const Schema& plugin) { return plugin.name == name; });
  return found == known.end() ? nullptr : &*found;
}

bool may_be_external(std::string_view name) noexcept {
  if (name.empty() || ascii::is_digit(name.front())) return false;
  const bool word = std::all_of(name.begin(), name.end(), [](char c) { return ascii::is_alnum(c) || c == '_' || c == '-'; });
  const Schema* own = schema_of(parse_plugin(name));
  return word && (own == nullptr || !own->life.covers(newest_release()));
}

}  // namespace plugins

namespace {

std::vector<std::string_view> names_of(Release release) {
  std::vector<std::string_view> names;
  for (const std::uint8_t index : plugins::execution_order(release)) names.push_back(plugins::builtin()[index].name);
  return names;
}

// A zone, perhaps with a port or a scheme: what stands at the head of a server block.
bool is_key(std::string_view name) { return name.find_first_of(".:/") != std::string_view::npos; }

// What stands in its block are plugins, as in a server block. Some of their names are properties as well.
bool holds_directives(Directive directive) {
  for (const Property line : directive.properties()) {
    switch (parse_plugin(line.name())) {
      case Plugin::forward:
      case Plugin::hosts:
      case Plugin::kubernetes:
      case Plugin::file:
        return true;
      default:
        break;
    }
  }
  return false;
}

/// `cache30`, `health:8080`: the plugin at whose name an argument is stuck; empty: none.
std::string_view stuck_to(std::string_view word, Release release) {
  std::string_view longest;
  for (const std::string_view name : names_of(release)) {
    if (name.size() > longest.size() && word.size() > name.size() && word.starts_with(name)) longest = name;
  }
  if (longest.empty()) return {};
  const char next = word[longest.size()];
  return (next >= 'a' && next <= 'z') || next == '_' || next == '-' ? std::string_view() : longest;
}

// parse.go, validDirective: names are looked at in the order of the text, before anything else.
Problem unknown_directive(Directive directive, const Schema* own, Release release) {
  const std::string_view name = directive.name();
  const Place place = directive.config->place(directive.name_word());
  Problem fault{ProblemKind::unknown_directive, place, fmt::format("CoreDNS has no plugin `{}`", name)};
  fault.says = fmt::format("Unknown directive '{}'", name);
  fault.subject = std::string(name);
  if (own != nullptr && own->life.until < release) {
    fault.kind = ProblemKind::removed_directive;
    fault.message = fmt::format("plugin `{}` was last part of CoreDNS {}", name, to_string(own->life.until));
  } else if (own != nullptr) {
    fault.kind = ProblemKind::future_directive;
    fault.message = fmt::format("plugin `{}` came in CoreDNS {}, and this is {}", name, to_string(own->life.since), to_string(release));
    fault.help = fmt::format("remove it, or run CoreDNS {} or newer", to_string(own->life.since));
  } else if (const Schema* external = plugins::external(name)) {
    fault.message = fmt::format("`{}` is an external plugin, which CoreDNS's own builds lack", name);
    fault.help = fmt::format("build CoreDNS with it ({}), then switch it on here with `--plugins {}`", external->url, name);
  } else if (is_key(name) && directive.has_block()) {
    fault.help = fmt::format("server blocks do not nest: give `{}` a server block of its own, outside of this one", name);
  } else if (const std::string_view meant = plugins::nearest(name, names_of(release), 1); !meant.empty()) {
    fault.help = fmt::format("did you mean `{}`?", meant);
    fault.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {{place, std::string(meant)}}});
  } else if (const std::string_view plugin = stuck_to(name, release); !plugin.empty()) {
    fault.help = fmt::format("write a blank behind `{}`: the rest is its argument", plugin);
    fault.fixes.push_back({"insert a blank", Safety::unsafe, {{place, fmt::format("{} {}", plugin, name.substr(plugin.size()))}}});
  } else if (holds_directives(directive)) {
    fault.help = fmt::format("server blocks do not nest: if `{}` is a zone, give it a server block of its own, outside of this one", name);
  } else if (const std::string_view other = plugins::nearest(name, ExternalPlugins::known(), 1); !other.empty()) {
    fault.help = fmt::format("did you mean the external plugin `{}`?", other);
  } else if (plugins::may_be_external(name)) {
    fault.help = fmt::format("if it is an external plugin that this CoreDNS is built with, say so: `--plugins {}`", name);
  }
  return fault;
}

/// A line of a plugin, in the order of setup.
struct SetupStep {
  std::uint32_t rank;       // in the order of execution
  std::uint32_t directive;  // in Config, where they lie block by block
  const Schema* plugin;
};

/// Steps stand in the order of the text; among equals they stay so. O(steps + ranks): there are few ranks, and often many steps.
void sort_by_rank(std::vector<SetupStep>& steps) {
  constexpr std::size_t few = 32;
  if (steps.size() <= few) {
    std::sort(steps.begin(), steps.end(),
              [](const SetupStep& a, const SetupStep& b) { return a.rank != b.rank ? a.rank < b.rank : a.directive < b.directive; });
    return;
  }
  const std::uint32_t highest =
      std::max_element(steps.begin(), steps.end(), [](const SetupStep& a, const SetupStep& b) { return a.rank < b.rank; })->rank;
  std::vector<std::uint32_t> begins(highest + 2);
  for (const SetupStep& step : steps) ++begins[step.rank + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<SetupStep> sorted(steps.size());
  for (const SetupStep& step : steps) sorted[begins[step.rank]++] = step;
  steps = std::move(sorted);
}

/// The lines of plugins that CoreDNS has, in the order of their setup.
std::vector<SetupStep> setup_steps(const Config& config, Release release, const ExternalPlugins& external, std::vector<Problem>& problems) {
  const std::span<const Schema> own_plugins = plugins::builtin();
  const std::span<const std::uint8_t> ranks = plugins::ranks(release);
  // Where plugin.cfg has external plugins is not known; their problems come last.
  std::vector<const Schema*> others;
  std::vector<SetupStep> steps;
  steps.reserve(config.directive_count());
  for (std::uint32_t i = 0; i < config.directive_count(); ++i) {
    const Directive directive = config.directive(i);
    const Schema* own = plugins::schema_of(directive.plugin());
    if (own != nullptr && own->life.covers(release)) {
      steps.push_back({ranks[static_cast<std::size_t>(own - own_plugins.data())], i, own});
    } else if (const Schema* other = external.find(directive.name())) {
      const auto at = std::find(others.begin(), others.end(), other);
      steps.push_back({std::uint32_t{plugins::no_rank} + static_cast<std::uint32_t>(at - others.begin()), i, other});
      if (at == others.end()) others.push_back(other);
    } else if (directive.name_word().unknown == 0 && problems.size() < plugins::most_faults) {
      problems.push_back(unknown_directive(directive, own, release));
    }
  }
  sort_by_rank(steps);
  return steps;
}

/// caddy.go, executeDirectives: one plugin after the other, each in all blocks. One that stands several times in a block is set up once,
/// with all its words.
void set_up(const Config& config, std::span<const SetupStep> steps, Release release, std::vector<BlockState>& states,
            std::vector<Problem>& problems) {
  std::vector<Word> joined;
  for (std::size_t i = 0; i < steps.size() && problems.size() < plugins::most_faults;) {
    const SetupStep& step = steps[i];
    const std::uint32_t block = config.directive(step.directive).block();
    std::span<const Word> words = config.directive(step.directive).words();
    const auto goes_on = [&] {
      return i < steps.size() && steps[i].rank == step.rank && config.directive(steps[i].directive).block() == block;
    };
    if (++i; goes_on()) {
      joined.assign(words.begin(), words.end());
      for (; goes_on(); ++i) {
        const std::span<const Word> more = config.directive(steps[i].directive).words();
        joined.insert(joined.end(), more.begin(), more.end());
      }
      words = joined;
    }
    if (states[block].block.dropped()) continue;
    Reader reader(config, words, *step.plugin, release, states[block], problems);
    plugins::check_zones_of_block(reader);
    reader.run();
  }
}

// parse.go looks at directives' names as it reads: one that stands before the place where it gives up is told first.
void order(std::vector<Problem>& problems) {
  if (problems.empty() || !is_syntax(problems.front().kind)) return;
  const Problem& syntax = problems.front();
  const auto is_name = [](const Problem& problem) { return !is_syntax(problem.kind); };
  const auto name = std::find_if(problems.begin(), problems.end(), is_name);
  if (name == problems.end() || name->place.document != syntax.place.document) return;
  const bool at_end = syntax.kind == ProblemKind::unclosed_brace;
  if (at_end || name->place.span.begin < syntax.place.span.begin) std::rotate(problems.begin(), name, name + 1);
}

// What the resolver did not know.
void add_unknown(const Config& config, LoadVerdict& verdict) {
  for (const Problem& remark : config.remarks()) {
    const bool variable = remark.kind == ProblemKind::environment_unknown;
    if (!variable && remark.kind != ProblemKind::import_unresolved) continue;
    verdict.depends = true;
    // A pattern may match nothing.
    if (!variable && remark.subject.find_first_of("*?[") != std::string::npos) continue;
    if (verdict.outside.size() == plugins::most_faults) return;
    std::string message = variable ? fmt::format("the variable in `{}` must be set where CoreDNS runs", remark.subject)
                                   : fmt::format("the file `{}` must be where CoreDNS runs", remark.subject);
    verdict.outside.push_back({ProblemKind::outside, remark.place, std::move(message), {}, remark.subject});
  }
}

// Before 1.13.0 (coredns/caddy 15135a9) what a snippet imports is read where it is used, so that one that nothing uses may import itself.
bool is_never_read(const Problem& refusal, const Config& config, Release release) {
  constexpr Release read_at_once{1, 13, 0};
  if (refusal.kind != ProblemKind::snippet_cycle || release >= read_at_once) return false;
  return std::any_of(config.snippets().begin(), config.snippets().end(),
                     [&](const Snippet& snippet) { return snippet.uses == 0 && snippet.name == refusal.subject; });
}

}  // namespace

LoadVerdict load(const Config& config, Release release, const ExternalPlugins& external, const Files* files) {
  LoadVerdict verdict;
  for (const Problem& refusal : config.refusals()) {
    if (is_never_read(refusal, config, release)) continue;
    if (!refusal.certain) {
      verdict.depends = true;
      continue;
    }
    if (verdict.problems.size() == plugins::most_faults) break;
    verdict.problems.push_back(refusal);
  }
  const std::vector<SetupStep> steps = setup_steps(config, release, external, verdict.problems);
  order(verdict.problems);
  add_unknown(config, verdict);

  std::vector<plugins::Listener> listeners = plugins::read_keys(config, release, verdict);
  plugins::Patterns patterns(release);
  std::vector<BlockState> states = plugins::states_of(config, listeners, patterns, files);
  set_up(config, steps, release, states, verdict.problems);
  for (BlockState& state : states) {
    verdict.depends = verdict.depends || state.depends;
    std::move(state.outside.begin(), state.outside.end(), std::back_inserter(verdict.outside));
  }
  plugins::check_listeners(config, release, listeners, states, verdict);
  return verdict;
}

}  // namespace corefile
