// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "manifest/template.hpp"

namespace corefile::manifest_detail {

/// Nothing is looked for farther away than this.
inline constexpr std::size_t longest_tag = 4096;

/// What names begin with in these languages, and what they go on with.
inline constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
inline constexpr std::string_view word_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

inline bool is_one_of(char c, std::string_view set) noexcept { return set.find(c) != std::string_view::npos; }

/// The word for another program that begins at `at`, of those without the tags of an engine: `${name}`, `@NAME@`, `---NAME---`.
std::optional<TemplateWord> find_placeholder(std::string_view text, std::size_t at) noexcept;

/// A word that may be a slip as well.
bool is_doubtful(std::string_view word, Held held) noexcept;

/// One that node-cache replaces itself.
bool is_node_cache_word(std::string_view word) noexcept;

/// What stands on the line before `at`.
std::string_view line_before(std::string_view text, std::size_t at) noexcept;

}  // namespace corefile::manifest_detail
