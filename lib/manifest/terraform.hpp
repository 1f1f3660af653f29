// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <string_view>

#include "manifest/manifest.hpp"

/// Terraform's and OpenTofu's language, of which only the texts behind `<<WORD` are read: Corefiles, manifests and values of the chart.
namespace corefile::manifest_detail {

/// By its first line that is no comment.
bool is_terraform(std::string_view text) noexcept;
/// `document` is moved on by one for each text.
void read_terraform(const Source& file, Span piece, std::uint32_t& document, Manifest& out);

}  // namespace corefile::manifest_detail
