// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

constexpr std::string_view head_words = "CLASS TYPE [ZONES...]";

bool read_head(Reader& reader, const Word& name) {
  for (const Kind kind : {Kind::qclass, Kind::qtype}) {
    if (!reader.next_arg()) {
      reader.wrong_count(name, kind == Kind::qclass ? 0 : 1, head_words);
      return false;
    }
    Type type;
    type.kind = kind;
    reader.check(type, reader.word(), name);
  }
  reader.remaining_args();
  return true;
}

}  // namespace

void template_record(Reader& reader) {
  const Word name = reader.word();
  const auto records = reader.remaining_args();
  if (records.empty()) reader.wrong_count(name, 0, "at least 1 argument");
}

void template_stanzas(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    if (!read_head(reader, name)) return;
    bool answers = false;
    reader.new_block();
    while (reader.next_block()) {
      const Property* property = reader.property();
      if (property == nullptr) {
        reader.unknown_property();
        continue;
      }
      reader.read_property(*property);
      answers = answers || property->name == "answer" || property->name == "authority" ||
                (property->name == "rcode" && reader.val() != "NOERROR");
    }
    // Until 1.5.0, setup.go, templateParse.
    if (!answers && !reader.failed() && !reader.since(1, 5, 1)) {
      reader.fail(LoadFault::Kind::conflict, name, "`template` has nothing to answer", "no answer section for template found").help =
          "add `answer`, `authority` or `rcode`";
    }
  }
}

}  // namespace corefile::plugins::setup
