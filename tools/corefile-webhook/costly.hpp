// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "judge.hpp"

namespace corefile::webhook {

/// Why a text is not checked, and what to do.
struct Beyond {
  const char* message;
  const char* help;
};

/// What no Corefile of a cluster has, and what would take long or much memory: more than 20,000 zones out of networks (one off the
/// octet boundary is up to 128, and every check looks at all of them), 1,000 patterns of templates, or `most_words` words and braces.
std::optional<Beyond> beyond_limits(const Text& text, const Options& options);
inline constexpr std::size_t most_words = 80'000;

}  // namespace corefile::webhook
