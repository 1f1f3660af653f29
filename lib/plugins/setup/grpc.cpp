// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/key.hpp>

#include "plugins/setup.hpp"

namespace corefile::plugins::setup {

void grpc(Reader& reader) {
  constexpr std::size_t most = 15;
  for (bool again = false; reader.next(); again = true) {
    const Word name = reader.word();
    if (again) {
      reader.once(name);
      return;
    }
    if (!reader.next_arg()) {
      reader.wrong_count(name, 0, "a zone and at least one upstream");
      return;
    }
    const Word from = reader.word();
    // From 1.8.4 to 1.11.0 this was a panic; it never loaded.
    if (!from.unknown && reader.since(1, 8, 4) && normalize_zone(from.text, reader.release()).empty()) {
      reader.invalid(from, fmt::format("`{}` is no zone to forward", from.text), fmt::format("unable to normalize '{}'", from.text));
    }
    const auto to = reader.remaining_args();
    if (to.empty()) {
      reader.wrong_count(name, 1, "a zone and at least one upstream");
      return;
    }
    std::size_t servers = 0;
    for (const Word& word : to) {
      const Upstream kind = word.unknown ? Upstream::file : read_upstream(word.text, reader.release()).kind;
      servers += kind == Upstream::barren ? 0 : 1;
      if (kind == Upstream::file) reader.depends();
      if (kind == Upstream::name || kind == Upstream::mistyped || kind == Upstream::empty) {
        reader.invalid(word, fmt::format("`{}` is no IP address", word.text), fmt::format("not an IP address or file: \"{}\"", word.text));
      }
    }
    if (servers == 0 && reader.since(1, 6, 9)) {
      reader.invalid(to.front(), fmt::format("`{}` names no nameserver", to.front().text), "no nameservers found");
    }
    reader.read_block();
    if (to.size() > most) {
      reader.fail(LoadFault::Kind::argument_count, to[most], fmt::format("{} upstreams, and `grpc` takes {}", to.size(), most),
                  fmt::format("more than {} TOs configured: {}", most, to.size()));
    }
  }
}

}  // namespace corefile::plugins::setup
