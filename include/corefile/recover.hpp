// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <optional>
#include <vector>

/// A text with a mistake in its braces or quotes can be read in two ways.
namespace corefile {

struct Readings {
  /// To be linted: read on behind a fault (a brace stuck to a word, one that is missing, a quote that never ends) as it was
  /// obviously meant. Its first refusal is CoreDNS's, at the place of the cause.
  Config meant;
  /// What CoreDNS reads, if that is another.
  std::optional<Config> as_written{};
  /// Braces that were read apart from the words they are stuck to.
  std::vector<Place> glued_braces{};

  const Config& literal() const noexcept { return as_written ? *as_written : meant; }
  bool differ() const noexcept { return as_written.has_value(); }
};

/// Total. O(words after expansion).
Readings recover(Document root, const ResolveOptions& options = {});

}  // namespace corefile
