// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "go/expr.hpp"
#include "plugins/setup.hpp"

/// The expressions of `view` and `template`.
namespace corefile::plugins::expression {

/// The expr that a release of CoreDNS holds.
go::ExprVersion version(Release release) noexcept;

/// plugin/pkg/expression, DefaultEnv; with `group` what template adds.
std::vector<go::ExprName> environment(bool group);

/// Checks the expression that the words are, joined by blanks; its type. `says` goes before expr's own words.
go::ExprType check(Reader& reader, std::span<const Word> words, std::span<const go::ExprName> names, std::string_view says);

/// `size` bytes of a word's text, or all of it where the document writes them in another way.
Place part(const Config& config, const Word& word, std::size_t at, std::size_t size);

}  // namespace corefile::plugins::expression
