// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <span>
#include <string>
#include <vector>

/// What a plugin that keeps queries to itself keeps them from.
namespace corefile {

/// The backends of the directive's block that are asked after it, as `release` asks them, and serve some of `zones`.
std::vector<Directive> shadowed_backends(Directive directive, std::span<const Word> zones, Release release);
/// `forward .` with its zone where that is its first argument, else `hosts` alone, in backquotes.
std::string called(Directive backend);
/// `` `a`, `b` and `c` ``
std::string listed(const std::vector<Directive>& backends);
/// Where called() stands in the text.
Place place_of(Directive backend);

}  // namespace corefile
