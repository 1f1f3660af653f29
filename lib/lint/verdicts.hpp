// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <optional>
#include <vector>

namespace corefile {

/// What a release says of both readings of a Corefile: of what was obviously meant, and of what CoreDNS really reads.
struct Verdicts {
  LoadVerdict meant;
  std::optional<LoadVerdict> literal;  ///< none: the Config was not mended, so there is one reading
  const LoadVerdict& as_read() const noexcept { return literal ? *literal : meant; }
};
Verdicts judge(const Config& config, const Context& context);

/// lint(), with the verdicts at hand.
std::vector<Diagnostic> lint(const Config& config, const Context& context, const Verdicts& verdicts, const Catalogue& catalogue);

}  // namespace corefile
