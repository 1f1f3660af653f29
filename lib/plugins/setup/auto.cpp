// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "go/number.hpp"
#include "go/regexp.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

constexpr std::array<std::string_view, 1> regexp_limited{"1.13.2"};

void check_file_regexp(Reader& reader, const Word& name) {
  const Word word = reader.word();
  if (!reader.check({.kind = Kind::regexp, .max = 10'000, .choices = regexp_limited}, word, name) || word.unknown) return;
  if (go::compile_regexp(word.text).groups > 0) return;
  reader.invalid(word, fmt::format("`{}` of `{}` has no group in parentheses", word.text, name.text), "Need at least one sub expression")
      .help = "put parentheses around the part that gives the zone, as in `db\\.(.*)`";
}

}  // namespace

void auto_directory(Reader& reader) {
  constexpr std::string_view expected = "a folder, and perhaps a regular expression with a template";
  const Word name = reader.word();
  if (!reader.next_arg()) {
    reader.wrong_count(name, 0, expected);
    return;
  }
  if (!reader.next_arg()) return;
  check_file_regexp(reader, name);
  if (!reader.next_arg()) {
    // setup.go, 1.5.0 and before: the template may be missing.
    if (reader.since(1, 5, 1)) reader.wrong_count(name, 2, expected);
    return;
  }
  if (!reader.next_arg()) return;
  if (reader.since(1, 5, 0)) {
    const Word interval = reader.word();
    std::string says = Reader::words_for_arguments(interval.text);
    const std::size_t found = 4 + reader.remaining_args().size();
    Problem& fault = reader.wrong_count(name, found, expected);
    fault.says = std::move(says);
    if (const auto seconds = go::atoi(interval.text); seconds && found == 4)
      fault.help = fmt::format("write the interval as a line of its own, `reload {}s`", *seconds);
  } else {
    reader.check({.kind = Kind::integer}, reader.word(), name);
  }
}

void auto_zones(Reader& reader) {
  while (reader.next()) {
    reader.remaining_args();
    while (reader.next_block()) {
      if (const Property* property = reader.property()) {
        reader.read_property(*property);
      } else if (reader.word().unknown) {
        reader.remaining_args();
      } else if (!reader.since(1, 5, 0)) {
        transfer_property(reader, false);  // setup.go, 1.4.0: any other word
      } else {
        reader.unknown_property();
      }
    }
  }
}

}  // namespace corefile::plugins::setup
