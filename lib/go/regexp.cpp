// SPDX-License-Identifier: Apache-2.0
#include "go/regexp.hpp"

#include <re2/re2.h>

namespace corefile::go {
namespace {

// Behind the `]` of the class that begins at `at`.
std::size_t behind_class(std::string_view pattern, std::size_t at) {
  at += pattern.substr(at).starts_with("[^") ? 2 : 1;
  if (at < pattern.size() && pattern[at] == ']') ++at;
  while (at < pattern.size() && pattern[at] != ']') {
    const std::size_t named = pattern.substr(at).starts_with("[:") ? pattern.find(":]", at) : std::string_view::npos;
    at = named != std::string_view::npos ? named + 2 : at + (pattern[at] == '\\' ? 2 : 1);
  }
  return at + 1;
}

bool has_bare_name(std::string_view pattern) {
  if (pattern.find("(?<") == std::string_view::npos) return false;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::string_view rest = pattern.substr(at);
    if (rest.starts_with("(?<")) return true;
    if (rest.starts_with("\\Q")) {
      at = pattern.find("\\E", at);
    } else {
      at = rest[0] == '[' ? behind_class(pattern, at) : at + (rest[0] == '\\' ? 2 : 1);
    }
  }
  return false;
}

// RE2 reads `\C`, any byte; Go does not.
bool matches_a_byte(std::string_view pattern) {
  for (std::size_t i = pattern.find('\\'); i < pattern.size(); i = pattern.find('\\', i)) {
    const std::string_view rest = pattern.substr(i);
    if (rest.starts_with("\\C")) return true;
    i = rest.starts_with("\\Q") ? pattern.find("\\E", i) : i + 2;
  }
  return false;
}

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

// Sizes are bounded otherwise, and Go 1.25 knows more names behind `\p`, in any case.
bool is_beyond_us(const RE2& compiled) {
  if (compiled.error_code() == RE2::ErrorPatternTooLarge) return true;
  const std::string& at = compiled.error_arg();
  if (compiled.error_code() != RE2::ErrorBadCharRange || (!at.starts_with("\\p") && !at.starts_with("\\P"))) return false;
  return at.ends_with('}') || (at.size() == 3 && std::string_view("clmnpsz").find(at[2]) != std::string_view::npos);
}

}  // namespace

Regexp compile_regexp(std::string_view pattern, RegexpChecks checks) {
  if (matches_a_byte(pattern)) return {"error parsing regexp: invalid escape sequence: `\\C`"};
  const RE2 compiled(with_named_groups(pattern), RE2::Quiet);
  if (checks.bare_names && has_bare_name(pattern)) {
    return {"error parsing regexp: invalid or unsupported Perl syntax: `(?<`", 0, compiled.ok()};
  }
  if (compiled.ok()) return {{}, compiled.NumberOfCapturingGroups()};
  if (is_beyond_us(compiled)) return {{}, 100};
  return {"error parsing regexp: " + compiled.error()};
}

std::string_view regexp_fault(const Regexp& refused) noexcept {
  return refused.bare_name ? "is a regular expression that only a newer Go reads" : "is no regular expression that Go reads";
}

std::string_view regexp_help(const Regexp& refused) noexcept {
  return refused.bare_name ? "name the group with `(?P<name>`: the Go of this release does not read `(?<name>`"
                           : "Go's syntax is RE2's: no look-around, no back references";
}

bool regexp_matches(std::string_view pattern, std::string_view text) {
  const RE2 compiled(with_named_groups(pattern), RE2::Quiet);
  return compiled.ok() && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled);
}

struct Pattern::Compiled {
  explicit Compiled(const std::string& pattern) : re(pattern, RE2::Quiet) {}
  RE2 re;
};

Pattern::Pattern(std::string_view pattern) {
  auto compiled = std::make_shared<const Compiled>(with_named_groups(pattern));
  if (!compiled->re.ok()) return;
  names_.resize(static_cast<std::size_t>(compiled->re.NumberOfCapturingGroups()) + 1);
  for (const auto& [group, name] : compiled->re.CapturingGroupNames()) names_[static_cast<std::size_t>(group)] = name;
  compiled_ = std::move(compiled);
}

bool Pattern::matches(std::string_view text) const {
  return compiled_ != nullptr && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_->re);
}

std::vector<std::string_view> Pattern::find(std::string_view text) const {
  if (compiled_ == nullptr) return {};
  std::vector<re2::StringPiece> groups(names_.size());
  const re2::StringPiece piece(text.data(), text.size());
  if (!compiled_->re.Match(piece, 0, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) return {};
  std::vector<std::string_view> found;
  found.reserve(groups.size());
  for (const re2::StringPiece& group : groups) {
    found.push_back(group.data() == nullptr ? std::string_view() : std::string_view(group.data(), group.size()));
  }
  return found;
}

}  // namespace corefile::go
