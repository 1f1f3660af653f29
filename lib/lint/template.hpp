// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "go/regexp.hpp"

namespace corefile {

/// One `template` (plugin/template/setup.go).
struct Template {
  bool known = false;  ///< class, type and zones are there and hold nothing unknown
  std::string_view cls, type;
  std::span<const Word> zones;  ///< its own, else its block's
  bool own_zones = false;
  bool falls_through = false;  ///< a `fallthrough`, whatever its zones
  bool answers = false;        ///< a record, an RCODE or an extended error to answer with
  Properties lines;
};
Template read_template(Directive directive) noexcept;

/// A type of its questions.
std::string_view asked_type(const Template& one) noexcept;

/// The templates of the block, in the file's order; no more than a person writes.
std::vector<Directive> templates_of(ServerBlock block);

/// Whatever name is asked for matches: no `match` and no `expr`, or patterns that match anything, as far as that is known.
bool takes_all(const Template& one, go::Patterns& patterns);
/// A question may be for both, by class and type.
bool same_questions(const Template& a, const Template& b) noexcept;

}  // namespace corefile
