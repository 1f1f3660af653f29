// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "go/depth.hpp"
#include "go/template_lexer.hpp"
#include "go/text_template.hpp"

/// Reads a template to its first fault.
namespace corefile::go::templates {

using Token = TemplateToken;
using Item = TemplateItem;

// What is nested deeper is taken as it is. Go's own bound is 10000.
inline constexpr int deepest = 500;

enum class Stop : std::uint8_t { end, otherwise };

class Parser {
 public:
  Parser(std::string_view name, std::string_view text, std::span<const std::string_view> functions)
      : name_(name), text_(text), lexer_(text), functions_(functions) {}

  std::optional<TemplateFault> run();

 private:
  struct Scope {
    std::vector<std::string_view> variables{"$"};
    int ranges = 0;
  };

  Item next();
  void back(Item item) { pending_.push_back(std::move(item)); }
  const Item& peek();
  Item next_word();
  const Item& peek_word();

  /// Nothing but the end is left to read.
  void stop();
  void fail(const Item& at, std::string message, std::string says, std::string_view function = {});
  void unexpected(const Item& item, std::string_view context);
  Item expect(Token kind, std::string_view context);
  void record(std::string_view template_name, bool empty, const Item& at);
  bool knows_function(std::string_view name) const noexcept;
  bool knows_variable(std::string_view name) const noexcept;

  Stop list(const Item& opener, std::string_view what, bool& empty);
  std::optional<Stop> text_or_action(bool& empty);
  std::optional<Stop> action(const Item& left);
  std::optional<Stop> keyword_action(const Item& keyword);
  void control(const Item& keyword);
  void call_template();
  void inner_template(const Item& keyword, std::string_view context, bool with_pipeline);
  bool is_name(const Item& name, std::string_view context);
  void jump(const Item& keyword);
  void pipeline(std::string_view context, Token end);
  void declarations(std::string_view context);
  Token command();
  std::optional<Token> operand();
  std::optional<Token> term();

  std::string_view name_;
  std::string_view text_;
  TemplateLexer lexer_;
  std::span<const std::string_view> functions_;
  std::vector<Item> pending_;
  Scope scope_;
  std::map<std::string, bool, std::less<>> defined_;  // and whether it is empty
  std::optional<TemplateFault> fault_;
  bool stopped_ = false;
  int depth_ = 0;
};

}  // namespace corefile::go::templates
