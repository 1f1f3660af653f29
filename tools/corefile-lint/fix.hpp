// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <functional>
#include <string>

namespace corefile::app {

struct Fixed {
  Source source;
  Analysis analysis;     ///< of the text as it is now
  std::size_t gone = 0;  ///< findings there are no more
};

/// Applies fixes again and again until nothing changes, ten times at most. A round that leaves a text CoreDNS's parser
/// likes less than the one before is not taken. `check` says what is found in a text in the file's place.
Fixed fix_all(const Source& source, Analysis analysis, const Options& options, Safety at_least,
              const std::function<Analysis(const Source&)>& check);

}  // namespace corefile::app
