// SPDX-License-Identifier: Apache-2.0
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {

void autopath(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    const auto args = reader.remaining_args();
    if (args.empty()) {
      reader.fail(ProblemKind::argument_count, name, "`autopath` names neither a plugin nor a resolv.conf", "no resolv-conf specified")
          .help = "write `autopath @kubernetes`";
      continue;
    }
    const Word& source = args.back();
    if (source.text.empty() && !source.unknown && !reader.since(1, 9, 1)) {
      reader.invalid(source, "the last argument of `autopath` is empty", "panic: runtime error: index out of range [0] with length 0");
    } else if (source.unknown || !source.text.starts_with('@')) {
      reader.depends();
    }
  }
}

}  // namespace corefile::plugins::setup
