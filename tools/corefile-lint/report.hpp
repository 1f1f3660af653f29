// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/fingerprint.hpp>
#include <corefile/lint.hpp>
#include <string>
#include <vector>

#include "app.hpp"
#include "settings.hpp"

namespace corefile::app {

/// What a run of `check` came to.
struct Results {
  std::vector<Analysis> analyses;  ///< in the order of the inputs
  std::size_t known = 0;           ///< findings of the baseline, which are not told
  std::size_t gone = 0;            ///< entries of the baseline that are found no more
  std::size_t unwritten = 0;       ///< of what could not be read, files that were read and not written
};

struct ReportOptions {
  bool quiet = false;       ///< findings alone
  bool statistics = false;  ///< instead of what is for people
};

/// Writes the reports that have a file, and gives those for standard output. Throws Trouble.
std::string report(const Results& results, const Settings& settings, const Invocation& invocation, const Outcome& outcome,
                   const ReportOptions& how);
/// For fingerprints in a file: names as seen from its folder, wherever the program runs.
NameOf names_beside(const std::string& file);
/// Writes a new file, or an old one anew. Throws Trouble.
void write_report(const std::string& path, std::string_view text);

}  // namespace corefile::app
