// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/manifest.hpp>

#include "base/ascii.hpp"
#include "manifest/describe.hpp"
#include "manifest/terraform.hpp"

namespace corefile {
namespace {

constexpr std::size_t looked_at = 4096;

bool has_ending(std::string_view name, std::string_view ending) noexcept {
  return name.size() > ending.size() && ascii::same_letters(name.substr(name.size() - ending.size()), ending);
}

// `word:` at the begin of a line, with nothing or a blank behind the colon.
bool is_key(std::string_view line, std::string_view word) noexcept {
  if (line.starts_with('"') && line.substr(1).starts_with(word) && line.substr(1 + word.size()).starts_with("\":")) return true;
  return line.starts_with(word) && line.size() > word.size() && line[word.size()] == ':' &&
         (line.size() == word.size() + 1 || ascii::is_blank(line[word.size() + 1]));
}

bool is_any_key(std::string_view line) noexcept {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  const std::string_view word = line.substr(0, colon);
  return word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-\"'") == std::string_view::npos &&
         is_key(line, word);
}

// Lines of a template engine stand outside of what they make.
bool is_skipped(std::string_view line) noexcept {
  return line.empty() || line.starts_with('#') || line.starts_with("{{") || line.starts_with("{%") || line.starts_with("%YAML") ||
         line.starts_with("%TAG");
}

bool begins_document(std::string_view line) noexcept { return line == "---" || line.starts_with("--- "); }

}  // namespace

bool looks_like_manifest(std::string_view name, std::string_view text) noexcept {
  if (has_ending(name, ".yaml") || has_ending(name, ".yml") || has_ending(name, ".json")) return true;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (has_ending(name, ".tf") || has_ending(name, ".tofu")) return manifest_detail::is_terraform(text);
  if (manifest_detail::is_description(text)) return true;
  text = text.substr(0, looked_at);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  if (text[first] == '{') {
    const std::size_t second = text.find_first_not_of(" \t\r\n", first + 1);
    if (second != std::string_view::npos && text[second] == '"') return text.find("\"apiVersion\"") != std::string_view::npos;
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.back() == '\r' || ascii::is_blank(line.back()))) line.remove_suffix(1);
    if (line.starts_with('.')) return false;  // as most Corefiles begin, and no key does
    if (is_skipped(line)) continue;
    const std::string_view written = line.substr(line.find_first_not_of(' '));
    if (begins_document(line) || is_key(written, "apiVersion") || is_key(line, "kind")) return true;
    const bool inner = ascii::is_blank(line.front()) || line.front() == '-';
    if (!inner && !is_any_key(line)) return false;
  }
  return false;
}

}  // namespace corefile
