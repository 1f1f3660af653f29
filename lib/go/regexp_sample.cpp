// SPDX-License-Identifier: Apache-2.0
#include "go/regexp_sample.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/ascii.hpp"

namespace corefile::go {
namespace {

constexpr std::size_t most_samples = 12;
constexpr std::size_t longest = 250;
constexpr int deepest = 40;

using Texts = std::vector<std::string>;

void add(Texts& to, std::string text) {
  if (to.size() >= most_samples || text.size() > longest || std::find(to.begin(), to.end(), text) != to.end()) return;
  to.push_back(std::move(text));
}

/// Each text of one side beside the first of the other, so that every variant of both stands in some sample.
Texts joined(const Texts& left, const Texts& right) {
  Texts out;
  for (const std::string& one : left) add(out, one + right.front());
  for (const std::string& one : right) add(out, left.front() + one);
  return out.empty() ? Texts{""} : out;
}

class Sampler {
 public:
  explicit Sampler(std::string_view pattern) : rest_(pattern) {}
  Texts run() { return alternatives(0); }

 private:
  bool eat(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  Texts alternatives(int depth) {
    Texts all = sequence(depth);
    while (eat('|')) {
      for (std::string& one : sequence(depth)) add(all, std::move(one));
    }
    return all;
  }

  Texts sequence(int depth) {
    Texts made{""};
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') made = joined(made, repeated(depth));
    return made;
  }

  Texts repeated(int depth) {
    Texts one = single(depth);
    std::size_t least = 1;
    bool more = false, any = false;
    for (; !rest_.empty(); any = true) {
      if (eat('*')) {
        least = 0;
        more = true;
      } else if (eat('+')) {
        more = true;
      } else if (eat('?')) {
        if (!any) least = 0;
      } else if (!count(least)) {
        break;
      }
    }
    if (!any) return one;
    Texts all;
    for (const std::string& text : one) {
      std::string times;
      for (std::size_t i = 0; i < std::max<std::size_t>(least, 1) && times.size() <= longest; ++i) times += text;
      add(all, times);
    }
    if (least == 0) add(all, "");
    if (more && !one.front().empty()) add(all, one.front() + one.front());
    return all.empty() ? Texts{""} : all;
  }

  /// `{2}`, `{2,}` and `{2,3}`; other braces are characters.
  bool count(std::size_t& least) {
    const std::size_t end = rest_.find('}');
    if (!rest_.starts_with('{') || end == std::string_view::npos || end < 2 || !ascii::is_digit(rest_[1])) return false;
    least = 0;
    for (std::size_t i = 1; i < end && ascii::is_digit(rest_[i]) && least < longest; ++i) {
      least = least * 10 + static_cast<std::size_t>(rest_[i] - '0');
    }
    rest_.remove_prefix(end + 1);
    return true;
  }

  Texts single(int depth) {
    const char c = take();
    if (c == '^' || c == '$') return {""};
    if (c == '.') return {"x"};
    if (c == '\\') return escaped();
    if (c == '[') return {std::string(1, of_class())};
    if (c != '(' || depth > deepest) return {std::string(1, ascii::lower(c))};
    group_head();
    Texts inner = alternatives(depth + 1);
    eat(')');
    return inner;
  }

  /// `?:`, `?P<name>`, `?i`.
  void group_head() {
    if (!eat('?')) return;
    const bool named = eat('P') || rest_.starts_with('<');
    const std::size_t end = named ? rest_.find('>') : rest_.find_first_of(":)");
    if (end == std::string_view::npos) return;
    rest_.remove_prefix(end + (rest_[end] == ')' ? 0 : 1));
  }

  Texts escaped() {
    if (rest_.empty()) return {""};
    const char c = take();
    constexpr std::array<std::pair<char, std::string_view>, 12> known{{{'d', "1"},
                                                                       {'D', "x"},
                                                                       {'w', "x"},
                                                                       {'W', "-"},
                                                                       {'s', " "},
                                                                       {'S', "x"},
                                                                       {'b', ""},
                                                                       {'B', ""},
                                                                       {'A', ""},
                                                                       {'z', ""},
                                                                       {'Q', ""},
                                                                       {'E', ""}}};
    for (const auto& [letter, text] : known) {
      if (letter == c) return {std::string(text)};
    }
    return {std::string(1, ascii::lower(c))};
  }

  /// A character of a class that names may hold, if it has one.
  char of_class() {
    const bool negated = eat('^');
    std::array<bool, 256> in{};
    for (bool first = true; !rest_.empty() && (first || rest_.front() != ']'); first = false) read_item(in);
    eat(']');
    for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyz1234567890-_.")) {
      if (in[static_cast<unsigned char>(c)] != negated) return c;
    }
    return 'x';
  }

  void read_item(std::array<bool, 256>& in) {
    const auto set = [&in](char from, char to) {
      for (int c = static_cast<unsigned char>(from); c <= static_cast<unsigned char>(to); ++c) in[static_cast<std::size_t>(c)] = true;
    };
    if (rest_.starts_with("[:")) {
      const std::size_t end = rest_.find(":]");
      if (end != std::string_view::npos) {
        const std::string_view name = rest_.substr(2, end - 2);
        if (name != "digit") set('a', 'z');
        if (name != "alpha" && name != "lower" && name != "upper") set('0', '9');
        rest_.remove_prefix(end + 2);
        return;
      }
    }
    char from = take();
    if (from == '\\' && !rest_.empty()) {
      from = take();
      if (from == 'd' || from == 'w') set('0', '9');
      if (from == 'w' || from == 'S' || from == 'D') set('a', 'z');
      if (from == 'd' || from == 'w' || from == 'S' || from == 'D') return;
    }
    char to = from;
    if (rest_.size() > 1 && rest_.front() == '-' && rest_[1] != ']') {
      rest_.remove_prefix(1);
      to = take();
    }
    set(from, to);
  }

  std::string_view rest_;
};

}  // namespace

std::vector<std::string> regexp_samples(std::string_view pattern) {
  Texts all;
  // A `)` too many ends what can be read.
  for (std::string& one : Sampler(pattern).run()) add(all, ascii::to_lower(one));
  return all;
}

}  // namespace corefile::go
