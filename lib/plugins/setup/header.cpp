// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

// header.go, newRules.
void flags(Reader& reader, const Word& action, std::span<const Word> words) {
  if (words.empty()) {
    reader
        .fail(ProblemKind::argument_count, action, fmt::format("`{}` names no flag", action.text),
              "invalid length for flags, at least one should be provided")
        .help = "name `aa`, `ra` or `rd`";
    return;
  }
  for (const Word& word : words) {
    const std::string flag = ascii::to_lower(word.text);
    if (flag == "aa" || flag == "ra" || flag == "rd" || word.unknown) continue;
    reader.invalid(word, fmt::format("`header` knows no flag `{}`", word.text), fmt::format("unknown/unsupported flag={}", flag)).help =
        "the flags are `aa`, `ra` and `rd`";
  }
}

void unknown_rule(Reader& reader) {
  const Word* at = &reader.word();
  reader.unknown_property();
  if (at->unknown) return;
  Problem& fault = reader.faults().back();
  if (&reader.word() == at && !reader.since(1, 9, 4)) {
    fault.says = "seting up rule: invalid length for flags, at least one should be provided";
  } else {
    fault.says = reader.words_for_unknown(ascii::to_lower(at->text));
  }
}

}  // namespace

void header_rule(Reader& reader) {
  const Word selector = reader.word();
  if (!reader.next_arg()) {
    reader.wrong_count(selector, 0, "`set` or `clear`, and flags").says = "setting up rule: no flag action provided";
    return;
  }
  const Word action = reader.word();
  const auto args = reader.remaining_args();
  if (action.unknown) return reader.depends();
  if (args.empty()) return flags(reader, action, args);
  if (const std::string what = ascii::to_lower(action.text); what != "set" && what != "clear") {
    reader.invalid(action, fmt::format("`{}` takes `set` or `clear`, not `{}`", selector.text, action.text),
                   fmt::format("unknown flag action={}, should be set or clear", what));
    return;
  }
  flags(reader, action, args);
}

void header_old_rule(Reader& reader) {
  const Word action = reader.word();
  flags(reader, action, reader.remaining_args());
}

// Reading ends with the first mention that has rules; without any, nothing but an error is left.
void header(Reader& reader) {
  bool any = false;
  while (!any && reader.next()) {
    while (reader.next_block()) {
      any = true;
      if (const Property* property = reader.property()) {
        reader.read_property(*property);
      } else {
        unknown_rule(reader);
      }
    }
  }
  if (!any) reader.wrong_count(reader.words().front(), 0, "rules in its block").message = "`header` has no rules";
}

}  // namespace corefile::plugins::setup
