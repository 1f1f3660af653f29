// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Colours of a terminal.
namespace corefile::ink {

enum class Ink : std::uint8_t { plain, strong, error, warning, info, frame, removed, added };

/// Appends text in a colour, or plain where colours are off.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  void put(std::string& out, Ink ink, std::string_view text) const {
    static constexpr std::array<std::string_view, 8> codes{"", "1", "1;31", "1;33", "1;36", "1;34", "31", "32"};
    if (!on_ || ink == Ink::plain || text.empty()) {
      out += text;
      return;
    }
    out += "\x1b[";
    out += codes[static_cast<std::size_t>(ink)];
    out += 'm';
    out += text;
    out += "\x1b[0m";
  }

 private:
  bool on_;
};

}  // namespace corefile::ink
