// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

/// What holds for every text.
namespace invariants {

/// Which promise of parse, print and resolve the text breaks; empty if none.
std::string broken(const std::string& text);

}  // namespace invariants
