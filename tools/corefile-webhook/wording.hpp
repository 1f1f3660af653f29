// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "judge.hpp"

/// Findings in words, within what the API server passes on.
namespace corefile::webhook {

/// One line each, the worst first, no control characters: at most 16 of at most 256 characters, so that the API server's
/// budget of 4096 is never spent (apiserver, pkg/endpoints/filters/warning.go).
std::vector<std::string> warnings(const std::vector<Finding>& findings);
inline constexpr std::size_t max_warnings = 16;
inline constexpr std::size_t max_warning = 256;

/// Several lines: what is denied, each finding with what to do. `object`: `ConfigMap kube-system/coredns`;
/// `change`: there was one before.
std::string denial(const std::vector<const Finding*>& findings, const std::string& object, bool change, const Options& options);

/// `CoreDNS 1.11.3`, and whether that is but assumed.
std::string named(const Options& options);

/// `2 errors, 1 warning`; `2 new errors`
std::string tally(std::size_t errors, std::size_t warnings, std::string_view adjective = {});

/// At most `runes` characters; what is cut ends in `…`.
std::string shortened(std::string text, std::size_t runes);

}  // namespace corefile::webhook
