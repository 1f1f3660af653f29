// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/detail/enum_set.hpp>
#include <corefile/key.hpp>
#include <corefile/load.hpp>
#include <iterator>
#include <utility>

#include "base/ascii.hpp"
#include "plugins/facts.hpp"
#include "plugins/listen.hpp"
#include "plugins/plain.hpp"
#include "plugins/reader.hpp"
#include "resolve/import.hpp"

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

/// A plugin's lines: directives of a Config, in the order of the text.
struct PluginLines {
  const Schema* plugin;
  std::uint32_t first, last;
};

/// caddy.go, executeDirectives: one plugin after the other, each in all blocks.
class Execution {
 public:
  Execution(const Config& config, Release release) : config_(config), release_(release), next_(config.directive_count()) {}

  /// Finds the plugins by the directives' names, which it looks at in the order of the text.
  void find_plugins(const ExternalPlugins& external, std::vector<Problem>& problems) {
    const std::span<const Schema> own_plugins = plugins::builtin();
    const std::span<const std::uint8_t> ranks = plugins::ranks(release_);
    for (std::uint32_t i = 0; i < config_.directive_count(); ++i) {
      const Directive directive = config_.directive(i);
      const std::size_t index = static_cast<std::size_t>(directive.plugin()) - 1;
      const Schema* own = index < own_plugins.size() ? &own_plugins[index] : nullptr;
      if (own != nullptr && own->life.covers(release_)) {
        add(*own, Rank{ranks[index]}, i);
      } else if (const Schema* other = external.find(directive.name())) {
        add(*other, i);
      } else if (directive.name_word().unknown == 0 && problems.size() < plugins::most_faults) {
        problems.push_back(unknown_directive(directive, own, release_));
      }
    }
  }

  void run(std::vector<BlockState>& states, std::vector<Problem>& problems) {
    present_.each([&](Rank rank) { set_up(own_[static_cast<std::size_t>(rank)], states, problems); });
    for (const PluginLines& lines : others_) set_up(lines, states, problems);
  }

 private:
  /// A place in the release's order of execution.
  enum class Rank : std::uint8_t {};

  void add(const Schema& plugin, Rank rank, std::uint32_t directive) {
    PluginLines& lines = own_[static_cast<std::size_t>(rank)];
    if (!present_.has(rank)) {
      present_.add(rank);
      lines = {&plugin, directive, directive};
    } else {
      lines.last = next_[lines.last] = directive;
    }
  }
  // Where plugin.cfg has external plugins is not known; their problems come last.
  void add(const Schema& plugin, std::uint32_t directive) {
    const auto lines = std::find_if(others_.begin(), others_.end(), [&](const PluginLines& one) { return one.plugin == &plugin; });
    if (lines == others_.end()) {
      others_.push_back({&plugin, directive, directive});
    } else {
      lines->last = next_[lines->last] = directive;
    }
  }

  // One that stands several times in a block is set up once, with all its words.
  void set_up(const PluginLines& lines, std::vector<BlockState>& states, std::vector<Problem>& problems) {
    const Schema& plugin = *lines.plugin;
    const bool minds_zones = plugins::minds_zones_of_block(release_);
    for (std::uint32_t at = lines.first; problems.size() < plugins::most_faults; at = next_[at]) {
      const Directive directive = config_.directive(at);
      BlockState& state = states[directive.block()];
      const bool alone = at == lines.last || config_.directive(next_[at]).block() != directive.block();
      const std::span<const Word> words = alone ? directive.words() : join(at, lines.last);
      const bool plain =
          plugin.setup == nullptr && alone && !minds_zones && plugins::surely_takes(plugin, directive, release_, *state.patterns);
      if (!state.block.dropped() && (!plain || plugin.after != nullptr)) {
        Reader reader(config_, words, plugin, release_, state, problems);
        if (minds_zones) plugins::check_zones_of_block(reader);
        plain ? plugin.after(reader) : reader.run();
      }
      if (at == lines.last) break;
    }
  }
  // `at` becomes the last line in its block.
  std::span<const Word> join(std::uint32_t& at, std::uint32_t last) {
    const std::uint32_t block = config_.directive(at).block();
    joined_.clear();
    for (;; at = next_[at]) {
      const std::span<const Word> words = config_.directive(at).words();
      joined_.insert(joined_.end(), words.begin(), words.end());
      if (at == last || config_.directive(next_[at]).block() != block) return joined_;
    }
  }

  const Config& config_;
  Release release_;
  detail::EnumSet<Rank, 256> present_;
  std::array<PluginLines, 256> own_;  // by rank, where it is present
  std::vector<PluginLines> others_;
  std::vector<std::uint32_t> next_;  // by directive: the same plugin's next one, where there is one
  std::vector<Word> joined_;
};

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
    const bool pattern = !variable && remark.subject.find_first_of("*?[") != std::string::npos;
    // Others may match nothing.
    if (pattern && resolve_detail::match(remark.subject, "Corefile") != resolve_detail::Match::yes) continue;
    if (verdict.outside.size() == plugins::most_faults) return;
    if (pattern) {
      verdict.outside.push_back(
          {remark.place, remark.subject, "the files that match", ", the Corefile among them, must be parts of a Corefile"});
      continue;
    }
    verdict.outside.push_back(
        {remark.place, remark.subject, variable ? "the variable in" : "the file", variable ? " must be set" : " must be"});
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

std::string Need::message() const { return fmt::format("{} `{}`{} where CoreDNS runs", what, subject, must); }

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
  Execution execution(config, release);
  execution.find_plugins(external, verdict.problems);
  order(verdict.problems);
  add_unknown(config, verdict);

  std::vector<plugins::Listener> listeners = plugins::read_keys(config, release, verdict);
  plugins::Patterns patterns(release);
  std::vector<BlockState> states = plugins::states_of(config, listeners, patterns, files);
  execution.run(states, verdict.problems);
  for (BlockState& state : states) {
    verdict.depends = verdict.depends || state.depends;
    if (verdict.outside.empty()) {
      verdict.outside.swap(state.outside);
    } else {
      std::move(state.outside.begin(), state.outside.end(), std::back_inserter(verdict.outside));
    }
  }
  plugins::check_listeners(config, release, listeners, states, verdict);
  return verdict;
}

}  // namespace corefile
