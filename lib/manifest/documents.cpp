// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/ascii.hpp"
#include "manifest/tree.hpp"

namespace corefile::manifest_detail {
namespace {

bool begins_line(std::string_view text, std::size_t at) noexcept { return at == 0 || text[at - 1] == '\n'; }

bool begins_document(std::string_view text, std::size_t at) noexcept {
  return begins_line(text, at) && (at + 3 == text.size() || std::string_view(" \t\r\n").find(text[at + 3]) != std::string_view::npos);
}

// The end of a quoted scalar that begins and ends on one line; `at` itself where none surely begins there.
std::size_t behind_quoted(std::string_view text, std::size_t at) noexcept {
  std::size_t before = at;
  while (before > 0 && ascii::is_blank(text[before - 1])) --before;
  const char left = before == 0 ? '\n' : text[before - 1];
  const bool begins = left == '\n' || left == '[' || left == '{' || left == ',' || (left == ':' && before < at);
  if (!begins) return at;
  for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == text[at]) return i;
    if (text[at] == '"' && text[i] == '\\') ++i;
  }
  return at;
}

}  // namespace

std::optional<std::uint32_t> too_deep(std::string_view text) noexcept {
  const auto opened = [text](char bracket) { return std::count(text.begin(), text.end(), bracket); };
  if (opened('[') + opened('{') <= max_flow_depth) return {};
  std::uint32_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' || text[i] == '\'') i = behind_quoted(text, i);
    if (text[i] == '[' || text[i] == '{') {
      if (++depth > max_flow_depth) return static_cast<std::uint32_t>(i);
    } else if ((text[i] == ']' || text[i] == '}') && depth > 0) {
      --depth;
    }
  }
  return {};
}

std::vector<Span> split_documents(std::string_view text) {
  std::vector<Span> parts;
  std::uint32_t begin = 0;
  for (std::size_t at = text.find("---"); at != std::string_view::npos; at = text.find("---", at + 3)) {
    if (!begins_document(text, at)) continue;
    if (at > begin) parts.push_back({begin, static_cast<std::uint32_t>(at)});
    begin = static_cast<std::uint32_t>(at);
  }
  if (begin < text.size()) parts.push_back({begin, static_cast<std::uint32_t>(text.size())});
  return parts;
}

}  // namespace corefile::manifest_detail
