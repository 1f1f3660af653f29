// SPDX-License-Identifier: Apache-2.0
#include "lint/fixer.hpp"
#include "lint/upstream.hpp"
#include "plugins/facts.hpp"
#include "reading.hpp"

namespace corefile::rules::list_broken_over_lines {
namespace {

bool is_upstream(const Word& word) { return read_upstream(word).kind == Upstream::Kind::address; }

bool is_zone(const Word& word) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
  return word.text.find('.') != std::string_view::npos && word.text.find_first_not_of(letters) == std::string_view::npos &&
         word.text.front() != '.' && !is_upstream(word);
}

/// The words go on with the list that the directive ends in.
bool continues(Directive list, std::span<const Word> words) {
  const auto all = [words](bool (*fits)(const Word&)) { return std::all_of(words.begin(), words.end(), fits); };
  if (!list.upstreams().empty()) return all(is_upstream);
  return !list.own_zones().empty() && list.own_zones().end() == list.arguments().end() && all(is_zone);
}

/// A block behind the words is the list's own: what stands in it are properties of its plugin, and no plugins.
bool has_block_of(Directive piece, Directive list) {
  const plugins::Schema* schema = plugins::schema_of(list.plugin());
  for (const Property property : piece.properties()) {
    const auto named = [&](const plugins::Property& one) { return one.name == property.name(); };
    if (schema == nullptr || std::none_of(schema->properties.begin(), schema->properties.end(), named)) return false;
  }
  return true;
}

std::optional<Edit> joined(const Config& config, const Word& last, const Word& next) {
  const Place before = config.place(last);
  const Place after = config.place(next);
  if (before.document != after.document || before.span.end > after.span.begin) return {};
  const Place between{before.document, {before.span.end, after.span.begin}};
  if (config.text(between).find_first_not_of(" \t\r\n") != std::string_view::npos) return {};
  return Edit{between, " "};
}

void check(ServerBlock block, const Context& context, Report& report) {
  const Config& config = *block.config;
  std::optional<Directive> list, previous;
  Diagnostic* told = nullptr;
  for (const Directive directive : block.directives()) {
    const Place place = config.place(directive.name_word());
    const Problem* problem = context.problems->on(place);
    const bool piece = list && problem != nullptr && problem->kind == ProblemKind::unknown_directive && !previous->has_block() &&
                       !previous->words().back().text.ends_with('\\') &&  // `line-continuation`
                       continues(*list, directive.words().first(directive.arguments().size() + 1)) && has_block_of(directive, *list);
    if (!piece) {
      list = directive;
      previous = directive;
      told = nullptr;
      continue;
    }
    auto edit = joined(config, previous->words().back(), directive.name_word());
    if (told == nullptr) {
      told = &report.at(place, fmt::format("`{}` stands on a line of its own, and is taken for a plugin", directive.name()));
      report.explain(*told, place);
      told->labels.push_back({config.place(list->name_word()), "its list ends with the line"});
      told->help = fmt::format("write what belongs to `{}` on one line, and its `{{` behind it", list->name());
      if (edit) told->fixes.push_back({"write it on one line", Safety::safe, {std::move(*edit)}});
    } else {
      report.cover(place);
      if (edit && !told->fixes.empty()) told->fixes.front().edits.push_back(std::move(*edit));
      if (!edit) told->fixes.clear();
    }
    previous = directive;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::refused, .severity = Severity::error, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::list_broken_over_lines
