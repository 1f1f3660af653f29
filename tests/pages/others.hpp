// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace pages {

/// Compares FOLDER/tests/pages/others.txt with what the rules say of the corpus, and of the examples of pages that are not their own;
/// prints what differs. `refresh`: rewrites it instead. A new rule shows itself there, and in no other file but its own two.
bool check_others(const std::string& folder, bool refresh);

}  // namespace pages
