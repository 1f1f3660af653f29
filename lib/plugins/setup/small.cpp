// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/number.hpp"
#include "plugins/setup.hpp"

/// Plugins whose own reading is a few lines.
namespace corefile::plugins {

namespace setup {

// plugin/metadata/setup.go: one mention, no block.
void metadata(Reader& reader) {
  reader.next();
  const Word name = reader.word();
  reader.remaining_args();
  if (reader.next_block() || reader.next()) {
    reader.wrong_count(name, 1, "zones only, and stands once,").message = "`metadata` has no block and stands only once";
  }
}

void shed(Reader& reader) {
  for (bool again = false; reader.next(); again = true) {
    const Word name = reader.word();
    if (again) {
      reader.once(name);
      return;
    }
    const auto args = reader.remaining_args();
    if (!args.empty()) reader.wrong_count(name, args.size(), "no argument");
    if (reader.next_block()) reader.invalid(reader.word(), "`shed` has no properties", "shed takes no options");
  }
  for (const Word& key : reader.state().block.keys()) {
    std::string_view rest = key.text;
    const std::string_view scheme = take_scheme(rest, reader.release());
    if (scheme.empty() || scheme == "dns") continue;
    reader
        .fail(LoadFault::Kind::conflict, reader.words().front(), fmt::format("`shed` works on plain DNS only, and `{}` is not", key.text),
              fmt::format("only plain DNS server blocks are supported; \"{}\" uses transport \"{}\"", key.text, scheme))
        .labels.push_back({reader.config().place(key), "this key"});
  }
}

}  // namespace setup

namespace check {

std::string reload_jitter(std::string_view text, Release) {
  const auto jitter = go::parse_duration(text);
  if (!jitter) return fmt::format("time: invalid duration \"{}\"", text);
  return *jitter != 0 && *jitter < go::second ? "jitter value must be 0 or greater or equal to 1s" : "";
}

}  // namespace check

}  // namespace corefile::plugins
