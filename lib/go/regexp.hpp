// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
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

/// MatchString: sets `matched` for each of the texts of which some part matches. None is where the pattern is not known to this library,
/// or larger than what people write. As many of both.
void regexp_matches(std::string_view pattern, std::span<const std::string> texts, std::span<bool> matched);

/// A pattern that is used often: regexp.Regexp. Copies share what was compiled.
class Pattern {
 public:
  Pattern() = default;
  explicit Pattern(std::string_view pattern);
  /// This library knows it. One that it does not matches nothing.
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

}  // namespace corefile::go
