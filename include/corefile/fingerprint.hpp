// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <cstddef>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What makes a finding the same one in another state of its file.
namespace corefile {

/// What fingerprints take a file's name for, as `deploy/Corefile` for `../site/./deploy/Corefile`. Empty: for what it is.
using NameOf = std::function<std::string(const std::string&)>;

/// One for each of `analysis.diagnostics`, 16 hexadecimal digits, all different. Made of the rule, the file's name, the object, the words,
/// their line and the lines it is nested in, without white space; no line number, so that edits elsewhere change nothing. Of equal ones in
/// one file the order counts. O(size + findings × log findings).
std::vector<std::string> fingerprints(const Analysis& analysis, const NameOf& name_of = {});

/// Findings that were there before and are not to be told again.
using FingerprintSet = std::set<std::string, std::less<>>;

/// A text that read_baseline() reads: an entry a line, sorted by file, with the words of the finding for people.
std::string print_baseline(std::span<const Analysis> analyses, const NameOf& name_of = {});
/// Adds to `out`. False, and `fault` says why, where the text is not a baseline.
bool read_baseline(std::string_view text, FingerprintSet& out, std::string& fault);
/// Takes the findings of the baseline out of `analysis`, and gives their number; their fingerprints go to `seen`.
std::size_t subtract(const FingerprintSet& baseline, Analysis& analysis, FingerprintSet& seen, const NameOf& name_of = {});

}  // namespace corefile
