// SPDX-License-Identifier: Apache-2.0
#include "go/template_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "go/depth.hpp"
#include "go/expr_lexer.hpp"
#include "go/number.hpp"
#include "go/template_lexer.hpp"

namespace corefile::go {
namespace {

using Kind = Value::Kind;
using Token = TemplateToken;

constexpr int deepest = 100;
constexpr std::size_t longest = 65'536;  // of what is written

bool truth(const Value& value) {
  switch (value.kind) {
    case Kind::boolean:
      return value.boolean;
    case Kind::integer:
      return value.integer != 0;
    case Kind::floating:
      return value.floating != 0;
    case Kind::string:
      return !value.text.empty();
    case Kind::list:
      return !value.list.empty();
    case Kind::map:
      return !value.map.empty();
    default:
      return false;
  }
}

/// Go's own functions, as far as names and addresses need them.
std::optional<Value> index_of(std::span<const Value> given) {
  if (given.size() != 2) return Value::unknown();
  const Value& of = given[0];
  const Value& at = given[1];
  if (of.is(Kind::map) && at.is(Kind::string)) {
    const auto found = of.map.find(at.text);
    return found == of.map.end() ? Value::of(std::string()) : found->second;
  }
  if (!at.is(Kind::integer)) return {};
  const auto size = static_cast<std::int64_t>(of.is(Kind::string) ? of.text.size() : of.list.size());
  if (at.integer < 0 || at.integer >= size) return {};
  const auto place = static_cast<std::size_t>(at.integer);
  return of.is(Kind::string) ? Value::of(std::int64_t{static_cast<unsigned char>(of.text[place])}) : of.list[place];
}

// fmt.Sprintf with %s, %v, %d, %x, %q and widths of zeros.
std::optional<Value> printed(std::span<const Value> given) {
  if (given.empty() || !given[0].is(Kind::string)) return Value::unknown();
  std::string out;
  std::size_t next = 1;
  const std::string& format = given[0].text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      out += format[i];
      continue;
    }
    if (++i >= format.size()) return Value::unknown();
    if (format[i] == '%') {
      out += '%';
      continue;
    }
    std::string width;
    while (i < format.size() && ascii::is_digit(format[i])) width += format[i++];
    if (i >= format.size() || next >= given.size()) return Value::unknown();
    const Value& value = given[next++];
    std::string text = value.print();
    if (format[i] == 'x' && value.is(Kind::integer)) text = fmt::format("{:x}", value.integer);
    const bool fits = format[i] == 's' || format[i] == 'v' || ((format[i] == 'd' || format[i] == 'x') && value.is(Kind::integer));
    const auto wide = atoi(width.empty() ? "0" : width);
    if (!fits || !wide || *wide > 255) return Value::unknown();
    const char fill = width.starts_with('0') ? '0' : ' ';
    if (static_cast<std::int64_t>(text.size()) < *wide) text.insert(0, static_cast<std::size_t>(*wide) - text.size(), fill);
    out += text;
  }
  return Value::of(std::move(out));
}

std::optional<Value> compared(std::string_view name, std::span<const Value> given) {
  if (given.size() < 2) return {};
  if (name == "eq") return Value::of(std::any_of(given.begin() + 1, given.end(), [&](const Value& one) { return one == given[0]; }));
  if (name == "ne") return Value::of(!(given[0] == given[1]));
  const Value& a = given[0];
  const Value& b = given[1];
  int order = 0;
  if (a.is_number() && b.is_number()) {
    order = a.number() < b.number() ? -1 : a.number() > b.number() ? 1 : 0;
  } else if (a.is(Kind::string) && b.is(Kind::string)) {
    order = a.text.compare(b.text);
  } else {
    return {};
  }
  if (name == "lt") return Value::of(order < 0);
  if (name == "le") return Value::of(order <= 0);
  return Value::of(name == "gt" ? order > 0 : order >= 0);
}

std::optional<Value> own_function(std::string_view name, std::span<const Value> given) {
  if (name == "index") return index_of(given);
  if (name == "printf") return printed(given);
  if (name == "eq" || name == "ne" || name == "lt" || name == "le" || name == "gt" || name == "ge") return compared(name, given);
  if (name == "not") return given.size() == 1 ? std::optional(Value::of(!truth(given[0]))) : std::nullopt;
  if (name == "and" || name == "or") {
    for (const Value& one : given) {
      if (truth(one) == (name == "or")) return one;
    }
    return given.empty() ? std::nullopt : std::optional(given.back());
  }
  if (name == "len") {
    if (given.size() != 1) return {};
    const Value& of = given[0];
    if (of.is(Kind::string)) return Value::of(static_cast<std::int64_t>(of.text.size()));
    if (of.is(Kind::list)) return Value::of(static_cast<std::int64_t>(of.list.size()));
    return of.is(Kind::map) ? std::optional(Value::of(static_cast<std::int64_t>(of.map.size()))) : std::nullopt;
  }
  if (name == "print" || name == "println") {
    std::string out;
    for (const Value& one : given) out += one.print();
    return Value::of(name == "print" ? out : out + "\n");
  }
  return Value::unknown();
}

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
  const bool yes = truth(condition);
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
  std::optional<Value> value = own_function(name, given);
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
