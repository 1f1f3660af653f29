// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/setup.hpp"

/// The sub-languages of `rewrite`, one rule at a time. CoreDNS 1.15.0, plugin/rewrite, and what changed since 1.4.0.
namespace corefile::plugins::rewrite {

using Words = std::vector<Word>;

/// One of exact, prefix, suffix, substring, regex.
bool is_match_type(std::string_view text);
/// The pattern, or null with a fault. `rule`: CoreDNS names it.
std::optional<int> pattern(Reader& reader, const Word& word, std::string_view text, std::string_view rule = {});

void name_rule(Reader& reader, const Word& rule, const Words& words);
void edns0_rule(Reader& reader, const Word& rule, const Words& words);

}  // namespace corefile::plugins::rewrite
