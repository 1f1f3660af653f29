// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "judge.hpp"

namespace corefile::webhook {

/// Whether a text is made to hurt: a network off the octet boundary is up to 128 zones, and every check looks at all of them.
bool too_many_zones(const Text& text, const Options& options);

}  // namespace corefile::webhook
