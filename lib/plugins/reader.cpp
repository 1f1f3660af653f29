// SPDX-License-Identifier: Apache-2.0
#include "plugins/reader.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "plugins/listen.hpp"

namespace corefile::plugins {

const go::Regexp& Patterns::compile(std::string_view pattern) {
  const auto known = compiled_.find(pattern);
  if (known != compiled_.end()) return known->second;
  return compiled_.emplace(pattern, go::compile_regexp(pattern, regexp_checks(release_))).first->second;
}

const Property* property_of(const Schema& plugin, std::string_view name, Release release) noexcept {
  for (std::size_t i = plugin.index.first(name); i < plugin.properties.size(); ++i) {
    const Property& property = plugin.properties[i];
    if (property.name.size() != name.size()) continue;
    const bool meant = property.is(name) || (property.any_case && ascii::same_letters(property.name, name));
    if (meant && property.arguments.life.covers(release)) return &property;
  }
  return nullptr;
}

bool Reader::next_only() {
  if (!next()) return false;
  const bool first = !mentioned_;
  mentioned_ = true;
  if (!first) once(word());
  return first;
}

bool Reader::same_line_apart(const Word& first, const Word& second) const noexcept {
  const std::span<const Expansion> expansions = config_.expansions();
  return expansions[first.expansion].document == expansions[second.expansion].document && first.last_line() == second.line;
}

bool Reader::at_border_of_block() {
  if (release_ < Release{1, 15, 0}) {
    if (nesting_ > 0) {
      const bool more = next();
      if (at('}')) {
        --nesting_;
        return false;
      }
      return more || reads_last_word_again();
    }
    if (!next_arg()) return false;
    if (!at('{')) {
      --cursor_;
      return false;
    }
    next();
    if (at('}')) return false;
    ++nesting_;
    return true;
  }
  if (nesting_ > 0) {
    if (!next()) return false;
    if (at('{')) {
      --cursor_;
    } else {
      if (!at('}')) return true;
      --nesting_;
      return false;
    }
  }
  if (!next_arg()) return false;
  if (!at('{')) {
    --cursor_;
    return false;
  }
  if (!next() || at('}')) return false;
  ++nesting_;
  return true;
}

const Word& Reader::word_outside() const noexcept {
  static const Word nothing{};
  return words_.empty() || cursor_ < 0 ? nothing : words_.back();
}

std::span<const Word> Reader::remaining_args() noexcept {
  const auto first = static_cast<std::size_t>(cursor_ + 1);
  std::size_t last = first;
  while (last < words_.size() && (last == 0 || same_line(words_[last - 1], words_[last])) && !is_brace(words_[last], '{')) ++last;
  cursor_ = static_cast<std::ptrdiff_t>(last) - 1;
  return words_.subspan(first, last - first);
}

void Reader::skip_line() noexcept { remaining_args(); }

void Reader::needs(const Word& at, std::string_view what) {
  depends();
  if (at.unknown || state_.outside.size() == most_faults) return;
  state_.outside.push_back({config_.place(at), std::string(at.text), what});
}

bool Reader::take_arguments(const Arguments& arguments, std::span<const Word>& found) {
  if (arguments.read == Read::nothing) return true;
  const Word& name = word();
  if (arguments.read == Read::remaining) {
    found = remaining_args();
  } else {
    const auto first = static_cast<std::size_t>(cursor_ + 1);
    std::size_t count = 0;
    while (count < arguments.max && next_arg()) ++count;
    found = words_.subspan(first, count);
    if (count >= arguments.min && arguments.end && next_arg()) {
      refuse_end(arguments, name, first);
      return false;
    }
  }
  if (found.size() < arguments.min || (arguments.max != 0xFFFF && found.size() > arguments.max)) {
    refuse_count(arguments, name, found);
    return false;
  }
  const std::size_t types = arguments.types.size();
  const std::size_t checked = arguments.last_repeats && types != 0 ? found.size() : std::min(found.size(), types);
  bool good = true;
  for (std::size_t i = 0; i < checked; ++i) good = check(arguments.types[std::min(i, types - 1)], found[i], name) && good;
  return good;
}

void Reader::read_property(const Property& property) {
  if (property.once) {
    if (std::find(seen_.begin(), seen_.end(), property.name) != seen_.end()) {
      fail(ProblemKind::once, word(), fmt::format("`{}` may stand only once in `{}`", property.name, plugin_.name)).help =
          "keep one of them";
    }
    seen_.push_back(property.name);
  }
  if (property.setup != nullptr) {
    property.setup(*this);
  } else {
    std::span<const Word> found;
    take_arguments(property.arguments, found);
  }
}

void Reader::read_block() {
  new_block();
  if (nesting_ == 0 && cursor_ >= 0 && !more_on_line()) return;
  const auto covers = [this](const auto& rule) { return rule.life.covers(release_); };
  const auto& blockless = plugin_.blockless;
  if (std::any_of(blockless.begin(), blockless.end(), [this](const Life& life) { return life.covers(release_); })) return;
  const auto unknown = std::find_if(plugin_.unknown.begin(), plugin_.unknown.end(), covers);
  const bool ignore = unknown != plugin_.unknown.end() && unknown->unknown == Unknown::ignore;
  read_lines(ignore);
}

const Property* Reader::next_property() {
  while (next_block()) {
    if (const Property* known = property()) return known;
    unknown_property();
  }
  return nullptr;
}

bool Reader::read_lines(bool others) {
  bool any = false;
  while (next_block()) {
    any = true;
    if (const Property* known = property()) {
      read_property(*known);
    } else if (word().unknown || !others) {
      unknown_property();
    }
  }
  return any;
}

void Reader::run() {
  if (plugin_.setup != nullptr) return plugin_.setup(*this);
  Mentions mentions = Mentions::each;
  for (const MentionsRule& rule : plugin_.mentions) {
    if (rule.life.covers(release_)) mentions = rule.mentions;
  }
  while (mentions == Mentions::once ? next_only() : next()) {
    for (const Arguments& arguments : plugin_.arguments) {
      if (arguments.life.covers(release_)) {
        std::span<const Word> found;
        take_arguments(arguments, found);
        break;
      }
    }
    read_block();
    if (mentions == Mentions::first) break;
  }
  if (plugin_.after != nullptr && !failed_) plugin_.after(*this);
}

}  // namespace corefile::plugins
