// SPDX-License-Identifier: Apache-2.0
#include "lint/key_mistake.hpp"

#include <algorithm>

#include "base/byte_set.hpp"
#include "go/net.hpp"
#include "lint/misread.hpp"
#include "plugins/facts.hpp"

namespace corefile {
namespace {

/// `local` is also a name that people serve.
bool is_plugin_line(const Word& key) { return !key.quoted && parse_plugin(key.text) != Plugin::local && is_stock_plugin(key.text); }

/// What stands behind a key of YAML whose text follows.
bool is_block_scalar(std::string_view text) noexcept {
  return text.size() <= 2 && (text.starts_with('|') || text.starts_with('>')) && (text.size() == 1 || text[1] == '-' || text[1] == '+');
}

bool has_unknown_plugin(ServerBlock block) {
  for (const Directive directive : block.directives()) {
    if (!directive.name_word().unknown && !is_stock_plugin(directive.plugin())) return true;
  }
  return false;
}

}  // namespace

KeyMistake key_mistake_of(ServerBlock block) noexcept {
  const std::span<const Word> keys = block.keys();
  if (keys.empty() || keys.front().quoted) return KeyMistake::none;
  for (const Word& key : keys) {
    if (key.text.find("\\n") != std::string_view::npos) return KeyMistake::literal_newline;
  }
  const std::string_view first = keys.front().text;
  if (first.find_first_not_of('}') == std::string_view::npos && !first.empty()) return KeyMistake::closing_brace;
  if (first.starts_with('(')) return KeyMistake::label;
  if (first.size() > 1 && first.ends_with(':') && keys.size() == 2 && is_block_scalar(keys.back().text)) return KeyMistake::yaml_key;
  for (const Word& key : keys) {
    const std::string_view sign = foreign_comment(key.text);
    if (!sign.empty() && (sign != "--" || key.text.size() == 2)) return KeyMistake::comment;
  }
  // One line of words that are no zones, behind the last block.
  const bool bare = block.index > 0 && block.directives().empty() && !has_braces(block);
  if (bare && !keys.front().unknown && !is_no_plugin_name(keys.front())) return KeyMistake::stray_directive;
  if (is_plugin_line(keys.front()) && (!has_braces(block) || has_unknown_plugin(block))) return KeyMistake::stray_directive;
  return KeyMistake::none;
}

bool has_odd_key(ServerBlock block) noexcept {
  static constexpr ByteSet usual("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./*");
  for (const Word& key : block.keys()) {
    if (key.bare != 0 || key.unknown != 0) continue;
    std::string_view text = key.text;
    if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
    if (const std::size_t colon = text.rfind(':');
        colon != std::string_view::npos && text.find_first_not_of("0123456789", colon + 1) == std::string_view::npos)
      text = text.substr(0, colon);
    if (std::any_of(text.begin(), text.end(), [](char c) { return !usual.has(c); })) return true;
    if (!text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos && go::parse_ip(text)) return true;
  }
  return false;
}

bool has_braces(ServerBlock block) noexcept { return block.braces() || block.keys().empty() || block.fragment(); }

bool is_no_plugin_name(const Word& word) noexcept {
  return !word.unknown && !word.quoted && word.text.find_first_of(".:/()") != std::string_view::npos &&
         foreign_comment(word.text).empty() && foreign_punctuation(word.text) == '\0';
}

const Word* key_as_directive(ServerBlock block) noexcept {
  if (block.fragment() || block.dropped() || has_braces(block)) return nullptr;
  for (const Directive directive : block.directives()) {
    if (is_no_plugin_name(directive.name_word())) return &directive.name_word();
  }
  return nullptr;
}

std::string says(Release release, std::string_view words) {
  std::string out = "CoreDNS " + to_string(release) + " says: ";
  // A word that was swallowed with its lines is quoted by its first one.
  const std::size_t end = words.find('\n');
  out += words.substr(0, end);
  if (end == std::string_view::npos) return out;
  const std::size_t rest = words.rfind('\'');
  return out + "…" + std::string(rest > end && rest != std::string_view::npos ? words.substr(rest) : std::string_view{});
}

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace corefile
