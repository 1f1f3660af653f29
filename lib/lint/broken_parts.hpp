// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <cstddef>
#include <optional>
#include <vector>

namespace corefile {

/// A part whose braces do not match: what its own check says of it, and where that stands among all findings.
struct BrokenPart {
  Span span;
  std::size_t begin, end;
};

/// Of a key of `coredns-custom`; none where it is whole. Its own findings are those from `begin` on.
std::optional<BrokenPart> broken_part(const Embedded& embedded, const std::vector<Diagnostic>& found, std::size_t begin,
                                      const Catalogue& catalogue);

/// Read beside its base such a part has other faults, all of them for the same reason: they go.
void keep_causes(const std::vector<BrokenPart>& parts, const Catalogue& catalogue, std::vector<Diagnostic>& found);

}  // namespace corefile
