// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <string>
#include <vector>

#include "app.hpp"
#include "settings.hpp"

namespace corefile::app {

/// What a run of `check` came to.
struct Results {
  std::vector<Analysis> analyses;  ///< in the order of the inputs
  bool complete = true;            ///< every input was read
};

/// The report in the format that the settings name; `quiet`: findings alone.
std::string report(const Results& results, const Settings& settings, const Invocation& invocation, bool quiet);

}  // namespace corefile::app
