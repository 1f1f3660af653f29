// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "go/net.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

// No system has a network interface of such a name.
bool no_interface(std::string_view text) {
  return text.empty() || text == "." || text == ".." || text.find_first_of("/:") != std::string_view::npos ||
         (text.find_first_not_of("0123456789.") == std::string_view::npos && std::count(text.begin(), text.end(), '.') == 3);
}

void refuse(Reader& reader, const Word& word) {
  const bool interfaces = reader.since(1, 8, 4);
  Problem& fault = interfaces ? reader.invalid(word, fmt::format("`{}` is neither an IP address nor a network interface", word.text),
                                               fmt::format("not a valid IP address or interface name: \"{}\"", word.text))
                              : reader.invalid(word, fmt::format("`{}` is not an IP address", word.text),
                                               fmt::format("not a valid IP address: {}", word.text));
  if (const auto parts = go::split_host_port(word.text); parts && go::parse_ip(parts->host)) {
    fault.help = fmt::format("write `{}`; the port belongs to the server block's key", parts->host);
  } else if (const auto cidr = go::parse_cidr(word.text)) {
    fault.help = fmt::format("write `{}`; `bind` takes no networks", go::to_string(cidr->ip));
  } else if (!interfaces && !no_interface(word.text)) {
    fault.help = "write addresses; network interfaces are known from CoreDNS 1.8.4 on";
  }
}

struct Address {
  std::string text;
  const Word* word;
};

// listIP: what these words stand for. The machine decides on interfaces other than loopback.
std::vector<Address> addresses(Reader& reader, std::span<const Word> words) {
  std::vector<Address> out;
  for (const Word& word : words) {
    if (word.unknown) {
      reader.depends();
      reader.state().binds_unknown = true;
    } else if (go::parse_ip(word.text)) {
      out.push_back({std::string(word.text), &word});
    } else if (!reader.since(1, 8, 4) || no_interface(word.text)) {
      refuse(reader, word);
    } else if (word.text == "lo") {
      out.insert(out.end(), {{"127.0.0.1", &word}, {"::1", &word}});  // and whatever else it has
    } else {
      reader.needs(word, "the interface");
      reader.state().binds_unknown = true;
    }
  }
  return out;
}

// Twice on one address is a zone defined twice, but with `view`, which never counts.
void listen(Reader& reader, const Address& address, bool view, std::set<std::string>& taken) {
  BlockState& state = reader.state();
  if (taken.insert(address.text).second) {
    state.binds.push_back(address.text);
  } else if (!view) {
    const std::string message = address.text == address.word->text
                                    ? fmt::format("`bind` has `{}` twice", address.text)
                                    : fmt::format("`{}` brings {}, which `bind` has already", address.word->text, address.text);
    reader.fail(ProblemKind::duplicate_zone, *address.word, message, {}).help = "remove one of them";
  }
}

std::span<const Word> some(Reader& reader, const Word& name, std::string_view says) {
  const auto words = reader.remaining_args();
  if (words.empty()) reader.wrong_count(name, 0, "at least 1 argument").says = says;
  return words;
}

}  // namespace

void bind(Reader& reader) {
  BlockState& state = reader.state();
  state.bound = true;
  const bool view = state.block.has(Plugin::view);
  std::set<std::string> taken;
  while (reader.next()) {
    const Word name = reader.word();
    const bool interfaces = reader.since(1, 8, 4);
    if (!interfaces && name.text == "{") {
      reader.fail(ProblemKind::unknown_property, name, "`bind` has no block before CoreDNS 1.8.4", "at least one address is expected");
      return;
    }
    const auto words =
        some(reader, name, interfaces ? "at least one address or interface name is expected" : "at least one address is expected");
    std::span<const Word> except;
    while (interfaces && reader.next_block()) {
      if (reader.val() == "except") {
        const Word property = reader.word();
        except = some(reader, property, "at least one address or interface must be given to except subdirective");
      } else if (reader.word().unknown) {
        reader.remaining_args();
      } else {
        reader.unknown_property();
      }
    }
    std::set<std::string> without;
    for (Address& address : addresses(reader, except)) without.insert(std::move(address.text));
    for (const Address& address : addresses(reader, words)) {
      if (!without.contains(address.text)) listen(reader, address, view, taken);
    }
  }
}

}  // namespace corefile::plugins::setup
