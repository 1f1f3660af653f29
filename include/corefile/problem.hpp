// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/detail/enum_set.hpp>
#include <corefile/diagnostic.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace corefile {

/// What CoreDNS has to say about a Corefile.
enum class ProblemKind : std::uint8_t {
  // Its parser refuses the text: coredns/caddy, caddyfile/parse.go.
  unclosed_brace,
  unclosed_quote,  ///< what follows is refused because a `"` swallowed it
  stray_brace,
  dangling_comma,
  snippet_without_body,
  snippet_redeclared,
  snippet_cycle,
  import_argument_count,
  import_empty,
  import_missing,
  import_unreadable,
  import_pattern,
  import_limit,
  too_large,  ///< a limit of this library, not of CoreDNS: see Limits
  // A release refuses what the words say: core/dnsserver/register.go and each plugin's setup.go.
  unknown_directive,  ///< no plugin of CoreDNS's
  removed_directive,  ///< was one in earlier releases
  future_directive,   ///< becomes one in later releases
  unknown_property,   ///< also one of other releases
  argument_count,
  invalid_value,
  once,  ///< a plugin or property that may stand only once
  invalid_key,
  duplicate_zone,
  conflict,  ///< plugins or properties that exclude or need one another
  // Nothing is refused.
  implicitly_closed,   ///< the file ends with a `}` that CoreDNS takes for two, a plugin's and the server block's
  glob_without_match,  ///< CoreDNS logs a warning and goes on
  import_unresolved,   ///< the target is not known here; what it brings is missing from the Config
  environment_unknown  ///< a variable whose value is not known here
};
/// The parser's own, which every release shares.
constexpr bool is_syntax(ProblemKind kind) noexcept { return kind <= ProblemKind::too_large; }

using ProblemKinds = detail::EnumSet<ProblemKind, static_cast<std::size_t>(ProblemKind::environment_unknown) + 1>;

/// One of them, whoever finds it: the parser, the resolver, or a plugin's setup.
struct Problem {
  ProblemKind kind;
  Place place;
  std::string message;    ///< one clause
  std::string says{};     ///< CoreDNS's own words, without its `FILE:LINE - `, as near as they are known
  std::string subject{};  ///< the word at fault
  std::string help{};
  std::vector<Label> labels{};
  std::vector<std::string> notes{};
  std::vector<Fix> fixes{};
  std::optional<Place> surplus{};  ///< from the first to the last of some words: without their lines it is mended
  bool certain = true;             ///< false: depends on files or variables that are not known here
};

/// What only the place where CoreDNS runs can have, and decides whether it starts: a file, an interface, a variable.
struct Need {
  Place place;
  std::string subject;  ///< as the text names it
  // Constants, of which message() makes a clause.
  std::string_view what;  ///< such as `the file`
  std::string_view must = " must be";

  /// One clause: "the file `x` must be where CoreDNS runs".
  std::string message() const;
};

}  // namespace corefile
