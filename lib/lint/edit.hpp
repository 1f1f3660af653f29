// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Edits in the file's own style.
namespace corefile {

Edit replace(const Config& config, const Word& word, std::string text);
Edit insert_behind(const Config& config, const Word& word, std::string text);
Edit insert_before(const Config& config, const Word& word, std::string text);

/// White space between the line's begin and the word; none if something else stands there.
std::optional<std::string_view> indent_of(const Config& config, const Word& word);

/// `line` as the last one of the directive's block, which is made if there is none. None where the text does not allow it (the block
/// comes from several files, or is written on one line).
std::optional<Edit> add_property(Directive directive, std::string_view line);
/// A property, or a whole directive, with the lines it stands on. None if something else stands on them.
std::optional<Edit> remove_lines(const Config& config, std::span<const Word> words);
/// A directive of its own line before or behind this one; `lines` are indented one level each by a leading tab.
std::optional<Edit> add_before(Directive directive, std::string_view lines);
std::optional<Edit> add_behind(Directive directive, std::string_view lines);

}  // namespace corefile
