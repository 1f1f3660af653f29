// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "inputs.hpp"

namespace corefile::app {

/// Leaves those that differ from where the work tree and `revision` parted, and those that git does not know yet; standard input
/// stays. Asks `git`. Throws Trouble.
void keep_changed(std::vector<Input>& inputs, const std::string& revision);

}  // namespace corefile::app
