// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "manifest/manifest.hpp"

namespace corefile::manifest_detail {

/// Several files as one, which stand one behind the other in `files`: `pieces` says where. They share no document, and places are those in
/// `files`.
Manifest read_pieces(const Source& files, std::span<const Span> pieces);

}  // namespace corefile::manifest_detail
