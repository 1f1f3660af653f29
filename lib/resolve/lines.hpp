// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/config.hpp>
#include <span>

namespace corefile::resolve_detail {

/// The tokens stand in one file, the second on the line where the first ends (dispenser.go, NextArg).
inline bool same_line(const detail::ConfigData& config, const Word& a, const Word& b) noexcept {
  return a.last_line() == b.line &&
         (a.expansion == b.expansion || config.expansions[a.expansion].document == config.expansions[b.expansion].document);
}

/// `{` or `}` where the word is nothing else, or another such character; else NUL.
inline char lone(const Word& word) noexcept { return word.text.size() == 1 ? word.text.front() : '\0'; }

/// Makes arguments and lines of a directive's words, which are seen in their order.
class Shape {
 public:
  /// The directive's name stands at `name`.
  Shape(detail::ConfigData& config, std::uint32_t name) : config_(config), arguments_end_(name + 1), first_line_(last_line()) {}

  /// `follows`: on the same line as the word before.
  void see(std::uint32_t at, const Word& word, bool follows) {
    const char alone = lone(word);
    in_arguments_ = in_arguments_ && follows && alone != '{';
    if (in_arguments_) {
      arguments_end_ = at + 1;
    } else if (alone == '{' || alone == '}') {
      in_line_ = false;
    } else if (in_line_ && follows) {
      config_.lines.back().last = at + 1;
    } else {
      in_line_ = true;
      config_.lines.push_back({at, at + 1});
      properties_ |= Properties::bit(word.text);
    }
  }
  std::uint32_t arguments_end() const { return arguments_end_; }
  std::uint32_t first_line() const { return first_line_; }
  std::uint32_t last_line() const { return static_cast<std::uint32_t>(config_.lines.size()); }
  /// Properties::bit of the first word of each line.
  std::uint64_t properties() const { return properties_; }

 private:
  detail::ConfigData& config_;
  std::uint32_t arguments_end_, first_line_;
  std::uint64_t properties_ = 0;
  bool in_arguments_ = true, in_line_ = false;
};

}  // namespace corefile::resolve_detail
