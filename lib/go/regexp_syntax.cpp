// SPDX-License-Identifier: Apache-2.0
#include "go/regexp_syntax.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace corefile::go {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::uint64_t most_repeats = 1000;  // of one thing, in all repetitions around it together
constexpr std::uint64_t class_size = 500;     // a class by name has some hundred ranges

constexpr std::array<std::string_view, 14> posix_names{"alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph",
                                                       "lower", "print", "punct", "space", "upper", "word",  "xdigit"};

// As far as no release of Go can know it otherwise.
bool is_class_name(std::string_view text) noexcept {
  if (text.starts_with('^')) text.remove_prefix(1);
  const auto fits = [](char c) { return ascii::is_letter(c) || c == '_' || c == '-' || c == ' '; };
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

bool is_octal(char c) noexcept { return '0' <= c && c <= '7'; }

class RegexpReader {
 public:
  explicit RegexpReader(std::string_view pattern) : pattern_(pattern) { levels_.push_back({}); }

  RegexpSyntax run() {
    while (at_ < pattern_.size() && well()) {
      repeated_ = repeating_;
      repeating_ = npos;
      piece();
    }
    if (well() && levels_.size() > 1) fail("missing closing )", pattern_);
    found_.size = levels_.front().size;
    return std::move(found_);
  }

 private:
  /// What stands between two parentheses, and what can be repeated at its end.
  struct Level {
    std::uint64_t repeats = 1;  ///< the most that something in it is repeated
    std::uint64_t size = 0;
    std::uint64_t last_repeats = 1, last_size = 0;
    bool has_last = false;
  };
  /// The numbers of a `{2,3}`.
  struct Count {
    int least = 0;
    int most = 0;  ///< -1: any
  };

  bool well() const noexcept { return found_.error.empty(); }
  std::string_view rest() const noexcept { return pattern_.substr(std::min(at_, pattern_.size())); }
  bool fail(std::string_view what, std::string_view where) {
    if (!well()) return false;
    found_.error = what;
    found_.error += ": `";
    found_.error += where;
    found_.error += '`';
    return false;
  }
  bool fail_from(std::string_view what, std::size_t from) { return fail(what, pattern_.substr(from, at_ - from)); }

  // One character and on; U+FFFD behind the end.
  char32_t rune() {
    if (at_ >= pattern_.size()) return 0xFFFD;
    const utf8::Rune read = utf8::decode(rest());
    if (!read.valid) fail("invalid UTF-8", rest());
    at_ += read.size;
    return read.value;
  }

  bool check_utf8(std::string_view text) {
    while (!text.empty()) {
      const utf8::Rune read = utf8::decode(text);
      if (!read.valid) return fail("invalid UTF-8", text);
      text.remove_prefix(read.size);
    }
    return true;
  }

  void put(std::uint64_t size, std::uint64_t repeats = 1) {
    Level& level = levels_.back();
    level.size += size;
    level.repeats = std::max(level.repeats, repeats);
    level.last_size = size;
    level.last_repeats = repeats;
    level.has_last = true;
  }

  void piece() {
    switch (pattern_[at_]) {
      case '(':
        return open();
      case ')':
        return close();
      case '|':
        levels_.back().has_last = false;
        ++levels_.back().size;
        ++at_;
        return;
      case '[':
        return bracket();
      case '*':
      case '+':
      case '?':
        return star();
      case '{':
        return count();
      case '\\':
        return backslash();
      default:
        rune();
        put(1);
    }
  }

  void open() {
    if (rest().starts_with("(?")) return flags();
    ++found_.groups;
    ++at_;
    levels_.push_back({});
  }

  void close() {
    if (levels_.size() == 1) {
      fail("unexpected )", pattern_);
      return;
    }
    const Level inner = levels_.back();
    levels_.pop_back();
    put(inner.size + 2, inner.repeats);
    ++at_;
  }

  // `(?P<name>`, `(?<name>`, `(?i)`, `(?i:`
  void flags() {
    const std::size_t from = at_;
    const bool bare = rest().starts_with("(?<") && rest().size() > 3;
    if (bare || (rest().starts_with("(?P<") && rest().size() > 4)) {
      found_.has_bare_name = found_.has_bare_name || bare;
      return name(bare ? 3 : 4);
    }
    at_ += 2;
    bool negated = false;
    bool any = false;
    while (at_ < pattern_.size()) {
      const char32_t c = rune();
      if (!well()) return;
      if (c == ':' || c == ')') {
        if (negated && !any) break;
        if (c == ':') levels_.push_back({});
        return;
      }
      if (c == '-' && !negated) {
        negated = true;
        any = false;
      } else if (c == 'i' || c == 'm' || c == 's' || c == 'U') {
        any = true;
      } else {
        break;
      }
    }
    fail_from("invalid or unsupported Perl syntax", from);
  }

  void name(std::size_t prefix) {
    const std::string_view whole = rest();
    const std::size_t end = whole.find('>');
    const std::string_view name = end == npos ? std::string_view() : whole.substr(prefix, end - prefix);
    if (!check_utf8(end == npos ? whole : name)) return;
    const auto fits = [](char c) { return c == '_' || ascii::is_alnum(c); };
    if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) {
      fail("invalid named capture", whole.substr(0, end == npos ? npos : end + 1));
      return;
    }
    ++found_.groups;
    at_ += end + 1;
    levels_.push_back({});
  }

  void star() {
    const std::size_t from = at_++;
    repeat(from, {0, -1});
  }

  void count() {
    const std::size_t from = at_;
    const auto read = read_count();
    if (!read) {
      at_ = from + 1;
      return put(1);
    }
    const auto most = static_cast<int>(most_repeats);
    if (read->least > most || read->most > most || (read->most >= 0 && read->least > read->most)) {
      fail_from("invalid repeat count", from);
      return;
    }
    repeat(from, *read);
  }

  // Behind the operator that begins at `from`.
  void repeat(std::size_t from, Count count) {
    if (rest().starts_with('?')) ++at_;
    Level& level = levels_.back();
    if (repeated_ != npos) {
      fail_from("invalid nested repetition operator", repeated_);
    } else if (!level.has_last) {
      fail_from("missing argument to repetition operator", from);
    } else {
      const auto times = static_cast<std::uint64_t>(std::max(count.most < 0 ? count.least : count.most, 0));
      const bool none = count.most == 0;  // nothing in it is repeated at all
      const std::uint64_t repeats = none ? 1 : level.last_repeats * std::max<std::uint64_t>(times, 1);
      if (times >= 2 && repeats > most_repeats) {
        fail_from("invalid repeat count", from);
        return;
      }
      const std::uint64_t size = level.last_size * std::max<std::uint64_t>(times, 1) + 1;
      level.size -= level.last_size;
      put(size, repeats);
      repeating_ = from;
    }
  }

  std::optional<Count> read_count() {
    Count count;
    ++at_;
    if (!number(count.least)) return {};
    count.most = count.least;
    if (rest().starts_with(',')) {
      ++at_;
      count.most = -1;
      if (!rest().starts_with('}') && !number(count.most)) return {};
    }
    if (!rest().starts_with('}')) return {};
    ++at_;
    return count;
  }

  bool number(int& value) {
    const std::string_view text = rest();
    const auto end = std::find_if(text.begin(), text.end(), [](char c) { return !ascii::is_digit(c); });
    const auto digits = static_cast<std::size_t>(end - text.begin());
    if (digits == 0 || (digits > 1 && text[0] == '0')) return false;
    value = 0;
    for (const char c : text.substr(0, digits)) value = std::min(value * 10 + (c - '0'), 100'000);
    at_ += digits;
    return true;
  }

  void backslash() {
    const std::string_view text = rest();
    const char next = text.size() > 1 ? text[1] : '\0';
    if (next == 'C') {
      fail("invalid escape sequence", "\\C");
    } else if (next == 'Q') {
      literal();
    } else if (next == 'A' || next == 'b' || next == 'B' || next == 'z') {
      at_ += 2;
      put(1);
    } else if (!named_class()) {
      escape();
      put(1);
    }
  }

  // `\Q`: all is meant as it stands, up to `\E` or the end.
  void literal() {
    const std::size_t from = at_ + 2;
    const std::size_t end = pattern_.find("\\E", from);
    const std::string_view whole = pattern_;
    pattern_ = pattern_.substr(0, end);
    at_ = from;
    while (at_ < pattern_.size() && well()) {
      rune();
      put(1);
    }
    pattern_ = whole;
    at_ = end == npos ? whole.size() : end + 2;
  }

  /// `\d` and `\pL`, `\p{Greek}`. False: the escape is none of these.
  bool named_class() {
    const std::string_view text = rest();
    if (text.size() < 2) return false;
    if (text[1] != 'p' && text[1] != 'P') {
      if (std::string_view("dDsSwW").find(text[1]) == npos) return false;
      at_ += 2;
      put(2);
      return true;
    }
    const std::size_t from = at_;
    at_ += 2;
    const char32_t first = rune();
    if (!well()) return true;
    put(class_size);
    if (first == '{') {
      const std::size_t end = pattern_.find('}', from);
      at_ = end == npos ? pattern_.size() : end + 1;
      const std::string_view whole = pattern_.substr(from, at_ - from);
      if (!check_utf8(end == npos ? whole : whole.substr(3, whole.size() - 4))) return true;
      if (end == npos || !is_class_name(whole.substr(3, whole.size() - 4))) fail("invalid character class range", whole);
    } else if (first > 'z' || std::string_view("CLMNPSZclmnpsz").find(static_cast<char>(first)) == npos) {
      fail_from("invalid character class range", from);
    }
    return true;
  }

  char32_t escape() {
    const std::size_t from = at_++;
    if (at_ >= pattern_.size()) {
      fail("trailing backslash at end of expression", {});
      return 0;
    }
    const char32_t c = rune();
    if (!well()) return 0;
    const bool is_ascii = c < 0x80;
    const char letter = is_ascii ? static_cast<char>(c) : '\0';
    if (is_ascii && !ascii::is_alnum(letter)) return c;
    constexpr std::string_view names = "afnrtv";
    if (const std::size_t at = names.find(letter); is_ascii && at != npos) return static_cast<unsigned char>("\a\f\n\r\t\v"[at]);
    if (is_ascii && (letter == '0' || (is_octal(letter) && !rest().empty() && is_octal(rest()[0])))) return octal(letter);
    if (letter == 'x') {
      if (const std::optional<char32_t> value = hexadecimal()) return *value;
      if (!well()) return 0;
    }
    fail_from("invalid escape sequence", from);
    return 0;
  }

  char32_t octal(char first) {
    auto value = static_cast<char32_t>(first - '0');
    for (int i = 0; i < 2 && !rest().empty() && is_octal(rest()[0]); ++i) value = value * 8 + static_cast<char32_t>(pattern_[at_++] - '0');
    return value;
  }

  // Behind `\x`; none: no number.
  std::optional<char32_t> hexadecimal() {
    if (at_ >= pattern_.size()) return {};
    const auto digit = [](char32_t c) { return c < 0x80 ? ascii::hex_value(static_cast<char>(c)) : -1; };
    char32_t c = rune();
    if (!well()) return {};
    if (c != '{') {
      const int high = digit(c);
      const int low = digit(rune());
      return high < 0 || low < 0 ? std::optional<char32_t>() : static_cast<char32_t>(high * 16 + low);
    }
    char32_t value = 0;
    for (bool any = false; at_ < pattern_.size(); any = true) {
      c = rune();
      if (c == '}' && any) return value;
      if (digit(c) < 0) return {};
      value = value * 16 + static_cast<char32_t>(digit(c));
      if (value > 0x10FFFF) return {};
    }
    return {};
  }

  void bracket() {
    const std::size_t from = at_++;
    if (rest().starts_with('^')) ++at_;
    std::uint64_t size = 1;
    for (bool first = true; first || !rest().starts_with(']'); first = false) {
      if (!well()) return;
      if (posix_class()) continue;
      if (rest().starts_with('\\') && named_class()) {
        drop_last(size);
        continue;
      }
      range(from);
      ++size;
    }
    if (!well()) return;
    ++at_;
    put(size);
  }

  // Inside brackets a class is not a piece of its own.
  void drop_last(std::uint64_t& size) {
    Level& level = levels_.back();
    level.size -= level.last_size;
    size += level.last_size;
  }

  bool posix_class() {
    const std::string_view text = rest();
    if (text.size() < 3 || !text.starts_with("[:")) return false;
    const std::size_t end = has_posix_end_ ? text.find(":]", 2) : npos;
    has_posix_end_ = end != npos;  // or each `[:` looks through all that follows
    if (end == npos) return false;
    std::string_view name = text.substr(2, end - 2);
    if (name.starts_with('^')) name.remove_prefix(1);
    at_ += end + 2;
    if (std::find(posix_names.begin(), posix_names.end(), name) == posix_names.end()) {
      fail("invalid character class range", text.substr(0, end + 2));
    }
    return true;
  }

  // `a` or `a-z`, in the class that begins at `from`.
  void range(std::size_t from) {
    const std::size_t begin = at_;
    const char32_t low = class_rune(from);
    if (!well() || rest().size() < 2 || rest()[0] != '-' || rest()[1] == ']') return;
    ++at_;
    const char32_t high = class_rune(from);
    if (well() && high < low) fail_from("invalid character class range", begin);
  }

  char32_t class_rune(std::size_t from) {
    if (at_ >= pattern_.size()) {
      fail("missing closing ]", pattern_.substr(from));
      return 0;
    }
    return pattern_[at_] == '\\' ? escape() : rune();
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::vector<Level> levels_;
  std::size_t repeating_ = npos;  // where the repetition begins that was just read
  std::size_t repeated_ = npos;   // the same of the piece before
  bool has_posix_end_ = true;
  RegexpSyntax found_;
};

}  // namespace

RegexpSyntax read_regexp(std::string_view pattern) { return RegexpReader(pattern).run(); }

}  // namespace corefile::go
