// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "plugins/facts.hpp"
#include "plugins/listen.hpp"

namespace corefile::plugins {

void check_zones_of_block(const Reader& start) {
  Reader reader = start;
  const Facts& facts = reader.plugin().facts;
  if (facts.serves == Serves::none) return;
  std::span<const Word> keys = reader.state().block.keys();
  if (facts.serves == Serves::key) keys = keys.first(std::min<std::size_t>(keys.size(), 1));
  for (const Word& word : keys) {
    const Key key = read_key(word.text, reader.release());
    if (word.unknown || key.transport != Transport::unix_socket || key.port_written || !key.error.empty()) continue;
    while (reader.next()) {
      const Word name = reader.word();
      if (zones_among(facts, reader.remaining_args()).empty()) {
        Problem& fault = reader.fail(ProblemKind::conflict, name,
                                     fmt::format("`{}` takes the zones of its server block, and `{}` names none", name.text, word.text),
                                     "runtime error: index out of range [0] with length 0");
        fault.labels.push_back({reader.config().place(word), "this key"});
        return;
      }
      while (reader.next_block()) reader.remaining_args();
    }
    return;
  }
}

}  // namespace corefile::plugins
