// SPDX-License-Identifier: Apache-2.0
#include "go/value.hpp"

#include <fmt/format.h>

namespace corefile::go {

std::string Value::print() const {
  switch (kind) {
    case Kind::unknown:
      return {};
    case Kind::nil:
      return "<no value>";
    case Kind::boolean:
      return boolean ? "true" : "false";
    case Kind::integer:
      return std::to_string(integer);
    case Kind::floating:
      return fmt::format("{}", floating);
    case Kind::string:
      return text;
    case Kind::list: {
      std::string out = "[";
      for (const Value& one : list) out += fmt::format("{}{}", out.size() == 1 ? "" : " ", one.text);
      return out + "]";
    }
    case Kind::map: {
      std::string out = "map[";
      for (const auto& [key, one] : map) out += fmt::format("{}{}:{}", out.size() == 4 ? "" : " ", key, one.text);
      return out + "]";
    }
  }
  return {};
}

bool Value::operator==(const Value& other) const {
  if (is_number() && other.is_number()) return number() == other.number();
  if (kind != other.kind) return false;
  switch (kind) {
    case Kind::boolean:
      return boolean == other.boolean;
    case Kind::string:
      return text == other.text;
    case Kind::list:
      return list == other.list;
    case Kind::map:
      return map == other.map;
    default:
      return true;
  }
}

}  // namespace corefile::go
