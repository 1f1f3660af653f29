// SPDX-License-Identifier: Apache-2.0
#include "render/json_text.hpp"

#include <fmt/format.h>

#include <corefile/visible.hpp>
#include <cstdint>

#include "base/utf8.hpp"
#include "render/text.hpp"

namespace corefile::render {
namespace {

// What `visible` would change, as JSON's own escapes: the same text, and nothing for a terminal to act on.
std::string escaped(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  while (!json.empty()) {
    const std::uint32_t size = utf8::decode(json).size;
    char32_t rune = utf8::decode(json).value;
    const std::string_view bytes = json.substr(0, size);
    json.remove_prefix(size);
    if ((size == 1 && rune != 0x7F) || visible(bytes) == bytes) {
      out += bytes;
      continue;
    }
    if (rune >= 0x10000) {
      rune -= 0x10000;
      out += fmt::format("\\u{:04x}", 0xD800 + static_cast<unsigned>(rune >> 10));
      rune = 0xDC00 + (rune & 0x3FF);
    }
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(rune));
  }
  return out;
}

}  // namespace

std::string words(std::string_view text) {
  std::string out;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    out += shown(text.substr(0, end)) + '\n';
    text.remove_prefix(end + 1);
  }
  return out + shown(text);
}

std::string exact(std::string_view text) { return utf8::valid(text) ? std::string(text) : visible(text); }

std::string base64(std::string_view bytes) {
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : digits[group >> (18 - 6 * k) & 63];
  }
  return out;
}

std::string dump(const Json& value, int indent) { return escaped(value.dump(indent, ' ', false, Json::error_handler_t::replace)); }

}  // namespace corefile::render
