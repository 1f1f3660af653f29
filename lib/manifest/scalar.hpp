// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/manifest.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Where each byte of a YAML scalar comes from.
namespace corefile::manifest_detail {

struct Scalar {
  ScalarStyle style = ScalarStyle::plain;
  std::uint32_t indent = 0;  ///< of a block scalar's lines
  Span outer{};              ///< with its quotes, or from the `|` on; without anchor and tag
  std::string text;
  std::vector<Segment> map;
  bool exact = true;    ///< else one segment for all of it
  bool folded = false;  ///< a line end became a space
};

/// The scalar whose node begins at `at`, and whose value yaml-cpp says is `value`. Each byte of it is found again in the
/// file; where that fails, `value` stands for the whole scalar.
Scalar read_scalar(std::string_view file, std::uint32_t at, std::string_view value);

/// The extent of the scalar alone.
Span scalar_extent(std::string_view file, std::uint32_t at, std::string_view value);

}  // namespace corefile::manifest_detail
