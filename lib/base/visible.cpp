// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/visible.hpp>

#include "base/utf8.hpp"

namespace corefile {

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

}  // namespace corefile
