// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

void policy(Reader& reader, std::span<const Word> args) {
  const Word& first = args.front();
  if (first.unknown) return reader.depends();
  if (first.text == "round_robin") {
    if (args.size() > 1) reader.invalid(args[1], "`round_robin` takes nothing more", "unknown property for round_robin");
  } else if (first.text == "weighted") {
    if (args.size() != 2) {
      reader.wrong_count(first, args.size() - 1, "the name of a file");
      return;
    }
    reader.depends();
    while (reader.next_block()) {
      if (const Property* property = reader.property(); property != nullptr && property->name == "reload") {
        reader.read_property(*property);
      } else {
        reader.unknown_property();
      }
    }
  } else {
    reader.invalid(first, fmt::format("`loadbalance` knows no policy `{}`", first.text), fmt::format("unknown policy: {}", first.text))
        .help = "write `round_robin`, or `weighted FILE` from CoreDNS 1.10.1 on";
  }
}

}  // namespace

// Until 1.12.3 the first mention that could be read ended the reading; what stood behind it was never looked at.
void loadbalance(Reader& reader) {
  const bool blocks = reader.since(1, 12, 4);
  while (reader.next()) {
    const auto args = reader.remaining_args();
    if (!reader.since(1, 10, 1)) {
      if (args.empty() || reader.failed()) return;
      if (args.size() > 1) continue;  // neither case of the switch: on to the next word
      if (args[0].text != "round_robin" && !args[0].unknown) {
        reader
            .invalid(args[0], fmt::format("`loadbalance` knows no policy `{}`", args[0].text),
                     fmt::format("unknown policy: {}", args[0].text))
            .help = "write `round_robin`";
      }
      return;
    }
    if (!args.empty()) policy(reader, args);
    if (!blocks) return;
    while (reader.next_block()) {
      if (const Property* property = reader.property(); property != nullptr && property->name == "prefer") {
        reader.read_property(*property);
      } else {
        reader.unknown_property();
      }
    }
  }
  if (!blocks) reader.wrong_count(reader.words().front(), 2, "at most 1 argument");
}

}  // namespace corefile::plugins::setup
