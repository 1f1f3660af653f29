// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <optional>

namespace corefile {

/// What a release says of both Readings.
struct Verdicts {
  LoadVerdict meant;
  std::optional<LoadVerdict> as_written{};
  const LoadVerdict& literal() const noexcept { return as_written ? *as_written : meant; }
};
Verdicts judge(const Readings& readings, const Context& context);

}  // namespace corefile
