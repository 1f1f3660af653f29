// SPDX-License-Identifier: Apache-2.0
#include "lint/fixer.hpp"

#include <algorithm>

namespace corefile {
namespace {

bool in_one_file(std::span<const Word> words) {
  return std::all_of(words.begin(), words.end(), [&](const Word& word) { return word.expansion == words.front().expansion; });
}

std::uint32_t line_begin(std::string_view text, std::uint32_t offset) {
  const std::size_t end = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(end + 1);
}

// Before the LF or CRLF.
std::uint32_t line_end(std::string_view text, std::uint32_t offset) {
  std::size_t end = text.find('\n', offset);
  if (end == std::string_view::npos) return static_cast<std::uint32_t>(text.size());
  if (end > offset && text[end - 1] == '\r') --end;
  return static_cast<std::uint32_t>(end);
}

// One level deeper than `indent`, which is a directive's.
std::string deeper(std::string_view indent) { return std::string(indent) + (indent.empty() ? "    " : std::string(indent)); }

std::string indented(std::string_view lines, std::string_view indent) {
  std::string out;
  while (true) {
    const std::size_t end = lines.find('\n');
    std::string_view line = lines.substr(0, end);
    out += indent;
    while (line.starts_with('\t')) {
      out += indent.empty() ? std::string_view("    ") : indent;
      line.remove_prefix(1);
    }
    out += line;
    if (end == std::string_view::npos) return out;
    out += '\n';
    lines.remove_prefix(end + 1);
  }
}

/// Of the line before `offset`, or of the first one.
std::string_view line_end_at(std::string_view text, std::uint32_t offset) {
  std::size_t end = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  if (end == std::string_view::npos) end = text.find('\n', offset);
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

}  // namespace

std::string with_line_ends_of(std::string_view file, std::uint32_t offset, std::string_view text) {
  const std::string_view own = line_end_at(file, offset);
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) {
      out += own;
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view Fixer::text_of(const Word& word) const { return config_.document(config_.place(word).document).source().text(); }

Edit Fixer::at(const Word& word, std::uint32_t offset, std::string text) const {
  return {{config_.place(word).document, {offset, offset}}, std::move(text)};
}

Edit Fixer::replace(const Word& word, std::string text) const { return {config_.place(word), std::move(text)}; }
Edit Fixer::insert_behind(const Word& word, std::string text) const { return at(word, word.span.end, std::move(text)); }
Edit Fixer::insert_before(const Word& word, std::string text) const { return at(word, word.span.begin, std::move(text)); }

std::optional<std::string_view> Fixer::indent_of(const Word& word) const {
  const std::string_view text = text_of(word);
  const std::uint32_t begin = line_begin(text, word.span.begin);
  const std::string_view before = text.substr(begin, word.span.begin - begin);
  if (before.find_first_not_of(" \t") != std::string_view::npos) return {};
  return before;
}

std::optional<Edit> Fixer::add_property(Directive directive, std::string_view line) const {
  const std::span<const Word> words = directive.words();
  const auto outer = indent_of(words.front());
  if (!outer || !in_one_file(words)) return {};
  const std::string inner = deeper(*outer);
  if (!directive.has_block()) {
    const Word& last = words.back();
    return insert_behind(last, " {\n" + inner + std::string(line) + "\n" + std::string(*outer) + "}");
  }
  const Word& brace = words.back();
  const std::string_view text = text_of(brace);
  if (brace.text != "}" || !indent_of(brace)) return {};
  std::uint32_t before = line_begin(text, brace.span.begin);
  if (before == 0) return {};
  before = line_end(text, line_begin(text, before - 1));
  const Properties properties = directive.properties();
  std::string indent = inner;
  for (const Property property : properties) {
    if (const auto own = indent_of(property.words.front())) indent = *own;
    break;
  }
  return at(brace, before, "\n" + indent + std::string(line));
}

std::optional<Edit> Fixer::remove_lines(std::span<const Word> words) const {
  if (!in_one_file(words)) return {};
  Place place = config_.place(words.front());
  place.span.end = words.back().span.end;
  return remove_lines(place);
}

std::optional<Edit> Fixer::remove_lines(Place words) const {
  const std::string_view text = config_.document(words.document).source().text();
  const std::uint32_t begin = line_begin(text, words.span.begin);
  const std::uint32_t end = line_end(text, words.span.end);
  const auto blank = [text](std::uint32_t from, std::uint32_t to) {
    return text.substr(from, to - from).find_first_not_of(" \t") == std::string_view::npos;
  };
  if (begin == 0 || !blank(begin, words.span.begin) || !blank(words.span.end, end)) return {};
  const std::uint32_t from = line_end(text, line_begin(text, begin - 1));
  return Edit{{words.document, {from, end}}, ""};
}

std::optional<Edit> Fixer::add_before(Directive directive, std::string_view lines) const {
  const Word& name = directive.name_word();
  const auto indent = indent_of(name);
  const std::string_view text = text_of(name);
  const std::uint32_t begin = line_begin(text, name.span.begin);
  if (!indent || begin == 0) return {};
  return at(name, line_end(text, line_begin(text, begin - 1)), "\n" + indented(lines, *indent));
}

std::optional<Edit> Fixer::add_behind(Directive directive, std::string_view lines) const {
  const auto indent = indent_of(directive.name_word());
  if (!indent || !in_one_file(directive.words())) return {};
  const Word& last = directive.words().back();
  return at(last, line_end(text_of(last), last.span.end), "\n" + indented(lines, *indent));
}

}  // namespace corefile
