// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

namespace corefile::app {
namespace {

constexpr std::string_view gap = "\xE2\x80\x8B";  // U+200B, no width

}  // namespace

std::string tame_log(std::string_view report) {
  if (report.find("##[") == std::string_view::npos && report.find("::") == std::string_view::npos) return std::string(report);
  std::string out;
  bool line_begins = true;
  for (std::size_t i = 0; i < report.size(); ++i) {
    const std::string_view rest = report.substr(i);
    const bool command = line_begins && rest.starts_with("::");
    out += report[i];
    line_begins = report[i] == '\n' || (line_begins && (report[i] == ' ' || report[i] == '\t'));
    if (command) out += gap;
    if (rest.starts_with("##[")) (out += report[++i]) += gap;
  }
  return out;
}

std::string tame_json(std::string json) {
  for (std::size_t at = json.find("##["); at != std::string::npos; at = json.find("##[", at)) json.replace(at, 2, "#\\u0023");
  return json;
}

}  // namespace corefile::app
