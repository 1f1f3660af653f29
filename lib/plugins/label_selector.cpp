// SPDX-License-Identifier: Apache-2.0
#include "plugins/label_selector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"

/// k8s.io/apimachinery v0.35, pkg/labels/selector.go (Parse) and pkg/apis/meta/v1/helpers.go (ParseToLabelSelector).
namespace corefile::plugins {
namespace {

// Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; at most 63.
bool is_name(std::string_view text) {
  const auto inner = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; };
  return !text.empty() && text.size() <= 63 && ascii::is_alnum(text.front()) && ascii::is_alnum(text.back()) &&
         std::all_of(text.begin(), text.end(), inner);
}

bool is_subdomain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  const auto plain = [](char c) { return ascii::is_lower(c) || ascii::is_digit(c); };
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t dot = std::min(text.find('.', from), text.size());
    const std::string_view label = text.substr(from, dot - from);
    if (label.empty() || !plain(label.front()) || !plain(label.back())) return false;
    if (!std::all_of(label.begin(), label.end(), [&](char c) { return plain(c) || c == '-'; })) return false;
    from = dot + 1;
  }
  return true;
}

bool is_key(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return is_name(text);
  return text.find('/', slash + 1) == std::string_view::npos && is_subdomain(text.substr(0, slash)) && is_name(text.substr(slash + 1));
}

bool is_value(std::string_view text) { return text.empty() || is_name(text); }

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) { advance(); }

  std::string run() {
    if (token_.empty()) return {};
    while (true) {
      if (token_ == "," || !(word() || token_ == "!"))
        return fmt::format("found '{}', expected: !, identifier, or 'end of string'", token_);
      if (std::string error = requirement(); !error.empty()) return error;
      if (token_.empty()) return {};
      if (token_ != ",") return fmt::format("found '{}', expected: ',' or 'end of string'", token_);
      advance();
      if (!word() && token_ != "!") return fmt::format("found '{}', expected: identifier after ','", token_);
    }
  }

 private:
  static bool special(char c) { return c == '=' || c == '!' || c == '(' || c == ')' || c == ',' || c == '>' || c == '<'; }
  static bool space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
  bool word() const { return !token_.empty() && !special(token_.front()); }

  void advance() {
    while (!rest_.empty() && space(rest_.front())) rest_.remove_prefix(1);
    std::size_t size = 0;
    if (!rest_.empty() && special(rest_.front())) {
      const bool two = rest_.starts_with("==") || rest_.starts_with("!=");
      size = two ? 2 : 1;
    } else {
      while (size < rest_.size() && !special(rest_[size]) && !space(rest_[size])) ++size;
    }
    token_ = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }

  std::string requirement() {
    const bool absent = token_ == "!";
    if (absent) advance();
    const std::string_view key = token_;
    if (!word() || !is_key(key)) return fmt::format("key: Invalid value: \"{}\"", key);
    advance();
    if (absent || token_.empty() || token_ == ",") return {};
    const std::string_view op = token_;
    if (op == "in" || op == "notin") return values();
    if (op != "=" && op != "==" && op != "!=" && op != ">" && op != "<")
      return fmt::format("found '{}', expected: in, notin, =, ==, !=, gt, lt", op);
    advance();
    std::string_view value;
    if (!token_.empty() && token_ != ",") {
      if (!word()) return fmt::format("found '{}', expected: identifier", token_);
      value = token_;
      advance();
    }
    if (op == ">" || op == "<" || op == "!=") return fmt::format("\"{}\" is not a valid label selector operator", op);
    return is_value(value) ? std::string() : fmt::format("values: Invalid value: \"{}\"", value);
  }

  std::string values() {
    advance();
    if (token_ != "(") return fmt::format("found '{}' expected: '('", token_);
    advance();
    // Empty values are allowed: `(a,,b)` and `()`.
    while (token_ != ")") {
      if (word()) {
        if (!is_value(token_)) return fmt::format("values: Invalid value: \"{}\"", token_);
        advance();
      }
      if (token_ == ",") {
        advance();
      } else if (token_ != ")") {
        return fmt::format("found '{}', expected: ',' or ')'", token_);
      }
    }
    advance();
    return {};
  }

  std::string_view rest_;
  std::string_view token_;
};

}  // namespace

std::string label_selector_fault(std::string_view text) { return Parser(text).run(); }

}  // namespace corefile::plugins
