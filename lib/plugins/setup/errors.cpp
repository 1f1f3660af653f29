// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plugins/setup.hpp"

namespace corefile::plugins::setup {

void errors_consolidate(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  const std::size_t most = reader.since(1, 14, 0) ? 4 : reader.since(1, 8, 5) ? 3 : 2;
  if (args.size() < 2 || args.size() > most) {
    reader.wrong_count(name, args.size(), count_words(2, most));
    return;
  }
  static constexpr std::string_view limited[]{"1.14.0"};
  reader.check({.kind = Kind::duration}, args[0], name);
  reader.check({.kind = Kind::regexp, .max = 10000, .choices = limited}, args[1], name);
  static constexpr std::array<std::string_view, 4> levels{"warning", "error", "info", "debug"};
  bool level = false;
  bool show_first = false;
  for (const Word& word : args.subspan(2)) {
    if (std::find(levels.begin(), levels.end(), word.text) != levels.end()) {
      if (level) reader.invalid(word, "`consolidate` takes one log level", "multiple log levels specified in consolidate");
      if (show_first)
        reader.invalid(word, "the log level belongs before `show_first`", "log level must come before show_first in consolidate");
      level = true;
    } else if (word.text == "show_first" && reader.since(1, 14, 0)) {
      show_first = true;
    } else if (!word.unknown) {
      reader
          .invalid(word, fmt::format("`consolidate` has no option `{}`", word.text),
                   fmt::format("unknown {} in consolidate: {}", reader.since(1, 14, 0) ? "option" : "log level argument", word.text))
          .help = "write a log level: `warning`, `error`, `info` or `debug`";
    }
  }
}

}  // namespace corefile::plugins::setup
