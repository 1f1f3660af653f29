// SPDX-License-Identifier: Apache-2.0
#include "render/text.hpp"

#include <corefile/visible.hpp>

#include "base/utf8.hpp"

namespace corefile {
namespace {

constexpr std::size_t longest = 1000;
constexpr std::size_t head = 600;
constexpr std::size_t tail = 200;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

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
