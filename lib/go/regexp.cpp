// SPDX-License-Identifier: Apache-2.0
#include "go/regexp.hpp"

#include <re2/re2.h>

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

// What is matched is compiled, which takes RE2 milliseconds and much memory for what is larger.
constexpr std::uint64_t largest_matched = 128;
constexpr std::int64_t match_memory = 1 << 20U;

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

void regexp_matches(std::string_view pattern, std::span<const std::string> texts, std::span<bool> matched) {
  if (const RegexpSyntax read = read_regexp(pattern); !read.error.empty() || read.size > largest_matched) return;
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(match_memory);
  const RE2 compiled(with_named_groups(pattern), options);
  if (!compiled.ok()) return;
  for (std::size_t i = 0; i < texts.size(); ++i) matched[i] = matched[i] || RE2::PartialMatch(texts[i], compiled);
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
