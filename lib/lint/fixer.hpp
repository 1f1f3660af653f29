// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace corefile {

/// `text` with line ends as the file has them around `offset`. lint() does it with every edit: rules write `\n`.
std::string with_line_ends_of(std::string_view file, std::uint32_t offset, std::string_view text);

/// Edits in the style of the file in which the words stand.
class Fixer {
 public:
  explicit Fixer(const Config& config) : config_(config) {}

  Edit replace(const Word& word, std::string text) const;
  Edit insert_behind(const Word& word, std::string text) const;
  Edit insert_before(const Word& word, std::string text) const;

  /// White space between the line's begin and the word; none if something else stands there.
  std::optional<std::string_view> indent_of(const Word& word) const;

  /// `line` as the last one of the directive's block, which is made if there is none. None where the text does not allow it (the block
  /// comes from several files, or is written on one line).
  std::optional<Edit> add_property(Directive directive, std::string_view line) const;
  /// A property, or a whole directive, with the lines it stands on. None if something else stands on them.
  std::optional<Edit> remove_lines(std::span<const Word> words) const;
  std::optional<Edit> remove_lines(Place words) const;
  /// A directive of its own line before or behind this one; `lines` are indented one level each by a leading tab.
  std::optional<Edit> add_before(Directive directive, std::string_view lines) const;
  std::optional<Edit> add_behind(Directive directive, std::string_view lines) const;

 private:
  std::string_view text_of(const Word& word) const;
  Edit at(const Word& word, std::uint32_t offset, std::string text) const;

  const Config& config_;
};

}  // namespace corefile
