// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace corefile::go {

/// A value of Go's `any`, as expressions and templates hand it around.
struct Value {
  enum class Kind : std::uint8_t {
    unknown,  ///< this library does not know it
    nil,
    boolean,
    integer,
    floating,
    string,
    list,
    map
  } kind = Kind::nil;
  bool boolean = false;
  std::int64_t integer = 0;
  double floating = 0;
  std::string text{};
  std::vector<Value> list{};
  std::map<std::string, Value, std::less<>> map{};

  static Value of(bool value) { return {.kind = Kind::boolean, .boolean = value}; }
  static Value of(std::int64_t value) { return {.kind = Kind::integer, .integer = value}; }
  static Value of(double value) { return {.kind = Kind::floating, .floating = value}; }
  static Value of(std::string value) { return {.kind = Kind::string, .text = std::move(value)}; }
  static Value unknown() { return {.kind = Kind::unknown}; }
  bool is(Kind wanted) const noexcept { return kind == wanted; }
  bool is_number() const noexcept { return kind == Kind::integer || kind == Kind::floating; }
  double number() const noexcept { return kind == Kind::integer ? static_cast<double>(integer) : floating; }
  /// As fmt.Print writes it.
  std::string print() const;
  bool operator==(const Value& other) const;
};

}  // namespace corefile::go
