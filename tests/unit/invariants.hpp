// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

/// What holds for every text.
namespace invariants {

/// Which promise of parse, print and resolve the text breaks; empty if none.
std::string broken(const std::string& text);

/// A rule that would find something in the text and is not asked, by its `grounds` or `directives`; empty if there is none.
std::string unasked(const std::string& text);

}  // namespace invariants
