// SPDX-License-Identifier: Apache-2.0
#include "go/template_lexer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/letters.hpp"
#include "go/number.hpp"

namespace corefile::go {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view spaces = " \t\r\n";

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Beyond ASCII all pass for letters: what is none is refused by Go, and perhaps not here.
bool is_alphanumeric(char c) noexcept { return c == '_' || ascii::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80; }

bool is_no_letter(std::string_view rest) noexcept { return rest.starts_with("\xC2\xA0") || is_typography(rest); }

bool is_keyword(std::string_view word) noexcept {
  static constexpr std::array<std::string_view, 10> words{"block", "break", "continue", "define",   "else",
                                                          "end",   "if",    "range",    "template", "with"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

TemplateItem TemplateLexer::item(TemplateToken kind) noexcept {
  TemplateItem made{kind, start_, input_.substr(start_, pos_ - start_)};
  start_ = pos_;
  return made;
}

TemplateItem TemplateLexer::fail(std::string says) {
  TemplateItem made{TemplateToken::error, start_, input_.substr(start_, std::max<std::size_t>(pos_ - start_, 1)), std::move(says)};
  input_ = {};
  pos_ = start_ = 0;
  return made;
}

// The character at hand as Go writes it.
std::string TemplateLexer::rune() const {
  if (pos_ >= input_.size()) return "U+0000";
  const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(peek(i)); };
  unsigned value = byte(0);
  std::size_t size = 1;
  if (value >= 0xE0 && value < 0xF0) {
    value = (value & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    size = 3;
  } else if (value >= 0xC0 && value < 0xE0) {
    value = (value & 0x1FU) << 6U | (byte(1) & 0x3FU);
    size = 2;
  }
  return fmt::format("U+{:04X} '{}'", value, input_.substr(pos_, size));
}

void TemplateLexer::run(std::string_view set) noexcept {
  while (pos_ < input_.size() && set.find(input_[pos_]) != npos) ++pos_;
}

bool TemplateLexer::take(std::string_view set) noexcept {
  if (pos_ >= input_.size() || set.find(input_[pos_]) == npos) return false;
  ++pos_;
  return true;
}

bool TemplateLexer::trimmed_right(std::size_t at) const noexcept {
  return at + 3 < input_.size() && is_space(input_[at]) && input_.substr(at + 1, 3) == "-}}";
}

bool TemplateLexer::at_right() const noexcept { return trimmed_right(pos_) || input_.substr(pos_, 2) == "}}"; }

bool TemplateLexer::at_terminator() const noexcept {
  if (pos_ >= input_.size() || is_space(input_[pos_]) || std::string_view(".,|:)(").find(input_[pos_]) != npos) return true;
  return input_.substr(pos_, 2) == "}}";
}

TemplateItem TemplateLexer::next() { return inside_ ? action() : text(); }

TemplateItem TemplateLexer::text() {
  const std::size_t brace = input_.find("{{", pos_);
  if (brace == npos) {
    pos_ = input_.size();
    return item(pos_ > start_ ? TemplateToken::text : TemplateToken::end);
  }
  const bool trims = brace + 3 < input_.size() && input_[brace + 2] == '-' && is_space(input_[brace + 3]);
  if (brace > pos_) {
    const std::size_t last = trims ? input_.find_last_not_of(spaces, brace - 1) : brace - 1;
    if (last != npos && last >= start_) {
      pos_ = last + 1;
      TemplateItem made = item(TemplateToken::text);
      pos_ = start_ = brace;
      return made;
    }
  }
  start_ = left_ = brace;
  pos_ = brace + 2;
  if (input_.substr(trims ? brace + 4 : brace + 2, 2) == "/*") {
    pos_ = (trims ? brace + 4 : brace + 2) + 2;
    return comment();
  }
  TemplateItem made = item(TemplateToken::left);
  if (trims) pos_ += 2;
  start_ = pos_;
  inside_ = true;
  parens_ = 0;
  return made;
}

TemplateItem TemplateLexer::comment() {
  const std::size_t close = input_.find("*/", pos_);
  if (close == npos) return fail("unclosed comment");
  pos_ = close + 2;
  if (!at_right()) return fail("comment ends before closing delimiter");
  right();
  inside_ = false;
  return text();
}

TemplateItem TemplateLexer::right() {
  const bool trims = trimmed_right(pos_);
  if (trims) start_ = pos_ += 2;
  pos_ += 2;
  TemplateItem made = item(TemplateToken::right);
  if (trims) run(spaces);
  start_ = pos_;
  inside_ = false;
  return made;
}

TemplateItem TemplateLexer::action() {
  if (at_right()) return parens_ == 0 ? right() : fail("unclosed left paren");
  if (pos_ >= input_.size()) {
    start_ = std::min(left_, input_.size());
    pos_ = std::min(start_ + 2, input_.size());
    return fail("unclosed action");
  }
  const char c = peek();
  if (is_space(c)) return space();
  if (is_no_letter(input_.substr(pos_))) {
    const std::string shown = rune();
    pos_ += c == '\xE2' ? 3 : 2;
    return fail(fmt::format("unrecognized character in action: {}", shown));
  }
  if (is_alphanumeric(c) && !ascii::is_digit(c)) return word();
  if (c == '+' || c == '-' || ascii::is_digit(c) || (c == '.' && ascii::is_digit(peek(1)))) return number();
  if (c == '.' && pos_ + 1 >= input_.size()) return number();
  ++pos_;
  switch (c) {
    case '=':
      return item(TemplateToken::assign);
    case ':':
      if (!take("=")) return fail("expected :=");
      return item(TemplateToken::declare);
    case '|':
      return item(TemplateToken::pipe);
    case '"':
      return quoted('"', TemplateToken::string, "quoted string");
    case '`':
      return quoted('`', TemplateToken::raw_string, "raw quoted string");
    case '\'':
      return quoted('\'', TemplateToken::char_constant, "character constant");
    case '$':
      return field(TemplateToken::variable);
    case '.':
      return field(TemplateToken::field);
    case '(':
      ++parens_;
      return item(TemplateToken::open);
    case ')':
      return --parens_ < 0 ? fail("unexpected right paren") : item(TemplateToken::close);
    default:
      if (c < ' ' || c == '\x7F') return fail(fmt::format("unrecognized character in action: U+{:04X}", static_cast<unsigned>(c)));
      return item(TemplateToken::character);
  }
}

TemplateItem TemplateLexer::space() {
  const std::size_t first = pos_;
  run(spaces);
  if (trimmed_right(pos_ - 1)) {
    --pos_;
    if (pos_ == first) return right();
  }
  return item(TemplateToken::space);
}

TemplateItem TemplateLexer::word() {
  while (pos_ < input_.size() && is_alphanumeric(peek()) && !is_no_letter(input_.substr(pos_))) ++pos_;
  const std::string_view name = input_.substr(start_, pos_ - start_);
  if (!at_terminator()) return fail(fmt::format("bad character {}", rune()));
  if (is_keyword(name)) return item(TemplateToken::keyword);
  if (name == "nil") return item(TemplateToken::nil);
  if (name == "true" || name == "false") return item(TemplateToken::boolean);
  return item(TemplateToken::identifier);
}

TemplateItem TemplateLexer::field(TemplateToken kind) {
  if (at_terminator()) return item(kind == TemplateToken::field ? TemplateToken::dot : kind);
  while (pos_ < input_.size() && is_alphanumeric(peek()) && !is_no_letter(input_.substr(pos_))) ++pos_;
  if (!at_terminator()) return fail(fmt::format("bad character {}", rune()));
  return item(kind);
}

TemplateItem TemplateLexer::quoted(char quote, TemplateToken kind, std::string_view what) {
  const bool raw = quote == '`';
  while (pos_ < input_.size()) {
    const char c = input_[pos_++];
    if (c == quote) return item(kind);
    if (raw) continue;
    if (c == '\n') break;
    if (c == '\\') {
      if (pos_ >= input_.size() || input_[pos_] == '\n') break;
      ++pos_;
    }
  }
  return fail(fmt::format("unterminated {}", what));
}

bool TemplateLexer::scan_number() noexcept {
  std::string_view digits = "0123456789_";
  take("+-");
  char base = 'd';
  if (take("0")) {
    if (take("xX")) {
      base = 'x';
      digits = "0123456789abcdefABCDEF_";
    } else if (take("oO")) {
      base = 'o';
      digits = "01234567_";
    } else if (take("bB")) {
      base = 'b';
      digits = "01_";
    }
  }
  run(digits);
  if (take(".")) run(digits);
  if ((base == 'd' && take("eE")) || (base == 'x' && take("pP"))) {
    take("+-");
    run("0123456789_");
  }
  take("i");
  if (pos_ >= input_.size() || !is_alphanumeric(peek())) return true;
  ++pos_;
  return false;
}

TemplateItem TemplateLexer::number() {
  const auto bad = [this] { return fail(fmt::format("bad number syntax: \"{}\"", input_.substr(start_, pos_ - start_))); };
  if (!scan_number()) return bad();
  if (peek() != '+' && peek() != '-') return item(TemplateToken::number);
  if (!scan_number() || input_[pos_ - 1] != 'i') return bad();
  return item(TemplateToken::complex);
}

bool is_template_number(std::string_view text) {
  std::string plain(text);
  if (!plain.empty() && (plain.front() == '+' || plain.front() == '-')) plain.erase(0, 1);
  const std::string_view digits = plain;
  if (digits.find_first_of("_xXpPi") != std::string_view::npos) return digits.find_first_of("0123456789") != std::string_view::npos;
  if (digits.size() > 1 && digits[0] == '0' && digits.find_first_not_of("01234567") == std::string_view::npos) return true;
  if (digits.size() > 1 && digits[0] == '0' && (digits[1] == 'o' || digits[1] == 'O' || digits[1] == 'b' || digits[1] == 'B')) return true;
  if (digits.find_first_of(".eE") != std::string_view::npos) return parse_float(digits, 64).has_value();
  return !(digits.size() > 1 && digits[0] == '0') && parse_uint(digits, 64).has_value();
}

}  // namespace corefile::go
