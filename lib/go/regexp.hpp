// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace corefile::go {

struct Regexp {
  std::string error{};     ///< empty: accepted
  int groups = 0;          ///< NumSubexp
  bool bare_name = false;  ///< refused for a `(?<name>` that later releases of Go read
};

/// What only some of Go's own releases refuse.
struct RegexpChecks {
  bool bare_names = false;  ///< `(?<name>`, for which they want `(?P<name>` (before Go 1.22)
};

/// regexp.Compile, as far as it decides what is accepted. What else only some of Go's own releases accept is taken for good.
Regexp compile_regexp(std::string_view pattern, RegexpChecks checks = {});

/// Of one with an error: what is wrong with it, as the end of a sentence, and what helps.
std::string_view regexp_fault(const Regexp& refused) noexcept;
std::string_view regexp_help(const Regexp& refused) noexcept;

/// regexp.Regexp. Copies share what was compiled.
class Pattern {
 public:
  Pattern() = default;
  explicit Pattern(std::string_view pattern);
  /// The same where its size is no more than `left`, which becomes less by it.
  Pattern(std::string_view pattern, std::uint64_t& left);
  /// This library knows it, and it is no larger than what people write. One that is not known matches nothing.
  bool known() const noexcept { return compiled_ != nullptr; }
  bool matches(std::string_view text) const;
  /// FindStringSubmatch: the match and its groups, empty ones for those that take no part; none at all without a match.
  std::vector<std::string_view> find(std::string_view text) const;
  /// SubexpNames: by group, the empty name for the match itself and for groups without one.
  const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
  std::vector<std::string> names_;
};

/// The patterns of one text: each is compiled once, and those beyond a size of all of them together are not known.
class Patterns {
 public:
  /// As a rule some ten milliseconds.
  explicit Patterns(std::uint64_t most = 20'000) noexcept : left_(most) {}
  /// The reference is good as long as this is.
  const Pattern& of(std::string_view pattern);

 private:
  std::map<std::string, Pattern, std::less<>> made_;
  std::uint64_t left_;
};

}  // namespace corefile::go
