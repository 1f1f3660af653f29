// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/net.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

void check_prefix(Reader& reader, const Word& word) {
  if (word.unknown) return reader.depends();
  constexpr std::string_view help = "write an IPv6 prefix such as `64:ff9b::/96`";
  const auto cidr = go::parse_cidr(word.text);
  if (!cidr) {
    reader.invalid(word, fmt::format("`{}` is not a network", word.text), fmt::format("invalid CIDR address: {}", word.text)).help = help;
  } else if (cidr->bits != 128) {
    reader
        .invalid(word, fmt::format("`{}` is not an IPv6 prefix", word.text),
                 fmt::format("invalid netmask {} IPv6 address: \"{}\"", cidr->bits, word.text))
        .help = help;
  } else if (cidr->ones % 8 != 0 || cidr->ones < 32 || cidr->ones > 96 || (cidr->ones > 64 && cidr->ones < 96 && reader.since(1, 15, 0))) {
    Problem& fault = reader.invalid(word, fmt::format("a prefix of `dns64` cannot be {} bits long", cidr->ones),
                                    fmt::format("invalid prefix length \"{}\"", word.text));
    fault.help = "write /32, /40, /48, /56, /64 or /96 (RFC 6052)";
  }
}

}  // namespace

void dns64_prefix(Reader& reader) {
  const Word name = reader.word();
  if (reader.next_arg()) {
    check_prefix(reader, reader.word());
  } else {
    reader.wrong_count(name, 0, "1 argument");
  }
}

void dns64(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    const auto args = reader.remaining_args();
    if (args.size() > 1) {
      reader.wrong_count(name, args.size(), "at most 1 argument");
      return;
    }
    if (args.empty()) {
      reader.read_block();
    } else {
      // setup.go goes on to the next word: a block behind a prefix is read as further mentions, not as properties.
      check_prefix(reader, args.front());
    }
  }
}

}  // namespace corefile::plugins::setup
