// SPDX-License-Identifier: Apache-2.0
#include "plugins/setup/expression.hpp"

namespace corefile::plugins::setup {

void view(Reader& reader) {
  while (reader.next_only()) {
    const Word name = reader.word();
    const auto args = reader.remaining_args();
    if (args.size() != 1) reader.wrong_count(name, args.size(), "1 argument");
    reader.read_block();
  }
}

void view_expr(Reader& reader) {
  const Word name = reader.word();
  const auto words = reader.remaining_args();
  if (words.empty()) {
    reader.wrong_count(name, 0, "an expression").says = reader.since(1, 11, 4) ? "unexpected token EOF" : "unexpected token EOF (1:1)";
  } else {
    expression::check(reader, words, expression::environment(false), {});
  }
}

}  // namespace corefile::plugins::setup
