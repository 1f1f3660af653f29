// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "go/number.hpp"
#include "plugins/listen.hpp"

namespace corefile::plugins {
namespace {

// Plugins that serve their server block's zones where no zones of their own stand; which of their words are other things.
struct ZoneTaker {
  enum Words : std::uint8_t { zones, file_first, type_first, ttl_first, resolver_last, none };
  std::string_view plugin;
  Words words;
};
using Words = ZoneTaker::Words;
constexpr std::array takers{
    ZoneTaker{"acl", Words::zones},           ZoneTaker{"auto", Words::zones},       ZoneTaker{"autopath", Words::resolver_last},
    ZoneTaker{"cache", Words::ttl_first},     ZoneTaker{"dnssec", Words::zones},     ZoneTaker{"etcd", Words::zones},
    ZoneTaker{"file", Words::file_first},     ZoneTaker{"hosts", Words::file_first}, ZoneTaker{"k8s_external", Words::zones},
    ZoneTaker{"kubernetes", Words::zones},    ZoneTaker{"loop", Words::none},        ZoneTaker{"metadata", Words::zones},
    ZoneTaker{"prometheus", Words::none},     ZoneTaker{"secondary", Words::zones},  ZoneTaker{"sign", Words::file_first},
    ZoneTaker{"template", Words::type_first}, ZoneTaker{"transfer", Words::zones},   ZoneTaker{"tsig", Words::zones}};

bool takes_zones_of_block(Words words, std::span<const Word> arguments) {
  switch (words) {
    case Words::zones:
      return arguments.empty();
    case Words::file_first:
    case Words::resolver_last:
      return arguments.size() <= 1;
    case Words::type_first:
      return arguments.size() <= 2;
    case Words::ttl_first:
      return arguments.empty() || (arguments.size() == 1 && go::atoi(arguments[0].text));
    case Words::none:
      break;
  }
  return true;
}

}  // namespace

void check_zones_of_block(const Reader& start) {
  // unix:// came in 1.11.0; its keys have no port, and plugin.OriginsFromArgsOrServerBlock panicked on such until 1.12.4.
  if (!start.since(1, 11, 0) || start.since(1, 13, 0)) return;
  Reader reader = start;
  const auto taker = std::find_if(takers.begin(), takers.end(), [&](const ZoneTaker& t) { return t.plugin == reader.plugin().name; });
  if (taker == takers.end()) return;
  std::span<const Word> keys = reader.state().block.keys();
  if (taker->plugin == "loop") keys = keys.first(std::min<std::size_t>(keys.size(), 1));
  for (const Word& word : keys) {
    const Key key = read_key(word.text, reader.release());
    if (word.unknown || key.transport != Transport::unix_socket || key.port_written || !key.error.empty()) continue;
    while (reader.next()) {
      const Word name = reader.word();
      if (takes_zones_of_block(taker->words, reader.remaining_args())) {
        LoadFault& fault = reader.fail(LoadFault::Kind::conflict, name,
                                       fmt::format("`{}` takes the zones of its server block, and `{}` names none", name.text, word.text),
                                       "runtime error: index out of range [0] with length 0");
        fault.labels.push_back({reader.config().place(word), "this key"});
        return;
      }
      while (reader.next_block()) reader.remaining_args();
    }
    return;
  }
}

}  // namespace corefile::plugins
