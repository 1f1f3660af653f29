// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace corefile::app {

/// A subcommand's help; of the whole program for an empty name.
std::string_view help(std::string_view command);

}  // namespace corefile::app
