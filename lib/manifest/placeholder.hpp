// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "manifest/template.hpp"

namespace corefile::manifest_detail {

/// Nothing is looked for farther away than this.
inline constexpr std::size_t longest_tag = 4096;

/// The word for another program that begins at `at`, of those without the tags of an engine: `${name}`, `@NAME@`, `---NAME---`.
std::optional<TemplateWord> find_placeholder(std::string_view text, std::size_t at) noexcept;

/// A word that may be a slip as well.
bool is_doubtful(std::string_view word, Held held) noexcept;

/// One that node-cache replaces itself.
bool is_node_cache_word(std::string_view word) noexcept;

/// What stands on the line before `at`.
std::string_view line_before(std::string_view text, std::size_t at) noexcept;

}  // namespace corefile::manifest_detail
