// SPDX-License-Identifier: Apache-2.0
#include "lint/faults.hpp"

#include <algorithm>

#include "lint/accident.hpp"
#include "lint/misread.hpp"

namespace corefile {
namespace {

bool about_names(const LoadFault& fault) {
  return fault.kind == LoadFault::Kind::unknown_directive || fault.kind == LoadFault::Kind::duplicate_zone ||
         fault.kind == LoadFault::Kind::invalid_key;
}

/// A `{` was never closed: zones of blocks behind it may be read as directives.
bool has_open_brace(const Config& config) {
  return std::any_of(config.refusals.begin(), config.refusals.end(),
                     [](const Refusal& r) { return r.kind == RefusalKind::unclosed_brace; });
}

bool looks_like_a_zone(const LoadFault& fault) {
  return fault.kind == LoadFault::Kind::unknown_directive && fault.subject.find_first_of(".:/()") != std::string::npos;
}

/// Calls `see` with each word that names something in the block: its keys and its directives' names.
template <typename See>
void each_name(ServerBlock block, See see) {
  for (const Word& key : block.keys()) see(key);
  for (const Directive directive : block.directives()) see(directive.name_word());
}

}  // namespace

FaultIndex::FaultIndex(const Config& config, const LoadVerdict& verdict) : verdict_(&verdict), consequence_(verdict.faults.size()) {
  for (const LoadFault& fault : verdict.faults) {
    if (fault.kind == LoadFault::Kind::syntax) continue;
    by_place_.push_back(&fault);
    consequence_[index(fault)] = is_misread(config, fault.place);
  }
  if (by_place_.empty()) return;
  std::stable_sort(by_place_.begin(), by_place_.end(), [](const LoadFault* a, const LoadFault* b) { return a->place < b->place; });
  judge_arguments(config);
  judge_braces(config);
  judge_names(config);
}

std::size_t FaultIndex::index(const LoadFault& fault) const noexcept { return static_cast<std::size_t>(&fault - verdict_->faults.data()); }

std::span<const LoadFault* const> FaultIndex::all_on(Place place) const noexcept {
  const auto begin = std::lower_bound(by_place_.begin(), by_place_.end(), place, [](const LoadFault* f, Place p) { return f->place < p; });
  auto end = begin;
  while (end != by_place_.end() && (*end)->place == place) ++end;
  return {begin, end};
}

void FaultIndex::judge_arguments(const Config& config) {
  for (const Config::Mention& mention : config.mentions) {
    const std::span<const Word> words = std::span(config.words).subspan(mention.first, mention.last - mention.first);
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      if (!is_comment(words, i) && punctuation_of(config, mention, mention.first + i) == '\0') continue;
      for (const LoadFault* fault : all_on(config.place(words[i]))) consequence_[index(*fault)] = true;
    }
  }
}

// Behind such a brace the plugin reads its further mentions in the block as if they were properties.
void FaultIndex::judge_braces(const Config& config) {
  std::uint32_t block = 0;
  PluginSet displaced;
  for (std::uint32_t i = 0; i < config.mentions.size(); ++i) {
    const Directive directive{&config, i};
    if (directive.block() != block) displaced = {};
    block = directive.block();
    if (displaced.has(directive.plugin()) && directive.plugin() != Plugin::unknown) {
      for (const Word& word : directive.words()) {
        for (const LoadFault* fault : all_on(config.place(word))) {
          if (fault->kind != LoadFault::Kind::once) consequence_[index(*fault)] = true;
        }
      }
    }
    for (const Property line : directive.properties()) {
      const Word* const brace = closing_brace_on(directive, line);
      if (brace == nullptr || because_of(*brace, line) == nullptr) continue;
      for (const LoadFault* fault : all_on(config.place(*brace))) consequence_[index(*fault)] = true;
      for (const LoadFault* fault : all_on(config.place(line.words.front()))) {
        if (fault->kind == LoadFault::Kind::argument_count) consequence_[index(*fault)] = true;
      }
      displaced.add(directive.plugin());
    }
  }
}

void FaultIndex::judge_names(const Config& config) {
  const bool open = has_open_brace(config);
  std::vector<bool> seen(consequence_.size());
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    std::optional<bool> accident;
    std::optional<bool> displaced;
    each_name(block, [&](const Word& word) {
      for (const LoadFault* fault : all_on(config.place(word))) {
        if (!about_names(*fault) || seen[index(*fault)]) continue;
        seen[index(*fault)] = true;
        if (!accident) accident = !block.fragment() && accident_of(block) != Accident::none;
        if (!displaced) displaced = block.fragment() || open || key_as_directive(block) != nullptr;
        if (*accident || (*displaced && looks_like_a_zone(*fault))) consequence_[index(*fault)] = true;
      }
    });
  }
}

const LoadFault* FaultIndex::on(Place place) const noexcept {
  const std::span<const LoadFault* const> found = all_on(place);
  return found.empty() ? nullptr : found.front();
}

const LoadFault* FaultIndex::because_of(const Word& brace, Property property) const noexcept {
  const Config& config = *property.config;
  for (const LoadFault* fault : all_on(config.place(brace))) {
    if (!fault->says.empty()) return fault;
  }
  for (const LoadFault* fault : all_on(config.place(property.words.front()))) {
    if (fault->kind == LoadFault::Kind::argument_count) return fault;
  }
  return nullptr;
}

const LoadFault* FaultIndex::in(ServerBlock block) const noexcept {
  const LoadFault* first = nullptr;
  if (by_place_.empty()) return first;
  each_name(block, [&](const Word& word) {
    for (const LoadFault* fault : all_on(block.config->place(word))) {
      // All of them are elements of the verdict's one vector.
      if (about_names(*fault) && (first == nullptr || fault < first)) first = fault;
    }
  });
  return first;
}

bool FaultIndex::is_consequence(const LoadFault& fault) const noexcept { return consequence_[index(fault)]; }

const Word* closing_brace_on(Directive directive, Property property) noexcept {
  const Word* const end = directive.words().data() + directive.words().size();
  const Word* const brace = property.words.data() + property.words.size();
  if (brace == end || brace->text != "}" || brace->quoted || brace[-1].expansion != brace->expansion) return nullptr;
  return brace[-1].last_line() == brace->line ? brace : nullptr;
}

}  // namespace corefile
