// SPDX-License-Identifier: Apache-2.0
#include "glob.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.hpp"

namespace corefile::app {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_control(char c) { return (c >= 0 && c < ' ') || c == 0x7F; }
bool is_graphic(char c) { return c > ' ' && c < 0x7F; }
bool is_printed(char c) { return c >= ' ' && c < 0x7F; }
bool is_punctuation(char c) { return is_graphic(c) && !ascii::is_alnum(c); }

struct Class {
  std::string_view name;
  bool (*has)(char);
};
constexpr std::array<Class, 12> classes{{{"alnum", ascii::is_alnum},
                                         {"alpha", ascii::is_letter},
                                         {"blank", ascii::is_blank},
                                         {"cntrl", is_control},
                                         {"digit", ascii::is_digit},
                                         {"graph", is_graphic},
                                         {"lower", ascii::is_lower},
                                         {"print", is_printed},
                                         {"punct", is_punctuation},
                                         {"space", is_space},
                                         {"upper", ascii::is_upper},
                                         {"xdigit", ascii::is_hex_digit}}};

/// A set in brackets, read up to its end.
class Set {
 public:
  explicit Set(std::string_view pattern) : pattern_(pattern) {}

  /// How many bytes it takes where `c` is in it, 0 where it is not or this is no set.
  std::size_t take(char c) {
    const bool negative = looks_at('!') || looks_at('^');
    if (negative) ++at_;
    bool found = false;
    for (bool first = true; first || !looks_at(']'); first = false) {
      const auto has = item(c);
      if (!has) return 0;
      found = found || *has;
    }
    return found != negative ? at_ + 1 : 0;
  }

 private:
  bool looks_at(char c) const { return at_ < pattern_.size() && pattern_[at_] == c; }

  std::optional<bool> item(char c) {
    if (pattern_.substr(std::min(at_, pattern_.size())).starts_with("[:")) {
      if (const std::size_t end = pattern_.find(']', at_ + 2); end != std::string_view::npos && pattern_[end - 1] == ':' && end > at_ + 2)
        return named(end, c);
    }
    const auto low = literal();
    if (!low) return {};
    if (!looks_at('-') || at_ + 1 >= pattern_.size() || pattern_[at_ + 1] == ']') return *low == c;
    ++at_;
    const auto high = literal();
    if (!high) return {};
    const auto byte = [](char of) { return static_cast<unsigned char>(of); };
    return byte(*low) <= byte(c) && byte(c) <= byte(*high);
  }

  std::optional<bool> named(std::size_t end, char c) {
    const std::string_view name = pattern_.substr(at_ + 2, end - at_ - 3);
    at_ = end + 1;
    for (const Class& one : classes) {
      if (one.name == name) return one.has(c);
    }
    return {};
  }

  std::optional<char> literal() {
    if (looks_at('\\')) ++at_;
    if (at_ >= pattern_.size()) return {};
    return pattern_[at_++];
  }

  std::string_view pattern_;  ///< from the bracket on
  std::size_t at_ = 1;
};

/// How many bytes of the pattern, which begins with something else than `*`, mean `c`. 0: it means another one.
std::size_t take(std::string_view pattern, char c) {
  switch (pattern.front()) {
    case '?':
      return 1;
    case '[':
      return Set(pattern).take(c);
    case '\\':
      return pattern.size() > 1 && pattern[1] == c ? 2 : 0;
    default:
      return pattern.front() == c ? 1 : 0;
  }
}

}  // namespace

bool matches_name(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t at = 0;
  std::size_t star = pattern.size();
  std::size_t star_at = 0;
  while (at < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_at = at;
      continue;
    }
    const std::size_t taken = p < pattern.size() ? take(pattern.substr(p), name[at]) : 0;
    if (taken > 0) {
      p += taken;
      ++at;
    } else if (star < pattern.size()) {
      p = star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace corefile::app
