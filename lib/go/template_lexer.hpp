// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace corefile::go {

enum class TemplateToken : std::uint8_t {
  error,
  end,
  text,
  left,   ///< `{{`
  right,  ///< `}}`
  space,
  open,
  close,
  pipe,
  assign,
  declare,
  character,  ///< any other printable one, a comma say
  boolean,
  char_constant,
  complex,
  number,
  string,
  raw_string,
  dot,
  nil,
  field,
  variable,
  identifier,
  keyword
};

struct TemplateItem {
  TemplateToken kind = TemplateToken::end;
  std::size_t at = 0;
  std::string_view text{};
  std::string says{};  ///< of an error
  bool keyword(std::string_view word) const noexcept { return kind == TemplateToken::keyword && text == word; }
};

/// The words of Go's text/template.
class TemplateLexer {
 public:
  explicit TemplateLexer(std::string_view input) noexcept : input_(input) {}
  TemplateItem next();

 private:
  TemplateItem text();
  TemplateItem action();
  TemplateItem comment();
  TemplateItem right();
  TemplateItem space();
  TemplateItem word();
  TemplateItem field(TemplateToken kind);
  TemplateItem quoted(char quote, TemplateToken kind, std::string_view what);
  TemplateItem number();
  bool scan_number() noexcept;
  bool trimmed_right(std::size_t at) const noexcept;
  bool at_right() const noexcept;
  bool at_terminator() const noexcept;
  char peek(std::size_t ahead = 0) const noexcept { return pos_ + ahead < input_.size() ? input_[pos_ + ahead] : '\0'; }
  void run(std::string_view set) noexcept;
  bool take(std::string_view set) noexcept;
  std::string rune() const;
  TemplateItem item(TemplateToken kind) noexcept;
  TemplateItem fail(std::string says);

  std::string_view input_;
  std::size_t pos_ = 0;
  std::size_t start_ = 0;
  std::size_t left_ = 0;  // of the action's `{{`
  int parens_ = 0;
  bool inside_ = false;
};

/// Whether a `number` is one; what is not certain passes.
bool is_template_number(std::string_view text);

}  // namespace corefile::go
