// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

namespace corefile::app {
namespace {

constexpr std::string_view gap = "\xE2\x80\x8B";  // U+200B, no width

}  // namespace

std::string tame_log(std::string_view text) {
  if (text.find("##[") == std::string_view::npos && text.find("::") == std::string_view::npos) return std::string(text);
  const bool json = text.starts_with('{') || text.starts_with('[');
  std::string out;
  bool line_begins = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("##[")) {
      out += json ? "#\\u0023" : std::string("##") + std::string(gap);
      ++i;
      line_begins = false;
      continue;
    }
    if (line_begins && rest.starts_with("::")) {
      out += ':';
      out += gap;
      line_begins = false;
      continue;
    }
    out += text[i];
    line_begins = text[i] == '\n' || (line_begins && (text[i] == ' ' || text[i] == '\t'));
  }
  return out;
}

}  // namespace corefile::app
