// SPDX-License-Identifier: Apache-2.0
#include "texts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/utf8.hpp"

namespace corefile::app {
namespace {

constexpr std::size_t looked_at = 1024;
constexpr std::string_view utf16 = "is UTF-16, which CoreDNS does not read; save it as UTF-8";

// Every other byte of what people write in it is NUL.
bool is_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  if (text.find('\0') == std::string_view::npos) return false;
  std::array<std::size_t, 2> nuls{};
  for (std::size_t i = 0; i < text.size(); ++i) nuls[i % 2] += text[i] == '\0' ? 1 : 0;
  const std::size_t most = std::max(nuls[0], nuls[1]);
  return text.size() >= 16 && most * 4 > text.size() && std::min(nuls[0], nuls[1]) * 16 < most;
}

// Text in another encoding has bytes that are not UTF-8, and no control characters; what is compressed has both.
bool is_binary(std::string_view text) {
  std::size_t controls = 0;
  std::size_t invalid = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const utf8::Rune rune = utf8::decode(rest);
    const char c = rest.front();
    if (!rune.valid) ++invalid;
    if (rune.valid && rune.value < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1b') ++controls;
    rest.remove_prefix(rune.size);
  }
  return controls >= 8 && (controls + invalid) * 8 > text.size();
}

bool is_log(std::string_view line) {
  constexpr std::array levels{"[INFO] ", "[WARNING] ", "[ERROR] ", "[DEBUG] ", "[FATAL] ", "[PANIC] "};
  if (std::any_of(levels.begin(), levels.end(), [line](const char* level) { return line.find(level) != std::string_view::npos; }))
    return true;
  return line.find(" - Error during parsing: ") != std::string_view::npos ||
         (line.starts_with("plugin/") && line.find(": ") != std::string_view::npos);
}

bool is_table(std::string_view line) { return line.starts_with("NAME ") && line.find(" DATA ") != std::string_view::npos; }

}  // namespace

std::string_view evidently_else(std::string_view text) noexcept {
  text = text.substr(0, looked_at);
  if (is_utf16(text)) return utf16;
  if (is_binary(text)) return "is a binary file, not a Corefile";
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.ends_with('{') || line.starts_with('#')) return {};
  if (is_log(line)) return "is a line of CoreDNS's log, not a Corefile; what it speaks of is the Corefile to check";
  if (is_table(line)) return "is kubectl's table, without the Corefile; `-o yaml` has it: kubectl get configmap coredns -o yaml";
  return {};
}

}  // namespace corefile::app
