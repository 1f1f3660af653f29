// SPDX-License-Identifier: Apache-2.0
#include "go/template_functions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "go/number.hpp"

namespace corefile::go {
namespace {

using Kind = Value::Kind;

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

}  // namespace

std::optional<Value> template_function(std::string_view name, std::span<const Value> given) {
  if (name == "index") return index_of(given);
  if (name == "printf") return printed(given);
  if (name == "eq" || name == "ne" || name == "lt" || name == "le" || name == "gt" || name == "ge") return compared(name, given);
  if (name == "not") return given.size() == 1 ? std::optional(Value::of(!template_truth(given[0]))) : std::nullopt;
  if (name == "and" || name == "or") {
    for (const Value& one : given) {
      if (template_truth(one) == (name == "or")) return one;
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

bool template_truth(const Value& value) noexcept {
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

}  // namespace corefile::go
