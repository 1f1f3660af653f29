// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "page.hpp"

/// What CoreDNS answers to the examples of a page, as tests/oracle/record-pages asked it.
namespace pages {

struct Ask {
  std::string query;                                         ///< `NAME TYPE`, and words as of conformance::query_of
  std::vector<std::pair<std::string, std::string>> answers;  ///< `bad`, `fixed` or `good`, and what was answered
};

/// A fence of queries, flush left, and below each, indented, `bad: ANSWER`, `fixed: ANSWER` or `good: ANSWER`.
std::vector<Ask> read_asks(const Fence& fence);

/// The forms of an example that are asked, with their texts; of a manifest's, the one Corefile in it, or nothing.
std::vector<std::pair<std::string, std::string>> forms(const Example& example);

/// `LINE: what is wrong` where a query that a finding gives as an example is not asked, an answer is not recorded, or the model of the way
/// gives another.
std::vector<std::string> check_asks(const Example& example);

}  // namespace pages
