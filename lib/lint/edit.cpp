// SPDX-License-Identifier: Apache-2.0
#include "lint/edit.hpp"

#include <algorithm>

namespace corefile {
namespace {

std::string_view text_of(const Config& config, const Word& word) { return config.document(config.place(word).document).source().text(); }

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

Edit at(const Config& config, const Word& word, std::uint32_t offset, std::string text) {
  return {{config.place(word).document, {offset, offset}}, std::move(text)};
}

}  // namespace

Edit replace(const Config& config, const Word& word, std::string text) { return {config.place(word), std::move(text)}; }
Edit insert_behind(const Config& config, const Word& word, std::string text) { return at(config, word, word.span.end, std::move(text)); }
Edit insert_before(const Config& config, const Word& word, std::string text) { return at(config, word, word.span.begin, std::move(text)); }

std::optional<std::string_view> indent_of(const Config& config, const Word& word) {
  const std::string_view text = text_of(config, word);
  const std::uint32_t begin = line_begin(text, word.span.begin);
  const std::string_view before = text.substr(begin, word.span.begin - begin);
  if (before.find_first_not_of(" \t") != std::string_view::npos) return {};
  return before;
}

std::optional<Edit> add_property(Directive directive, std::string_view line) {
  const Config& config = *directive.config;
  const std::span<const Word> words = directive.words();
  const auto outer = indent_of(config, words.front());
  if (!outer || !in_one_file(words)) return {};
  const std::string inner = deeper(*outer);
  if (!directive.has_block()) {
    const Word& last = words.back();
    return insert_behind(config, last, " {\n" + inner + std::string(line) + "\n" + std::string(*outer) + "}");
  }
  const Word& brace = words.back();
  const std::string_view text = text_of(config, brace);
  if (brace.text != "}" || !indent_of(config, brace)) return {};
  std::uint32_t before = line_begin(text, brace.span.begin);
  if (before == 0) return {};
  before = line_end(text, line_begin(text, before - 1));
  const Properties properties = directive.properties();
  std::string indent = inner;
  for (const Property property : properties) {
    if (const auto own = indent_of(config, property.words.front())) indent = *own;
    break;
  }
  return at(config, brace, before, "\n" + indent + std::string(line));
}

std::optional<Edit> remove_lines(const Config& config, std::span<const Word> words) {
  if (!in_one_file(words) || !indent_of(config, words.front())) return {};
  const std::string_view text = text_of(config, words.front());
  const std::uint32_t begin = line_begin(text, words.front().span.begin);
  const std::uint32_t end = line_end(text, words.back().span.end);
  const std::string_view rest = text.substr(words.back().span.end, end - words.back().span.end);
  if (begin == 0 || rest.find_first_not_of(" \t") != std::string_view::npos) return {};
  const std::uint32_t from = line_end(text, line_begin(text, begin - 1));
  return Edit{{config.place(words.front()).document, {from, end}}, ""};
}

std::optional<Edit> add_before(Directive directive, std::string_view lines) {
  const Config& config = *directive.config;
  const Word& name = directive.name_word();
  const auto indent = indent_of(config, name);
  const std::string_view text = text_of(config, name);
  const std::uint32_t begin = line_begin(text, name.span.begin);
  if (!indent || begin == 0) return {};
  return at(config, name, line_end(text, line_begin(text, begin - 1)), "\n" + indented(lines, *indent));
}

std::optional<Edit> add_behind(Directive directive, std::string_view lines) {
  const Config& config = *directive.config;
  const auto indent = indent_of(config, directive.name_word());
  if (!indent || !in_one_file(directive.words())) return {};
  const Word& last = directive.words().back();
  return at(config, last, line_end(text_of(config, last), last.span.end), "\n" + indented(lines, *indent));
}

}  // namespace corefile
