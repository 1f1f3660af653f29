// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/interests.hpp"
#include "flow/plugins.hpp"
#include "go/regexp.hpp"

/// plugin/rewrite: its rules as they are read, and what they make of questions and replies.
namespace corefile::flow_detail::rewriting {

/// How a name, or the target of a CNAME, is compared.
using Pattern = NamePattern;
/// The name with what matches replaced: `{1}` of a regex is its group.
std::optional<std::string> replaced(const Pattern& pattern, std::string_view name, std::string_view replacement);

/// What is done to a reply: a rule's, or the undoing of one.
struct Change {
  enum class Kind : std::uint8_t { name, value, ttl, rcode, cname } kind = Kind::name;
  enum class How : std::uint8_t { remap, suffix, regex } how = How::regex;
  std::string from, to;
  go::Pattern pattern;
  std::uint32_t least = 0, most = 0;  ///< TTL
  const struct Rule* rule = nullptr;  ///< of `cname`
};

struct Rule {
  enum class Kind : std::uint8_t { name, type, klass, ttl, rcode, cname, edns0, nothing } kind = Kind::nothing;
  bool stop = true;
  Pattern pattern;
  std::string to;  ///< name, type, class, rcode, or the CNAME's target
  std::string from;
  bool automatic = false;  ///< the new name goes back to the old one in replies
  std::string option;      ///< edns0's, and in `to` what is done to it
  std::vector<Change> changes;
  std::uint32_t directive = 0;
  Place place{};
};

Rule rule_of(const Setup& setup, const Stanza& directive);

}  // namespace corefile::flow_detail::rewriting
