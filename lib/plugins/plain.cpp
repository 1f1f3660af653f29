// SPDX-License-Identifier: Apache-2.0
#include "plugins/plain.hpp"

#include <algorithm>

namespace corefile::plugins {
namespace {

const Arguments* in_force(std::span<const Arguments> forms, Release release) {
  for (const Arguments& form : forms) {
    if (form.life.covers(release)) return &form;
  }
  return nullptr;
}

bool fits(const Arguments& arguments, std::span<const Word> words, Release release, Patterns& patterns) {
  if (arguments.read == Read::nothing) return words.empty();
  if (words.size() < arguments.min || words.size() > arguments.max) return false;
  const std::size_t types = arguments.types.size();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].unknown != 0) return false;
    if (i >= types && (types == 0 || !arguments.last_repeats)) continue;
    const Type& type = arguments.types[std::min(i, types - 1)];
    if (type.kind != Kind::text && !accepts(type, words[i].text, release, patterns)) return false;
  }
  return true;
}

bool is_brace(const Word& word, char brace) { return word.text.size() == 1 && word.text.front() == brace; }

// It opens on the line of the word before. All that stands in it are these lines, none of them with a brace: what a reader sees of each
// is the line.
bool is_plain_block(const Word& before, std::span<const Word> block, Properties lines) {
  if (block.size() < 2 || !is_brace(block.front(), '{') || !is_brace(block.back(), '}')) return false;
  const Word& before_end = block[block.size() - 2];
  if (before.expansion != block.front().expansion || before.breaks != 0 || before.line != block.front().line) return false;
  if (before_end.breaks != 0 || before_end.line == block.back().line) return false;
  std::size_t words = 2;
  for (const corefile::Property line : lines) words += line.words.size();
  return words == block.size();
}

}  // namespace

bool surely_takes(const Schema& plugin, Directive directive, Release release, Patterns& patterns) {
  const Arguments* arguments = in_force(plugin.arguments, release);
  const std::span<const Word> words = directive.words();
  const std::span<const Word> given = directive.arguments();
  if (arguments == nullptr ? !given.empty() : !fits(*arguments, given, release, patterns)) return false;
  const std::span<const Word> block = words.subspan(1 + given.size());
  if (block.empty()) return true;
  // NextArg takes a `{` too.
  if (arguments != nullptr && arguments->read == Read::next) return false;
  for (const Life& blockless : plugin.blockless) {
    if (blockless.covers(release)) return false;
  }
  if (!is_plain_block(words[given.size()], block, directive.properties())) return false;
  for (const corefile::Property line : directive.properties()) {
    const Property* property = property_of(plugin, line.name(), release);
    if (property == nullptr || property->setup != nullptr || property->once) return false;
    if (!fits(property->arguments, line.arguments(), release, patterns)) return false;
  }
  return true;
}

}  // namespace corefile::plugins
