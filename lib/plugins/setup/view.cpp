// SPDX-License-Identifier: Apache-2.0
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {

void view(Reader& reader) {
  for (bool again = false; reader.next(); again = true) {
    const Word name = reader.word();
    if (again) {
      reader.once(name);
      return;
    }
    const auto args = reader.remaining_args();
    if (args.size() != 1) reader.wrong_count(name, args.size(), "1 argument");
    reader.read_block();
  }
}

}  // namespace corefile::plugins::setup
