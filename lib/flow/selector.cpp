// SPDX-License-Identifier: Apache-2.0
#include "flow/selector.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace corefile::flow_detail {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// At commas outside parentheses.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || (text[i] == ',' && depth == 0)) {
      if (const std::string_view part = trimmed(text.substr(begin, i - begin)); !part.empty()) parts.push_back(part);
      begin = i + 1;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')') {
      --depth;
    }
  }
  return parts;
}

std::optional<std::string_view> value_of(const Cluster::Labels& labels, std::string_view key) {
  const auto found = labels.find(key);
  return found == labels.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

bool among(std::string_view list, std::optional<std::string_view> value) {
  if (!value) return false;
  const std::vector<std::string_view> words = split(list);
  return std::find(words.begin(), words.end(), *value) != words.end();
}

bool holds(std::string_view part, const Cluster::Labels& labels) {
  if (const std::size_t unequal = part.find("!="); unequal != std::string_view::npos) {
    return value_of(labels, trimmed(part.substr(0, unequal))) != trimmed(part.substr(unequal + 2));
  }
  if (const std::size_t equal = part.find('='); equal != std::string_view::npos) {
    std::string_view value = part.substr(equal + 1);
    if (value.starts_with('=')) value.remove_prefix(1);
    return value_of(labels, trimmed(part.substr(0, equal))) == trimmed(value);
  }
  if (const std::size_t open = part.find('('); open != std::string_view::npos && part.ends_with(')')) {
    const std::string_view head = trimmed(part.substr(0, open));
    const std::string_view list = part.substr(open + 1, part.size() - open - 2);
    const std::string_view key = head.substr(0, head.find(' '));
    const bool in = among(list, value_of(labels, key));
    return head.ends_with(" notin") ? !in : in;
  }
  if (part.starts_with('!')) return !value_of(labels, trimmed(part.substr(1)));
  return value_of(labels, part).has_value();
}

}  // namespace

std::optional<Cluster::Labels> labels_for(std::string_view selector) {
  Cluster::Labels labels;
  for (const std::string_view part : split(selector)) {
    if (part.starts_with('!') || part.find("!=") != std::string_view::npos) continue;
    const std::size_t end = std::min(part.find_first_of(" =("), part.size());
    std::string_view value = part.substr(end);
    if (const std::size_t open = value.find('('); open != std::string_view::npos) {
      const std::vector<std::string_view> words = split(value.substr(open + 1, value.size() - open - 2));
      if (trimmed(value.substr(0, open)) != "in" || words.empty()) continue;
      value = words.front();
    } else {
      value.remove_prefix(std::min(value.find_first_not_of(" ="), value.size()));
    }
    labels.emplace(part.substr(0, end), trimmed(value));
  }
  return selector_matches(selector, labels) ? std::optional(std::move(labels)) : std::nullopt;
}

bool selector_matches(std::string_view selector, const Cluster::Labels& labels) {
  const std::vector<std::string_view> parts = split(selector);
  return std::all_of(parts.begin(), parts.end(), [&labels](std::string_view part) { return holds(part, labels); });
}

}  // namespace corefile::flow_detail
