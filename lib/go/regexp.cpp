// SPDX-License-Identifier: Apache-2.0
#include "go/regexp.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cstdint>

#include "go/regexp_syntax.hpp"

namespace corefile::go {
namespace {

// Go reads `(?<name>` from 1.22 on, and this library only in newer releases of its own.
std::string with_named_groups(std::string_view pattern) {
  constexpr std::string_view plain = "(?<";
  std::string out;
  for (std::size_t at = pattern.find(plain); at != std::string_view::npos; at = pattern.find(plain)) {
    out += std::string(pattern.substr(0, at)) + "(?P<";
    pattern.remove_prefix(at + plain.size());
  }
  return out += pattern;
}

// What is matched is compiled. Larger than what people write, it would take RE2 a quarter of a second: `\pL{1,300}`.
constexpr std::uint64_t largest = 512;
constexpr std::int64_t match_memory = 64 << 10U;

/// Null: not known to this library, or too large.
std::unique_ptr<const RE2> compiled(std::string_view pattern, std::uint64_t& left) {
  const RegexpSyntax read = read_regexp(pattern);
  const std::uint64_t size = read.size + 1;
  if (!read.error.empty() || size > std::min(largest, left)) return nullptr;
  left -= size;
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(match_memory);
  auto made = std::make_unique<const RE2>(with_named_groups(pattern), options);
  return made->ok() ? std::move(made) : nullptr;
}

}  // namespace

Regexp compile_regexp(std::string_view pattern, RegexpChecks checks) {
  constexpr std::string_view prefix = "error parsing regexp: ";
  RegexpSyntax read = read_regexp(pattern);
  const bool good = read.error.empty();
  if (checks.bare_names && read.has_bare_name) return {std::string(prefix) + "invalid or unsupported Perl syntax: `(?<`", 0, good};
  if (good) return {{}, read.groups};
  return {std::string(prefix) + read.error};
}

std::string_view regexp_fault(const Regexp& refused) noexcept {
  return refused.bare_name ? "is a regular expression that only a newer Go reads" : "is no regular expression that Go reads";
}

std::string_view regexp_help(const Regexp& refused) noexcept {
  return refused.bare_name ? "name the group with `(?P<name>`: the Go of this release does not read `(?<name>`"
                           : "Go's syntax is RE2's: no look-around, no back references";
}

struct Pattern::Compiled {
  std::unique_ptr<const RE2> re;
};

Pattern::Pattern(std::string_view pattern) {
  std::uint64_t enough = largest;
  *this = Pattern(pattern, enough);
}

Pattern::Pattern(std::string_view pattern, std::uint64_t& left) {
  std::unique_ptr<const RE2> re = compiled(pattern, left);
  if (re == nullptr) return;
  names_.resize(static_cast<std::size_t>(re->NumberOfCapturingGroups()) + 1);
  for (const auto& [group, name] : re->CapturingGroupNames()) names_[static_cast<std::size_t>(group)] = name;
  compiled_ = std::make_shared<const Compiled>(Compiled{std::move(re)});
}

bool Pattern::matches(std::string_view text) const {
  return compiled_ != nullptr && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_->re);
}

std::vector<std::string_view> Pattern::find(std::string_view text) const {
  if (compiled_ == nullptr) return {};
  std::vector<re2::StringPiece> groups(names_.size());
  const re2::StringPiece piece(text.data(), text.size());
  if (!compiled_->re->Match(piece, 0, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) return {};
  std::vector<std::string_view> found;
  found.reserve(groups.size());
  for (const re2::StringPiece& group : groups) {
    found.push_back(group.data() == nullptr ? std::string_view() : std::string_view(group.data(), group.size()));
  }
  return found;
}

const Pattern& Patterns::of(std::string_view pattern) {
  const auto known = made_.find(pattern);
  return known != made_.end() ? known->second : made_.emplace(pattern, Pattern(pattern, left_)).first->second;
}

}  // namespace corefile::go
