// SPDX-License-Identifier: Apache-2.0
// What a reader says of words that CoreDNS refuses.
#include <fmt/format.h>

#include <algorithm>

#include "plugins/reader.hpp"

namespace corefile::plugins {

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
  for (int depth = 0; last + 1 < words_.size() && (depth > 0 || same_line(words_[last], words_[last + 1])); ++last) {
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

void Reader::refuse_end(const Arguments& arguments, const Word& name, std::size_t first) {
  const Word more = word();
  skip_line();
  if (more.text == "{") {
    fail(ProblemKind::argument_count, more, fmt::format("`{}` takes no block", name.text), "Unexpected token '{', expecting argument");
  } else {
    wrong_count(name, static_cast<std::size_t>(cursor_ + 1) - first, count_words(arguments.min, arguments.max));
  }
}

void Reader::refuse_count(const Arguments& arguments, const Word& name, std::span<const Word> found) {
  Problem& fault = wrong_count(name, found.size(), count_words(arguments.min, arguments.max));
  if (arguments.count_says.empty()) return;
  std::string words;
  for (const Word& word : found) words += (words.empty() ? "" : " ") + std::string(word.text);
  fault.says = filled(arguments.count_says, words);
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

const Property* Reader::property_before() const {
  if (cursor_ < 1) return nullptr;
  const auto at = static_cast<std::size_t>(cursor_);
  // The line's first word, or the first behind the `{` on it.
  std::size_t first = at;
  while (first > 0 && same_line(words_[first - 1], words_[first]) && words_[first - 1].text != "{") --first;
  if (first == at) return nullptr;
  for (const Property& property : plugin_.properties) {
    const Arguments& arguments = property.arguments;
    if (!arguments.life.covers(release_) || property.setup != nullptr) continue;
    if (arguments.read == Read::nothing && property.name == words_[at - 1].text) return &property;
    if (arguments.read == Read::next && property.name == words_[first].text && at == first + 1 + arguments.max) return &property;
  }
  return nullptr;
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
  const bool opens = behind < words_.size() && same_line(words_[behind - 1], words_[behind]);
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

}  // namespace corefile::plugins
