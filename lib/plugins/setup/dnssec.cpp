// SPDX-License-Identifier: Apache-2.0
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {

void dnssec_key(Reader& reader) {
  constexpr std::string_view expected = "`file` and the names of keys";
  const Word name = reader.word();
  if (!reader.next_arg()) {
    reader.wrong_count(name, 0, expected);
    return;
  }
  const Word source = reader.word();
  if (source.unknown) {
    reader.remaining_args();
    reader.depends();
    return;
  }
  // keyParse passes over other words in silence: what follows is read as a property.
  if (source.text != "file" && !(source.text == "aws_secretsmanager" && reader.since(1, 11, 4))) return;
  if (reader.remaining_args().empty()) {
    reader.wrong_count(name, 1, expected);
  } else {
    reader.depends();
  }
}

}  // namespace corefile::plugins::setup
