// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "go/regexp_syntax.hpp"

/// Reads a regular expression as regexp/syntax does, for what is wrong with it and how large it becomes.
namespace corefile::go {

class RegexpReader {
 public:
  explicit RegexpReader(std::string_view pattern) : pattern_(pattern) { levels_.push_back({}); }
  RegexpSyntax run();

 private:
  static constexpr std::size_t npos = std::string_view::npos;
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
  bool fail(std::string_view what, std::string_view where);
  bool fail_from(std::string_view what, std::size_t from) { return fail(what, pattern_.substr(from, at_ - from)); }
  char32_t rune();
  bool check_utf8(std::string_view text);
  void put(std::uint64_t size, std::uint64_t repeats = 1);

  void piece();
  void open();
  void close();
  void flags();
  void name(std::size_t prefix);
  void star();
  void count();
  void repeat(std::size_t from, Count count);
  std::optional<Count> read_count();
  bool number(int& value);
  void backslash();
  void literal();

  // regexp_class.cpp
  bool named_class();
  char32_t escape();
  char32_t octal(char first);
  std::optional<char32_t> hexadecimal();
  void bracket();
  void drop_last(std::uint64_t& size);
  bool posix_class();
  void range(std::size_t from);
  char32_t class_rune(std::size_t from);

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::vector<Level> levels_;
  std::size_t repeating_ = npos;  // where the repetition begins that was just read
  std::size_t repeated_ = npos;   // the same of the piece before
  bool has_posix_end_ = true;
  RegexpSyntax found_;
};

}  // namespace corefile::go
