// SPDX-License-Identifier: Apache-2.0
#include "manifest/plain.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "go/number.hpp"

namespace corefile::manifest_detail {
namespace {

// go-yaml v2, which kubectl reads with, resolve.go: YAML 1.1's words.
constexpr std::array<std::string_view, 22> booleans{"y",  "Y",  "yes", "Yes", "YES", "on",   "On",   "ON",   "n",     "N",     "no",
                                                    "No", "NO", "off", "Off", "OFF", "true", "True", "TRUE", "false", "False", "FALSE"};

bool is_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF" || text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  if (text.empty() || text.size() > 64 || text.find_first_of("0123456789") > 1) return false;
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c != '_'; });
  const char* const end = digits.data() + digits.size();
  const int base = digits.starts_with("0x") ? 16 : digits.starts_with("0o") ? 8 : digits.starts_with("0b") ? 2 : 10;
  if (base != 10) {
    unsigned long long value = 0;
    return std::from_chars(digits.data() + 2, end, value, base).ptr == end && digits.size() > 2;
  }
  return go::is_decimal(digits);
}

}  // namespace

std::string_view not_text_because(const Node& node, std::string_view text) noexcept {
  switch (node.kind) {
    case Node::Kind::map:
      return "a map";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::null:
    case Node::Kind::alias:
      return "null";
    case Node::Kind::scalar:
      break;
  }
  if (node.tag != Node::Tag::plain) return {};
  if (std::find(booleans.begin(), booleans.end(), text) != booleans.end()) return "a boolean";
  return is_number(text) ? "a number" : std::string_view();
}

}  // namespace corefile::manifest_detail
