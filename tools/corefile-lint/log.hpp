// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corefile::app {

/// GitHub's runner obeys `##[command]` anywhere in a line and `::command` behind its leading blanks: a linted file could
/// speak to it. Both are broken here.
std::string tame_log(std::string_view report);
/// JSON that says the same without `##[`; no line of it begins with `::`.
std::string tame_json(std::string json);

}  // namespace corefile::app
