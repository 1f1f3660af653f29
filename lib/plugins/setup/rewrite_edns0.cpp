// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.hpp"
#include "plugins/setup/rewrite.hpp"

namespace corefile::plugins::rewrite {
namespace {

// strconv.ParseUint(text, 0, 16): the base is in the prefix, and `_` may stand between digits.
std::optional<unsigned> parse_any_base(std::string_view text) {
  int base = 10;
  bool prefixed = false;
  if (text.size() > 1 && text[0] == '0') {
    const char mark = ascii::lower(text[1]);
    base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
    text.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    prefixed = true;
  }
  std::string digits;
  bool after_digit = prefixed;
  for (const char c : text) {
    if (c != '_') digits.push_back(c);
    if (c == '_' && !after_digit) return {};
    after_digit = c != '_';
  }
  if (!after_digit) return {};
  unsigned value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || value > 0xFFFF) return {};
  return value;
}

bool is_hex(std::string_view text) { return text.size() % 2 == 0 && std::all_of(text.begin(), text.end(), ascii::is_hex_digit); }

// plugin/metadata, IsLabel: until 1.8.4 with one slash.
bool is_variable(std::string_view text, Release release) {
  static constexpr std::array<std::string_view, 7> known{"{qname}",    "{qtype}",     "{client_ip}",  "{client_port}",
                                                         "{protocol}", "{server_ip}", "{server_port}"};
  if (std::find(known.begin(), known.end(), text) != known.end()) return true;
  const std::string_view label = text.substr(1, text.size() - 2);
  const std::size_t slash = label.find('/');
  if (release < Release{1, 8, 5} && label.rfind('/') != slash) return false;
  return slash != std::string_view::npos && slash > 0 && slash + 1 < label.size();
}

void number(Reader& reader, const Word& word, unsigned most, std::string_view what) {
  if (word.unknown) return reader.depends();
  const auto value = parse_any_base(word.text);
  if (value && *value <= most) return;
  reader.invalid(word, fmt::format("`{}` is not {}", word.text, what),
                 fmt::format("strconv.ParseUint: parsing \"{}\": invalid syntax", word.text));
}

void local_data(Reader& reader, const Word& word) {
  if (word.unknown) return reader.depends();
  const std::string_view text = word.text;
  if (text.starts_with('{') && text.ends_with('}')) {
    if (!is_variable(text, reader.release()))
      reader.invalid(word, fmt::format("`{}` is not a variable", text), fmt::format("unsupported variable name \"{}\"", text));
  } else if (text.starts_with("0x") && !is_hex(text.substr(2))) {
    reader.invalid(word, fmt::format("`{}` is not hexadecimal data", text), "encoding/hex: invalid byte");
  }
}

}  // namespace

void edns0_rule(Reader& reader, const Word& rule, const Words& all) {
  Words words = all;
  if (words.size() < 2) {
    reader.wrong_count(rule, words.size(), "an option and an action").says = "too few arguments for an EDNS0 rule";
    return;
  }
  if (words[0].unknown || words[1].unknown || words.back().unknown) reader.depends();
  if (words[0].unknown || words[1].unknown) return;
  const std::string option = ascii::to_lower(words[0].text);
  const std::string action = ascii::to_lower(words[1].text);
  const bool unset = action == "unset" && reader.since(1, 12, 3);
  if (!unset && action != "append" && action != "replace" && action != "set") {
    reader.invalid(words[1], fmt::format("`edns0` has no action `{}`", words[1].text), fmt::format("invalid action: \"{}\"", action)).help =
        "write `set`, `append`, `replace`, or from CoreDNS 1.12.3 on `unset`";
    return;
  }
  if (!unset && reader.since(1, 11, 4)) {
    if (words.back().text == "revert") words.pop_back();
    if (words.back().unknown && words.size() != 4) return;
  }
  const auto expect = [&](std::size_t count, std::string_view form) {
    if (words.size() == count) return true;
    reader.wrong_count(words[0], words.size() - 1, form).says.clear();
    return false;
  };
  if (option == "local") {
    if (!expect(unset ? 3 : 4, unset ? "`unset CODE`" : "ACTION CODE DATA")) return;
    number(reader, words[2], 0xFFFF, "an option code");
    if (!unset) local_data(reader, words[3]);
  } else if (option == "nsid") {
    expect(2, "an action only");
  } else if (option == "subnet") {
    if (!expect(unset ? 2 : 4, unset ? "`unset` only" : "ACTION and two mask lengths") || unset) return;
    number(reader, words[2], 32, "a mask length of IPv4");
    number(reader, words[3], 128, "a mask length of IPv6");
  } else {
    reader.invalid(words[0], fmt::format("`edns0` knows no option `{}`", words[0].text), fmt::format("invalid rule type \"{}\"", option))
        .help = "write `local`, `nsid` or `subnet`";
  }
}

}  // namespace corefile::plugins::rewrite
