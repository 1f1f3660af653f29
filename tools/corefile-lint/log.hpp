// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corefile::app {

/// GitHub's runner obeys `##[command]` anywhere in a line and `::command` behind its leading blanks: a linted file could
/// speak to it. Both are broken here, in JSON by an escape that stands for the same text.
std::string tame_log(std::string_view text);

}  // namespace corefile::app
