// SPDX-License-Identifier: Apache-2.0
#include "go/template_run.hpp"

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "go/depth.hpp"
#include "go/expr_lexer.hpp"
#include "go/number.hpp"
#include "go/template_functions.hpp"
#include "go/template_lexer.hpp"

namespace corefile::go {
namespace {

using Kind = Value::Kind;
using Token = TemplateToken;

constexpr int deepest = 100;
constexpr std::size_t longest = 65'536;  // of what is written

/// Walks over the words; parts that are not taken are walked over without effect.
class Runner {
 public:
  Runner(std::string_view text, const Value& data, const TemplateCall& call) : data_(data), call_(call) {
    TemplateLexer lexer(text);
    while (true) {
      items_.push_back(lexer.next());
      if (items_.back().kind == Token::end || items_.back().kind == Token::error) break;
    }
    variables_.emplace_back("$", data);
  }

  TemplateResult run() {
    list(data_, true);
    if (now().kind != Token::end) give_up();
    return {std::move(out_), failed_, beyond_};
  }

 private:
  const TemplateItem& now() const { return items_[at_]; }
  void next() {
    if (at_ + 1 < items_.size()) ++at_;
  }
  void skip_space() {
    while (now().kind == Token::space) next();
  }
  void give_up() {
    beyond_ = true;
    at_ = items_.size() - 1;
  }
  Value fail(bool live) {
    if (live) {
      failed_ = true;
      at_ = items_.size() - 1;
    }
    return {};
  }
  bool stopped() const { return beyond_ || failed_; }
  bool at_keyword(std::string_view word) {
    if (now().kind != Token::left) return false;
    std::size_t i = at_ + 1;
    while (i < items_.size() && items_[i].kind == Token::space) ++i;
    return i < items_.size() && items_[i].keyword(word);
  }
  void take_keyword() {
    next();
    skip_space();
    next();
  }
  void expect_right() {
    skip_space();
    if (now().kind == Token::right) {
      next();
    } else if (!stopped()) {
      give_up();
    }
  }

  void list(const Value& dot, bool live);
  void action(const Value& dot, bool live);
  void choice(const Value& dot, bool live, bool with);
  Value pipeline(const Value& dot, bool live, bool& declares);
  Value command(const Value& dot, bool live, const Value* last);
  std::optional<Value> operand(const Value& dot, bool live);
  Value fields(Value value, bool live);
  Value call(std::string_view name, std::span<const Value> given, bool live);

  const Value& data_;
  const TemplateCall& call_;
  std::vector<TemplateItem> items_;
  std::vector<std::pair<std::string, Value>> variables_;
  std::string out_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false, beyond_ = false;
};

void Runner::list(const Value& dot, bool live) {
  const Level level(depth_, deepest);
  if (!level.fits()) return give_up();
  while (!stopped()) {
    if (now().kind == Token::text) {
      if (live) out_ += now().text;
      next();
    } else if (now().kind != Token::left || at_keyword("end") || at_keyword("else")) {
      return;
    } else {
      action(dot, live);
    }
    if (out_.size() > longest) give_up();
  }
}

void Runner::action(const Value& dot, bool live) {
  for (const std::string_view word : {"if", "with"}) {
    if (!at_keyword(word)) continue;
    take_keyword();
    return choice(dot, live, word == "with");
  }
  next();
  skip_space();
  if (now().kind == Token::keyword) return give_up();
  bool declares = false;
  const Value value = pipeline(dot, live, declares);
  if (live && !stopped() && !declares) {
    if (value.is(Kind::unknown)) give_up();
    out_ += value.print();
  }
  expect_right();
}

void Runner::choice(const Value& dot, bool live, bool with) {
  const Level level(depth_, deepest);
  if (!level.fits()) return give_up();
  const std::size_t scope = variables_.size();
  bool declares = false;
  const Value condition = pipeline(dot, live, declares);
  expect_right();
  if (live && condition.is(Kind::unknown)) return give_up();
  const bool yes = template_truth(condition);
  list(with ? condition : dot, live && yes);
  if (at_keyword("else")) {
    take_keyword();
    skip_space();
    if (now().keyword("if") || now().keyword("with")) {
      const bool inner = now().keyword("with");
      next();
      choice(dot, live && !yes, inner);
      variables_.resize(scope);
      return;
    }
    expect_right();
    list(dot, live && !yes);
  }
  if (!at_keyword("end")) {
    if (!stopped()) give_up();
    return;
  }
  take_keyword();
  expect_right();
  variables_.resize(std::min(scope, variables_.size()));
}

Value Runner::pipeline(const Value& dot, bool live, bool& declares) {
  skip_space();
  std::string name;
  if (now().kind == Token::variable) {
    std::size_t i = at_ + 1;
    while (i < items_.size() && items_[i].kind == Token::space) ++i;
    const bool declare = i < items_.size() && items_[i].kind == Token::declare;
    if (declare || (i < items_.size() && items_[i].kind == Token::assign)) {
      name = now().text;
      declares = true;
      at_ = i;
      next();
      if (!declare) return give_up(), Value::unknown();
    }
  }
  Value value = command(dot, live, nullptr);
  skip_space();
  while (!stopped() && now().kind == Token::pipe) {
    next();
    const Value last = std::move(value);
    value = command(dot, live, &last);
    skip_space();
  }
  if (declares) variables_.emplace_back(name, value);
  return value;
}

Value Runner::call(std::string_view name, std::span<const Value> given, bool live) {
  if (!live) return {};
  for (const Value& one : given) {
    if (one.is(Kind::unknown)) return one;
  }
  std::optional<Value> value = template_function(name, given);
  if (value && value->is(Kind::unknown)) value = call_ ? call_(name, given) : Value::unknown();
  return value ? std::move(*value) : fail(live);
}

Value Runner::command(const Value& dot, bool live, const Value* last) {
  skip_space();
  const bool function = now().kind == Token::identifier;
  // A method of the data takes what stands behind it.
  const bool method = now().kind == Token::field && now().text == ".Meta";
  const std::string name(function ? now().text : std::string_view("Meta"));
  if (function || method) {
    next();
    std::vector<Value> given;
    while (!stopped()) {
      skip_space();
      std::optional<Value> value = operand(dot, live);
      if (!value) break;
      given.push_back(std::move(*value));
    }
    if (last != nullptr) given.push_back(*last);
    if (name == "true" || name == "false") return Value::of(name == "true");
    return stopped() ? Value::unknown() : call(name, given, live);
  }
  std::optional<Value> value = operand(dot, live);
  skip_space();
  if (!value || last != nullptr) {
    give_up();
    return Value::unknown();
  }
  return std::move(*value);
}

Value Runner::fields(Value value, bool live) {
  while (!stopped() && now().kind == Token::field) {
    const std::string_view name = now().text.substr(1);
    next();
    if (!live || value.is(Kind::unknown)) continue;
    if (!value.is(Kind::map)) return fail(live);
    const auto found = value.map.find(name);
    // A map of Go's gives nothing for keys it lacks, a struct fails.
    if (found == value.map.end()) {
      const bool structure = value.map.contains("Question");
      value = structure ? Value::unknown() : Value{};
      continue;
    }
    Value inner = found->second;
    value = std::move(inner);
  }
  return value;
}

std::optional<Value> Runner::operand(const Value& dot, bool live) {
  const Level level(depth_, deepest);
  if (!level.fits()) {
    give_up();
    return {};
  }
  const TemplateItem item = now();
  switch (item.kind) {
    case Token::dot:
      next();
      return dot;
    case Token::field:
      return fields(dot, live);
    case Token::variable: {
      next();
      const auto found = std::find_if(variables_.rbegin(), variables_.rend(), [&](const auto& one) { return one.first == item.text; });
      return fields(found == variables_.rend() ? Value::unknown() : found->second, live);
    }
    case Token::boolean:
      next();
      return Value::of(item.text == "true");
    case Token::number: {
      next();
      const auto whole = atoi(item.text);
      return whole ? Value::of(*whole) : Value::unknown();
    }
    case Token::string: {
      next();
      std::optional<std::string> text = plain_expr_string(item.text);
      return text ? Value::of(std::move(*text)) : Value::unknown();
    }
    case Token::raw_string:
      next();
      return Value::of(std::string(item.text.substr(1, item.text.size() - 2)));
    case Token::open: {
      next();
      bool declares = false;
      Value value = pipeline(dot, live, declares);
      skip_space();
      if (now().kind != Token::close) {
        give_up();
        return {};
      }
      next();
      return fields(std::move(value), live);
    }
    default:
      return {};
  }
}

}  // namespace

TemplateResult run_template(std::string_view text, const Value& data, const TemplateCall& call) { return Runner(text, data, call).run(); }

}  // namespace corefile::go
