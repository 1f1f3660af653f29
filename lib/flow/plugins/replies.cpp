// SPDX-License-Identifier: Apache-2.0
// Plugins that touch up what others answer: plugin/header and plugin/loadbalance.
#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "flow/plugins.hpp"

namespace corefile::flow_detail {
namespace {

/// What becomes of AA in replies; RA and RD are not told.
struct Header {
  std::optional<bool> authoritative;
};

Returned serve_header(Turn& turn) {
  Returned inner = turn.pass();
  const Header& header = turn.settings<Header>();
  if (!header.authoritative) return inner;
  for (Message& message : inner.written) message.reply.authoritative = *header.authoritative;
  return inner;
}

// loadbalance.go, roundRobin: CNAMEs first, addresses and then MX records last. The order among addresses is chance.
int rank(const Record& record) {
  if (record.type == "CNAME") return 0;
  if (record.type == "A" || record.type == "AAAA") return 2;
  return record.type == "MX" ? 3 : 1;
}

Returned serve_loadbalance(Turn& turn) {
  Returned inner = turn.pass();
  if (turn.request.is_transfer()) return inner;
  for (Message& message : inner.written) {
    if (message.reply.rcode != "NOERROR") continue;
    for (auto* section : {&message.reply.answer, &message.reply.authority, &message.reply.additional}) {
      std::stable_sort(section->begin(), section->end(), [](const Record& a, const Record& b) { return rank(a) < rank(b); });
    }
  }
  return inner;
}

void read_flags(const Line& property, std::size_t first, Header& header) {
  const std::span<const Word> words = property.words;
  if (first >= words.size()) return;
  const bool set = ascii::same_letters(words[first].text, "set");
  for (std::size_t i = first + 1; i < words.size(); ++i) {
    if (ascii::same_letters(words[i].text, "aa")) header.authoritative = set;
  }
}

}  // namespace

// plugin/header/setup.go: the first one with lines counts. Up to 1.10.0 a line was `set` or `clear` alone, and meant replies.
Handlers header(const Setup& setup) {
  Header header;
  for (const Stanza& directive : setup.stanzas) {
    if (directive.properties.empty()) continue;
    for (const Line& property : directive.properties) {
      if (property.name() == "query") continue;
      read_flags(property, property.name() == "response" ? 1 : 0, header);
    }
    break;
  }
  return {make_handler(setup, serve_header, header)};
}

Handlers loadbalance(const Setup& setup) { return {make_handler(setup, serve_loadbalance, 0)}; }

}  // namespace corefile::flow_detail
