// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/diagnostic.hpp>

#include "base/ink.hpp"

namespace corefile::render {

using ink::Ink;
using ink::Paint;

inline Ink ink_of(Severity severity) noexcept {
  return severity == Severity::error ? Ink::error : severity == Severity::warning ? Ink::warning : Ink::info;
}

}  // namespace corefile::render
