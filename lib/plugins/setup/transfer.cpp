// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/key.hpp>

#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

// transfer/setup.go of 1.8.3 and before: zones are read as server blocks' keys are; later ones that are none are left out.
void check_zones(Reader& reader, std::span<const Word> zones) {
  if (reader.since(1, 8, 4)) return;
  for (const Word& word : zones) {
    const Key key = read_key(word.text, reader.release());
    if (!word.unknown && !key.error.empty()) reader.invalid(word, fmt::format("`{}` is not a zone", word.text), key.error);
  }
}

}  // namespace

void transfer_to(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.empty()) reader.wrong_count(name, 0, "at least 1 argument");
  for (const Word& word : args) {
    if (word.text != "*") reader.check({.kind = Kind::host_port}, word, name);
  }
}

void transfer(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    check_zones(reader, reader.remaining_args());
    bool to = false;
    reader.new_block();
    while (reader.next_block()) {
      const Property* property = reader.property();
      if (property == nullptr) {
        to = to || reader.word().unknown;
        reader.unknown_property();
        continue;
      }
      to = to || property->name == "to";
      reader.read_property(*property);
    }
    if (!to) reader.fail(ProblemKind::conflict, name, "`transfer` without `to`", {}).help = "say who may transfer: `to *`, or addresses";
  }
}

}  // namespace corefile::plugins::setup
