// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/syntax.hpp>
#include <cstdint>
#include <optional>
#include <span>

namespace corefile::syntax {

/// Groups the document's tokens into nodes, and finds what is wrong with them.
void build(const Document& document, detail::Tree& tree);

/// The cause behind a missing `}`: by indentation, the `{` that lacks it, and the token before which it belongs. None if the
/// braces match. `closed`: tokens before which one stands already. O(tokens).
std::optional<Fault> find_unclosed(const Document& document, std::span<const std::uint32_t> closed = {});

}  // namespace corefile::syntax
