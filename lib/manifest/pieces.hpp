// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "manifest/manifest.hpp"

namespace corefile::manifest_detail {

/// Several files as one, which stand one behind the other in `files`: `pieces` says where. They share no document, and places are those in
/// `files`. `first_documents` gets the number of each piece's first document.
Manifest read_pieces(const Source& files, std::span<const Span> pieces, std::vector<std::uint32_t>* first_documents = nullptr);

}  // namespace corefile::manifest_detail
