// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

bool is_section(const Word& word) { return ascii::same_letters(word.text, "type") || ascii::same_letters(word.text, "net"); }

bool is_source(std::string_view text) {
  std::string network(text);
  if (text.find('/') == std::string_view::npos) network += text.find(':') != std::string_view::npos ? "/128" : "/32";
  return go::parse_cidr(network).has_value();
}

// acl/setup.go, normalize.
std::string with_prefix(std::string_view network) {
  if (network.find('/') != std::string_view::npos) return std::string(network);
  return fmt::format("{}/{}", network, network.find(':') != std::string_view::npos ? 128 : 32);
}

// `*` ends the look at a section.
void check_section(Reader& reader, const Word& section, std::span<const Word> words) {
  const bool types = ascii::same_letters(section.text, "type");
  for (const Word& word : words) {
    if (word.text == "*") return;
    if (types) {
      reader.check({.kind = Kind::qtype}, word, section);
    } else if (!is_source(word.text)) {
      reader
          .invalid(word, fmt::format("`{}` of `{}` is neither an IP address nor a network", word.text, section.text),
                   fmt::format("illegal CIDR notation \"{}\"", with_prefix(word.text)))
          .help = "write an address or a network such as `10.0.0.0/8`";
    }
  }
}

}  // namespace

void acl_policy(Reader& reader) {
  std::span<const Word> words = reader.remaining_args();
  if (std::any_of(words.begin(), words.end(), [](const Word& word) { return word.unknown; })) return reader.depends();
  while (!words.empty()) {
    const Word& section = words.front();
    if (!is_section(section)) {
      Problem& fault = reader.invalid(section, fmt::format("`{}` stands where `type` or `net` is expected", section.text),
                                      fmt::format("unexpected token \"{}\"; expect 'type | net'", section.text));
      fault.help = is_source(section.text) ? fmt::format("write `net {}`", section.text) : "write `type QTYPE...` or `net SOURCE...`";
      return;
    }
    const auto end = std::find_if(words.begin() + 1, words.end(), is_section);
    if (end == words.begin() + 1) {
      reader
          .fail(ProblemKind::argument_count, section, fmt::format("nothing stands behind `{}`", section.text),
                fmt::format("no token specified in \"{}\" section", section.text))
          .help = "write `*` for all, or leave it out";
      return;
    }
    check_section(reader, section, {words.begin() + 1, end});
    words = {end, words.end()};
  }
}

}  // namespace corefile::plugins::setup
