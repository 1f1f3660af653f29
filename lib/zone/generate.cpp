// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/number.hpp"
#include "zone/parser.hpp"

/// miekg/dns, generate.go, generateReader.
namespace corefile::zone {
namespace {

struct Modifier {
  char base = 'd';
  std::int64_t offset = 0;
  std::size_t width = 0;
  std::string_view error{};
};

// modToPrintf: `OFFSET[,WIDTH[,BASE]]`.
Modifier parse_modifier(std::string_view text) {
  Modifier out;
  const auto cut = [&text](bool& found) {
    const std::size_t comma = text.find(',');
    found = comma != std::string_view::npos;
    const std::string_view part = text.substr(0, comma);
    text = found ? text.substr(comma + 1) : std::string_view();
    return part;
  };
  bool has_width = false;
  bool has_base = false;
  bool more = false;
  const std::string_view offset_text = cut(has_width);
  const std::string_view width_text = cut(has_base);
  const std::string_view base = cut(more);
  if (more) return {'d', 0, 0, "bad modifier in $GENERATE"};
  if (has_base) {
    if (base != "o" && base != "d" && base != "x" && base != "X") return {'d', 0, 0, "bad base in $GENERATE"};
    out.base = base.front();
  }
  const auto offset = go::atoi(offset_text);
  if (!offset) return {'d', 0, 0, "bad offset in $GENERATE"};
  out.offset = *offset;
  if (has_width) {
    const auto width = go::parse_uint(width_text, 8);
    if (!width) return {'d', 0, 0, "bad width in $GENERATE"};
    out.width = static_cast<std::size_t>(*width);
  }
  return out;
}

std::string format_number(std::int64_t value, const Modifier& modifier) {
  switch (modifier.base) {
    case 'o':
      return fmt::format("{:0{}o}", value, modifier.width);
    case 'x':
      return fmt::format("{:0{}x}", value, modifier.width);
    case 'X':
      return fmt::format("{:0{}X}", value, modifier.width);
    default:
      return fmt::format("{:0{}}", value, modifier.width);
  }
}

class Expansion {
 public:
  Expansion(std::string_view text, std::int64_t start, std::int64_t stop) : text_(text), start_(start), stop_(stop) {}

  // One turn. False: an error.
  bool turn(std::int64_t current, Generated& out) {
    for (std::size_t at = 0; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '\\') {
        if (escaped_) out.text += c;
        escaped_ = !escaped_;
      } else if (c == '$') {
        if (escaped_) {
          escaped_ = false;
          out.text += c;
        } else if (!dollar(current, at, out)) {
          return false;
        }
      } else if (escaped_) {
        escaped_ = false;  // what is escaped is left out
      } else {
        out.text += c;
      }
    }
    out.text += '\n';
    return true;
  }

 private:
  bool dollar(std::int64_t current, std::size_t& at, Generated& out) {
    const std::string_view behind = text_.substr(at + 1);
    if (behind.starts_with('$')) {
      out.text += '$';
      ++at;
      return true;
    }
    if (!behind.starts_with('{')) {
      out.text += std::to_string(current);
      return true;
    }
    const std::size_t close = behind.find('}');
    const auto fail = [&](std::string_view what, std::size_t to) {
      out.error = what;
      out.from = at;
      out.to = to;
      return false;
    };
    if (close == std::string_view::npos) return fail("bad modifier in $GENERATE", text_.size());
    const Modifier modifier = parse_modifier(behind.substr(1, close - 1));
    const std::size_t end = at + 1 + close + 1;
    if (!modifier.error.empty()) return fail(modifier.error, end);
    constexpr std::int64_t most = (std::int64_t{1} << 31) - 1;
    constexpr std::int64_t far = std::int64_t{1} << 40;
    const bool huge = modifier.offset > far || modifier.offset < -far;
    if (huge || start_ < -modifier.offset || stop_ > most - modifier.offset) return fail("bad offset in $GENERATE", end);
    out.text += format_number(current + modifier.offset, modifier);
    at = end - 1;
    return true;
  }

  std::string_view text_;
  std::int64_t start_, stop_;
  bool escaped_ = false;
};

}  // namespace

Generated generate_text(std::string_view text, std::int64_t start, std::int64_t stop, std::int64_t step, std::size_t most) {
  Generated out;
  Expansion expansion(text, start, stop);
  for (std::int64_t current = start; current <= stop; current += step) {
    if (!expansion.turn(current, out)) break;
    if (out.text.size() > most) {
      out.too_large = true;
      break;
    }
    if (current > stop - step) break;
  }
  return out;
}

}  // namespace corefile::zone
