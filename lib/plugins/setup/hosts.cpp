// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "plugins/setup.hpp"

namespace corefile::plugins::setup {

// Until a `fallthrough`, every line that is no property is a line of the hosts file.
void hosts(Reader& reader) {
  bool falls_through = false;
  const Word* unsupported = nullptr;
  for (bool again = false; reader.next(); again = true) {
    if (again) {
      reader.once(reader.word());
      return;
    }
    reader.remaining_args();
    while (reader.next_block()) {
      const Word& word = reader.word();
      if (const Property* property = reader.property()) {
        if (property->name == "fallthrough_unsupported") unsupported = &word;
        falls_through = falls_through || property->name == "fallthrough";
        reader.read_property(*property);
      } else if (!falls_through || word.unknown) {
        reader.remaining_args();
      } else {
        reader.unknown_property();
        LoadFault& fault = reader.faults().back();
        if (fault.help.empty() || !(word.text.front() >= 'a' && word.text.front() <= 'z')) {
          fault.message = fmt::format("`{}` stands behind `fallthrough`, where only properties may", word.text);
          fault.help = "put the hosts before `fallthrough`";
          fault.fixes.clear();
        }
      }
    }
  }
  if (unsupported == nullptr || falls_through) return;
  reader
      .fail(LoadFault::Kind::conflict, *unsupported, "`fallthrough_unsupported` without `fallthrough`",
            "fallthrough_unsupported requires fallthrough")
      .help = "add `fallthrough`, or remove the line";
}

}  // namespace corefile::plugins::setup
