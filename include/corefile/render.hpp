// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <corefile/visible.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace corefile {

struct RenderOptions {
  bool colour = false;
  /// Columns; longer source lines are cut around the caret. 0: no limit.
  std::uint32_t width = 160;
  /// Printed with JSON.
  Release release = newest_release();
};

/// For people: message, place, source lines with carets, notes, help, fixes. No byte of an input reaches the output
/// raw if it is a control character, an escape or a bidirectional override.
std::string render_full(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// `FILE:LINE:COLUMN: SEVERITY[RULE] MESSAGE`, one a line.
std::string render_concise(const std::vector<Analysis>& analyses, const RenderOptions& options = {});
/// One object, `version` 1; lines and columns from 1, columns in code points, with byte offsets. Valid UTF-8 always.
std::string render_json(const std::vector<Analysis>& analyses, const RenderOptions& options = {});

/// Of this library and its tools.
std::string_view version() noexcept;

}  // namespace corefile
