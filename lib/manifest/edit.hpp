// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/manifest.hpp>
#include <string>
#include <string_view>

/// Edits of an embedded text as edits of the file. Each gives false where the file would then not read as wanted.
namespace corefile::manifest_detail {

struct Change {
  const Embedded& embedded;
  Span inner;
  std::string_view text;
};

/// Neither end is within bytes that one escape stands for, and the map is exact.
bool on_boundaries(const Change& change) noexcept;

bool edit_literal(const Change& change, Span& at, std::string& replacement);
bool edit_double_quoted(const Change& change, Span& at, std::string& replacement);
bool edit_single_quoted(const Change& change, Span& at, std::string& replacement);
/// Plain and folded scalars.
bool edit_bare(const Change& change, Span& at, std::string& replacement);

}  // namespace corefile::manifest_detail
