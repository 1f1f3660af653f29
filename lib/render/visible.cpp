// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/render.hpp>

#include "render/text.hpp"
#include "source/utf8.hpp"

namespace corefile {
namespace {

constexpr std::size_t longest = 1000;
constexpr std::size_t head = 600;
constexpr std::size_t tail = 200;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const auto other = std::find_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; });
    out.append(text.begin(), other);
    text.remove_prefix(static_cast<std::size_t>(other - text.begin()));
    if (text.empty()) return out;
    const utf8::Rune rune = utf8::decode(text);
    const char32_t c = rune.value;
    // C0 and C1 controls, DEL, bidirectional marks and overrides, line separators, tags: they would act on the terminal, or
    // are there and not seen.
    const bool acts = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
                      (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD || c == 0x61C || c == 0x180E ||
                      (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
    if (!rune.valid) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    } else if (!acts) {
      out.append(text.substr(0, rune.size));
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c < 0x80) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
    }
    text.remove_prefix(rune.size);
  }
}

std::string render::shown(std::string_view text) {
  if (text.size() <= longest) return visible(text);
  std::size_t first = head;
  std::size_t last = text.size() - tail;
  for (int i = 0; i < 3 && continues(text[first]); ++i) --first;
  for (int i = 0; i < 3 && continues(text[last]); ++i) ++last;
  return visible(text.substr(0, first)) + "…" + visible(text.substr(last));
}

std::vector<std::string> render::wrapped(const std::string& text, std::size_t columns) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    // A word, or several between backquotes, and the space before it.
    std::size_t end = begin;
    std::size_t width = 0;
    for (bool quoted = false; end < text.size() && (end == begin || text[end] != ' ' || quoted);) {
      if (text[end] == '`') quoted = !quoted;
      const utf8::Rune rune = utf8::decode(std::string_view(text).substr(end));
      width += static_cast<std::size_t>(utf8::width(rune.value));
      end += rune.size;
    }
    if (used > 0 && columns > 0 && used + width > columns) {
      lines.emplace_back();
      used = 0;
      if (text[begin] == ' ') ++begin;
    }
    lines.back() += text.substr(begin, end - begin);
    used += width;
    begin = end;
  }
  return lines;
}

}  // namespace corefile
