// SPDX-License-Identifier: Apache-2.0
#include "go/expr_lexer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "go/letters.hpp"

namespace corefile::go {
namespace {

constexpr auto npos = std::string_view::npos;

// Blanks beyond ASCII that unicode.IsSpace knows; their bytes.
std::size_t wide_space(std::string_view rest) noexcept {
  if (rest.starts_with("\xC2\xA0") || rest.starts_with("\xC2\x85")) return 2;
  if (rest.starts_with("\xE3\x80\x80")) return 3;
  if (rest.size() < 3 || !rest.starts_with("\xE2")) return 0;
  const auto last = static_cast<unsigned char>(rest[2]);
  const bool general = rest[1] == '\x80' && (last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF);
  return general || (rest[1] == '\x81' && last == 0x9F) ? 3 : 0;
}

// Other characters beyond ASCII all pass for letters.
bool is_alphanumeric(std::string_view rest) noexcept {
  if (rest.empty()) return false;
  const char c = rest.front();
  if (static_cast<unsigned char>(c) >= 0x80) return wide_space(rest) == 0 && !is_typography(rest);
  return c == '_' || c == '$' || ascii::is_alnum(c);
}

class Lexer {
 public:
  Lexer(std::string_view text, ExprVersion version) : text_(text), version_(version) {}

  ExprWords run() {
    while (!fault_ && step()) {
    }
    items_.push_back({ExprToken::end, text_.size(), {}});
    return {std::move(items_), std::move(fault_)};
  }

 private:
  bool step();
  void symbol(char c);
  void quoted(char quote, ExprToken kind);
  void escape(char quote);
  void raw();
  void number();
  void word();
  void slash();
  char peek(std::size_t ahead = 0) const noexcept { return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0'; }
  std::string_view rest() const noexcept { return text_.substr(std::min(pos_, text_.size())); }
  bool take(std::string_view set) noexcept {
    if (pos_ >= text_.size() || set.find(text_[pos_]) == npos) return false;
    ++pos_;
    return true;
  }
  void emit(ExprToken kind) {
    items_.push_back({kind, start_, text_.substr(start_, pos_ - start_)});
    start_ = pos_;
  }
  void fail(std::string message, std::string says) {
    fault_ = {start_, std::max<std::size_t>(std::min(pos_, text_.size()) - start_, 1), std::move(message), std::move(says)};
  }
  void unrecognized() {
    std::size_t size = 1;
    while (pos_ + size < text_.size() && (static_cast<unsigned char>(text_[pos_ + size]) & 0xC0U) == 0x80) ++size;
    pos_ = start_ + size;
    const std::string_view shown = text_.substr(start_, size);
    fail(fmt::format("`{}` means nothing in an expression", shown), fmt::format("unrecognized character: '{}'", shown));
  }

  std::string_view text_;
  ExprVersion version_;
  std::vector<ExprItem> items_;
  std::optional<ExprFault> fault_;  // nothing is read behind it
  std::size_t pos_ = 0;
  std::size_t start_ = 0;
};

bool Lexer::step() {
  start_ = pos_;
  if (pos_ >= text_.size()) return false;
  const char c = peek();
  if (c == ' ' || (c >= '\t' && c <= '\r')) {
    ++pos_;
  } else if (const std::size_t blank = wide_space(rest()); blank > 0) {
    pos_ += blank;
  } else if (c == '\'' || c == '"') {
    ++pos_;
    quoted(c, ExprToken::string);
  } else if (c == '`' && version_ >= ExprVersion::v1_16) {
    raw();
  } else if ((c == 'b' || c == 'B') && (peek(1) == '\'' || peek(1) == '"') && version_ >= ExprVersion::v1_17_8) {
    pos_ += 2;
    quoted(text_[pos_ - 1], ExprToken::bytes);
  } else if (ascii::is_digit(c) || (c == '.' && ascii::is_digit(peek(1)))) {
    number();
  } else if (is_alphanumeric(rest())) {
    word();
  } else {
    symbol(c);
  }
  return true;
}

void Lexer::symbol(char c) {
  const bool newer = version_ >= ExprVersion::v1_15;
  ++pos_;
  if (std::string_view("([{)]}").find(c) != npos) return emit(ExprToken::bracket);
  switch (c) {
    case '/':
      return slash();
    case '?':
      take(version_ >= ExprVersion::v1_12 ? ".?" : ".");
      break;
    case ':':
      if (version_ >= ExprVersion::v1_16) take(":");
      break;
    case '.':
      take(".");
      break;
    case '|':
      take(newer ? "|" : "&|=*");
      break;
    case '&':
    case '!':
    case '=':
    case '*':
    case '<':
    case '>':
      take(newer ? "&=*" : "&|=*");
      break;
    case '#':
      emit(ExprToken::op);
      if (!newer) return;
      if (peek() == '#') {
        ++pos_;
        return emit(ExprToken::op);
      }
      while (is_alphanumeric(rest())) ++pos_;
      if (pos_ > start_) emit(ExprToken::identifier);
      return;
    case ',':
    case '%':
    case '+':
    case '-':
      break;
    case '^':
      if (version_ < ExprVersion::v1_12) return unrecognized();
      break;
    case ';':
      if (!newer) return unrecognized();
      break;
    default:
      --pos_;
      return unrecognized();
  }
  emit(ExprToken::op);
}

void Lexer::slash() {
  if (version_ >= ExprVersion::v1_12 && take("/")) {
    pos_ = std::min(text_.find('\n', pos_), text_.size());
  } else if (version_ >= ExprVersion::v1_12 && take("*")) {
    const std::size_t end = text_.find("*/", pos_);
    if (end == npos) return fail("the comment is never closed", "unclosed comment");
    pos_ = end + 2;
  } else {
    emit(ExprToken::op);
  }
}

// The letters that unescape takes beside those of the lexer are refused by the lexer, and the other way round.
void Lexer::escape(char quote) {
  const std::size_t first = pos_ - 1;
  const char c = peek();
  std::size_t digits = 0;
  bool good = std::string_view("abfnrtv\\").find(c) != npos || c == quote;
  if (c >= '0' && c <= '3') {
    digits = 3;
    good = std::all_of(rest().begin(), rest().begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(rest().size(), 3)),
                       [](char d) { return d >= '0' && d <= '7'; });
  } else if (c == 'u' && peek(1) == '{') {
    good = version_ >= ExprVersion::v1_17_7;
  } else if (c == 'x' || c == 'u' || c == 'U') {
    digits = c == 'x' ? 3 : c == 'u' ? 5 : 9;
    const std::string_view code = rest().substr(std::min<std::size_t>(rest().size(), 1), digits - 1);
    good = code.size() == digits - 1 && std::all_of(code.begin(), code.end(), ascii::is_hex_digit);
  }
  pos_ = std::min(text_.size(), pos_ + std::max<std::size_t>(digits, 1));
  if (good && pos_ <= text_.size()) return;
  start_ = first;
  pos_ = std::min(text_.size(), first + 2);
  const std::string shown(text_.substr(first, pos_ - first));
  fail(fmt::format("`{}` is not an escape that expressions know", shown), "invalid char escape");
  fault_->help = "write the backslash twice";
}

void Lexer::quoted(char quote, ExprToken kind) {
  for (;;) {
    if (pos_ >= text_.size() || text_[pos_] == '\n') {
      pos_ = std::min(pos_, text_.size());
      return fail("the text in quotes is never closed", "literal not terminated");
    }
    const char c = text_[pos_++];
    if (c == quote) return emit(kind);
    if (c == '\\') escape(quote);
    if (fault_) return;
  }
}

void Lexer::raw() {
  const bool doubled = version_ >= ExprVersion::v1_17_7;
  for (++pos_;; ++pos_) {
    const std::size_t end = text_.find('`', pos_);
    if (end == npos) {
      pos_ = text_.size();
      return fail("the text in quotes is never closed", "literal not terminated");
    }
    pos_ = end + 1;
    if (!doubled || peek() != '`') return emit(ExprToken::string);
  }
}

void Lexer::number() {
  std::string_view digits = "0123456789_";
  const auto run = [&] {
    while (take(digits)) {
    }
  };
  // A number that begins with its dot is read from behind the dot on.
  if (peek() == '.') ++pos_;
  if (take("0")) {
    if (take("xX")) {
      digits = "0123456789abcdefABCDEF_";
    } else if (take("oO")) {
      digits = "01234567_";
    } else if (take("bB")) {
      digits = "01_";
    }
  }
  run();
  if (peek() == '.') {
    if (peek(1) == '.') return emit(ExprToken::number);
    ++pos_;
    run();
  }
  if (take("eE")) {
    take("+-");
    run();
  }
  if (!is_alphanumeric(rest())) return emit(ExprToken::number);
  ++pos_;
  const std::string_view shown = text_.substr(start_, pos_ - start_);
  fail(fmt::format("`{}` is not a number", shown), fmt::format("bad number syntax: \"{}\"", shown));
}

void Lexer::word() {
  while (is_alphanumeric(rest())) ++pos_;
  const std::string_view name = text_.substr(start_, pos_ - start_);
  const bool literal = name == "true" || name == "false" || name == "nil";
  const bool later =
      (name == "let" && version_ < ExprVersion::v1_15) || ((name == "if" || name == "else") && version_ < ExprVersion::v1_17);
  if (!is_expr_keyword(name) || literal || later) return emit(ExprToken::identifier);
  if (name == "not" && version_ < ExprVersion::v1_12) {
    const std::size_t behind = std::min(text_.find_first_not_of(' ', pos_), text_.size());
    const std::string_view in = text_.substr(behind, 3);
    if (in == "in" || in == "in ") {
      items_.push_back({ExprToken::op, start_, "not in"});
      pos_ = behind + 2;
      return;
    }
  }
  emit(ExprToken::op);
}

}  // namespace

ExprWords lex_expr(std::string_view text, ExprVersion version) { return Lexer(text, version).run(); }

std::optional<std::string> plain_expr_string(std::string_view literal) {
  std::string out;
  const bool raw = literal.front() == '`';
  if (raw && literal.substr(1, literal.size() - 2).find('`') != npos) return {};
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    if (literal[i] == '\\' && !raw) {
      ++i;
      if (literal[i] != '\\' && literal[i] != '\'' && literal[i] != '"') return {};
    }
    out += literal[i];
  }
  return out;
}

}  // namespace corefile::go
