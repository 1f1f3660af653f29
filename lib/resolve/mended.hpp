// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <vector>

#include "resolve/stream.hpp"

namespace corefile::resolve_detail {

/// As resolve(), with braces that the text lacks, in the order of their tokens.
Config resolve_mended(Document&& root, const ResolveOptions& options, std::vector<Mend> mends);

}  // namespace corefile::resolve_detail
