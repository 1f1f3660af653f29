// SPDX-License-Identifier: Apache-2.0
#include "plugins/reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "base/short_text.hpp"
#include "plugins/listen.hpp"

namespace corefile::plugins {

const go::Regexp& Patterns::compile(std::string_view pattern) {
  const auto known = compiled_.find(pattern);
  return known != compiled_.end() ? known->second : compiled_.emplace(pattern, go::compile_regexp(pattern, checks_)).first->second;
}

bool Reader::next() noexcept {
  if (cursor_ + 1 >= static_cast<std::ptrdiff_t>(words_.size())) return false;
  ++cursor_;
  return true;
}

bool Reader::next_only() {
  if (!next()) return false;
  const bool first = !mentioned_;
  mentioned_ = true;
  if (!first) once(word());
  return first;
}

bool Reader::same_line(std::size_t a, std::size_t b) const noexcept {
  const Word& first = words_[a];
  const Word& second = words_[b];
  return (first.expansion == second.expansion ||
          config_.expansions()[first.expansion].document == config_.expansions()[second.expansion].document) &&
         first.last_line() == second.line;
}

bool Reader::next_arg() noexcept {
  if (cursor_ < 0) {
    ++cursor_;
    return true;
  }
  const auto at = static_cast<std::size_t>(cursor_);
  if (at + 1 >= words_.size() || !same_line(at, at + 1)) return false;
  ++cursor_;
  return true;
}

// Before 1.13.0 a block whose `}` was taken for an argument goes on with its last word, again and again.
bool Reader::reads_last_word_again() {
  if (release_ >= Release{1, 13, 0}) return false;
  if (!ran_out_) return ran_out_ = true;
  if (!failed_) {
    invalid(word(), fmt::format("the block of `{}` has no end here: CoreDNS hangs", plugin_.name)).help =
        "put the `}` on a line of its own";
  }
  return false;
}

bool Reader::next_block() {
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

const Word& Reader::word() const noexcept {
  static const Word nothing{};
  if (words_.empty() || cursor_ < 0) return nothing;
  return words_[std::min(static_cast<std::size_t>(cursor_), words_.size() - 1)];
}

std::span<const Word> Reader::remaining_args() noexcept {
  const auto first = static_cast<std::size_t>(cursor_ + 1);
  std::size_t last = first;
  const auto opens = [this](std::size_t i) { return words_[i].text.size() == 1 && words_[i].text.front() == '{'; };
  while (last < words_.size() && (last == 0 || same_line(last - 1, last)) && !opens(last)) ++last;
  cursor_ = static_cast<std::ptrdiff_t>(last) - 1;
  return words_.subspan(first, last - first);
}

Problem& Reader::fail(ProblemKind kind, const Word& at, std::string message, std::string says) {
  failed_ = true;
  if (unsure_ && kind == ProblemKind::unknown_property) says.clear();
  Problem& fault = faults_.emplace_back(Problem{kind, config_.place(at), std::move(message), std::move(says)});
  fault.subject = std::string(at.text);
  return fault;
}

Problem& Reader::wrong_count(const Word& name, std::size_t found, std::string_view expected) {
  return fail(ProblemKind::argument_count, name,
              fmt::format("`{}` takes {}, but {} here", name.text, expected,
                          found == 0   ? "none stands"
                          : found == 1 ? "1 stands"
                                       : fmt::format("{} stand", found)),
              plugin_.own_words ? std::string() : words_for_arguments(val()));
}

Problem& Reader::once(const Word& name) {
  Problem& fault = fail(ProblemKind::once, name, fmt::format("`{}` may stand only once in a server block", plugin_.name),
                        plugin_.own_words ? std::string() : "this plugin can only be used once per Server Block");
  fault.labels.push_back({config_.place(words_.front()), "first here"});
  fault.help = "keep one of them, and put what both say into its line and block";
  std::size_t last = static_cast<std::size_t>(std::max<std::ptrdiff_t>(cursor_, 0));
  const std::size_t first = last;
  for (int depth = 0; last + 1 < words_.size() && (depth > 0 || same_line(last, last + 1)); ++last) {
    if (words_[last + 1].text == "{") ++depth;
    if (words_[last + 1].text == "}") --depth;
  }
  surplus(fault, words_.subspan(first, last + 1 - first));
  return fault;
}

void Reader::surplus(Problem& fault, std::span<const Word> words) const {
  const bool together =
      std::all_of(words.begin(), words.end(), [&words](const Word& word) { return word.expansion == words.front().expansion; });
  if (!together || words.empty()) return;
  Place place = config_.place(words.front());
  place.span.end = config_.place(words.back()).span.end;
  fault.surplus = place;
}

void Reader::skip_line() noexcept { remaining_args(); }

const Property* Reader::property() const noexcept {
  const std::string_view name = val();
  for (const Property& property : plugin_.properties) {
    if (property.name.size() != name.size()) continue;
    const bool meant = short_text::same(property.name, name) || (property.any_case && ascii::same_letters(property.name, name));
    if (meant && property.arguments.life.covers(release_)) return &property;
  }
  return nullptr;
}

const Property* Reader::property_before() const {
  if (cursor_ < 1) return nullptr;
  const auto at = static_cast<std::size_t>(cursor_);
  // The line's first word, or the first behind the `{` on it.
  std::size_t first = at;
  while (first > 0 && same_line(first - 1, first) && words_[first - 1].text != "{") --first;
  if (first == at) return nullptr;
  for (const Property& property : plugin_.properties) {
    const Arguments& arguments = property.arguments;
    if (!arguments.life.covers(release_) || property.setup != nullptr) continue;
    if (arguments.read == Read::nothing && property.name == words_[at - 1].text) return &property;
    if (arguments.read == Read::next && property.name == words_[first].text && at == first + 1 + arguments.max) return &property;
  }
  return nullptr;
}

void Reader::needs(const Word& at, std::string_view what) {
  depends();
  if (at.unknown || state_.outside.size() == most_faults) return;
  Problem& missing = state_.outside.emplace_back();
  missing.kind = ProblemKind::outside;
  missing.place = config_.place(at);
  // Most files need one: put together without a format to read.
  constexpr std::string_view rest = "` must be where CoreDNS runs";
  missing.message.reserve(what.size() + at.text.size() + rest.size() + 2);
  missing.message.append(what).append(" `").append(at.text).append(rest);
  missing.subject = at.text;
}

void Reader::former_property(const Word& at, Problem& fault) {
  if (plugin_.name == "header") {
    Place begin = config_.place(at);
    begin.span.end = begin.span.begin;
    fault.help = fmt::format("write `response {}`", at.text);
    fault.fixes.push_back({"insert `response`", Safety::safe, {{begin, "response "}}});
    return;
  }
  if (at.text == "transfer") {
    fault.help = "write the plugin `transfer` beside it, with the addresses: `transfer { to ADDRESS }` on lines of its own";
    return;
  }
  fault.help = "remove it";
  const auto first = static_cast<std::size_t>(std::max<std::ptrdiff_t>(cursor_, 0));
  const std::size_t arguments = remaining_args().size();
  const auto behind = static_cast<std::size_t>(cursor_ + 1);
  const bool opens = behind < words_.size() && same_line(behind - 1, behind);
  if (!opens) surplus(fault, words_.subspan(first, arguments + 1));
}

void Reader::unknown_property() {
  const Word at = word();
  if (at.unknown) {
    depends();
    return skip_line();
  }
  Problem& fault =
      fail(ProblemKind::unknown_property, at, fmt::format("`{}` has no property `{}`", plugin_.name, at.text), words_for_unknown(at.text));
  const Property* before = nullptr;
  const Property* later = nullptr;
  std::vector<std::string_view> names;
  for (const Property& property : plugin_.properties) {
    const Life& life = property.arguments.life;
    if (life.covers(release_)) names.push_back(property.name);
    if (property.name != at.text) continue;
    if (life.until < release_) before = &property;
    if (release_ < life.since && later == nullptr) later = &property;
  }
  if (later != nullptr) {
    fault.message = fmt::format("`{}` of `{}` came in CoreDNS {}, and this is {}", at.text, plugin_.name,
                                to_string(later->arguments.life.since), to_string(release_));
    fault.help = fmt::format("remove it, or run CoreDNS {} or newer", to_string(later->arguments.life.since));
  } else if (before != nullptr) {
    fault.message =
        fmt::format("`{}` of `{}` was last known to CoreDNS {}", at.text, plugin_.name, to_string(before->arguments.life.until));
    former_property(at, fault);
  } else if (const Property* full = property_before(); full != nullptr && full->arguments.read == Read::nothing) {
    fault.message = fmt::format("`{}` of `{}` takes no value, and `{}` stands behind it", full->name, plugin_.name, at.text);
    fault.help = fmt::format("remove `{}`: `{}` has no value in CoreDNS {}", at.text, full->name, to_string(release_));
  } else if (full != nullptr) {
    fault.message = fmt::format("`{}` of `{}` takes {}, and `{}` stands behind {}", full->name, plugin_.name,
                                full->arguments.max == 1 ? "one word" : fmt::format("{} words", full->arguments.max), at.text,
                                full->arguments.max == 1 ? "it" : "them");
    fault.help = fmt::format("remove `{}`: it is read as another property", at.text);
  } else if (const std::string_view meant = nearest(at.text, names); !meant.empty()) {
    fault.help = fmt::format("did you mean `{}`?", meant);
    fault.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {{config_.place(at), std::string(meant)}}});
  } else if (!names.empty() && names.size() <= 12) {
    fault.help = "known here: ";
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0 && names[i] == names[i - 1]) continue;
      fault.help += fmt::format("{}`{}`", i == 0 ? "" : ", ", names[i]);
    }
  }
  // A second line with the same word has the same cause.
  if (fault.fixes.empty() && faults_.size() > 1 && faults_[faults_.size() - 2].kind == fault.kind &&
      faults_[faults_.size() - 2].message == fault.message)
    faults_.pop_back();
  skip_line();
}

std::optional<std::span<const Word>> Reader::read_arguments(const Arguments& arguments) {
  const Word name = word();
  std::span<const Word> found;
  if (arguments.read == Read::nothing) return found;
  if (arguments.read == Read::remaining) {
    found = remaining_args();
  } else {
    const auto first = static_cast<std::size_t>(cursor_ + 1);
    std::size_t count = 0;
    while (count < arguments.max && next_arg()) ++count;
    found = words_.subspan(first, count);
    if (count >= arguments.min && arguments.end && next_arg()) {
      const Word more = word();
      skip_line();
      if (more.text == "{") {
        fail(ProblemKind::argument_count, more, fmt::format("`{}` takes no block", name.text), "Unexpected token '{', expecting argument");
      } else {
        wrong_count(name, static_cast<std::size_t>(cursor_ + 1) - first, count_words(arguments.min, arguments.max));
      }
      return {};
    }
  }
  if (found.size() < arguments.min || (arguments.max != 0xFFFF && found.size() > arguments.max)) {
    Problem& fault = wrong_count(name, found.size(), count_words(arguments.min, arguments.max));
    if (!arguments.count_says.empty()) {
      std::string words;
      for (const Word& word : found) words += (words.empty() ? "" : " ") + std::string(word.text);
      fault.says = filled(arguments.count_says, words);
    }
    return {};
  }
  bool good = true;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i >= arguments.types.size() && !arguments.last_repeats) break;
    if (arguments.types.empty()) break;
    good = check(arguments.types[std::min(i, arguments.types.size() - 1)], found[i], name) && good;
  }
  if (!good) return {};
  return found;
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
    read_arguments(property.arguments);
  }
}

void Reader::read_block() {
  new_block();
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
        read_arguments(arguments);
        break;
      }
    }
    read_block();
    if (mentions == Mentions::first) break;
  }
  if (plugin_.after != nullptr && !failed_) plugin_.after(*this);
}

}  // namespace corefile::plugins
