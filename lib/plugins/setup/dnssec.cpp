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
  const auto keys = reader.remaining_args();
  if (keys.empty()) reader.wrong_count(name, 1, expected);
  if (source.text != "file" && !keys.empty()) reader.depends();
  for (const Word& key : keys) {
    if (source.text == "file") reader.needs(key, "the key");
  }
}

}  // namespace corefile::plugins::setup
