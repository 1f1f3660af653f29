// SPDX-License-Identifier: Apache-2.0
#include "check_usage.hpp"

#include <algorithm>
#include <string>

namespace corefile::app {

void refuse_wrong_usage(const CheckArguments& arguments, const Invocation& invocation) {
  const bool standard = std::find(arguments.paths.begin(), arguments.paths.end(), "-") != arguments.paths.end();
  const bool writes = arguments.fix || arguments.add_ignore.has_value();
  if (arguments.write_baseline && arguments.baseline.empty()) throw UsageError("--write-baseline needs --baseline FILE");
  if (arguments.together && arguments.apart) throw UsageError("--together and --apart exclude each other");
  if (arguments.add_ignore && arguments.add_ignore->find_first_not_of(" \t") == std::string::npos)
    throw UsageError("--add-ignore wants the reason");
  if (arguments.add_ignore && arguments.add_ignore->find_first_of("\r\n") != std::string::npos)
    throw UsageError("--add-ignore: the reason is one line, as a comment is");
  if (arguments.add_ignore && arguments.fix) throw UsageError("--add-ignore and --fix exclude each other");
  if (writes && !arguments.diff && arguments.paths.size() > 1 && standard)
    throw UsageError("--fix writes standard input's text to standard output, so - must be the only one");
  if (!arguments.watch) return;
  if (standard) throw UsageError("--watch: standard input does not change");
  if (writes || arguments.write_baseline) throw UsageError("--watch only looks: no --fix, --add-ignore or --write-baseline with it");
  if (!invocation.watching.wait) throw UsageError("--watch: there is nobody to wait for");
}

}  // namespace corefile::app
