// SPDX-License-Identifier: Apache-2.0
// plugin/dns64/dns64.go and setup.go
#include <algorithm>

#include "flow/interests.hpp"
#include "flow/plugins.hpp"
#include "go/net.hpp"

namespace corefile::flow_detail {
namespace {

struct Dns64 {
  go::Cidr prefix = *go::parse_cidr("64:ff9b::/96");
  bool translate_all = false;
  bool allow_ipv4 = false;
};

// dns64.go, to6.
std::string translated(const go::Cidr& prefix, std::string_view address) {
  const auto four = go::parse_ip(address);
  if (!four || !four->is4) return {};
  go::Ip six;
  constexpr std::size_t first = 12;  // an IPv4 address stands in the last four bytes
  std::size_t i = 0, j = first;
  for (; i < prefix.ones / 8U; ++i) six.bytes[i] = prefix.network.bytes[i];
  for (; i < 8; ++i, ++j) six.bytes[i] = four->bytes[j];
  if (i == 8) ++i;
  for (; j < 16 && i < 16; ++i, ++j) six.bytes[i] = four->bytes[j];
  return go::to_string(six);
}

bool wants(const Turn& turn, const Dns64& settings) {
  if (!settings.allow_ipv4 && is_ipv4(plain_address(turn.walk.query().client))) return false;
  return turn.request.is("AAAA") && turn.request.klass == "IN";
}

bool needs(const Turn& turn, const Message& message, const Dns64& settings) {
  if (kind_of(message, turn.request, turn.release()) == Kind::name_error) return false;
  const auto& answer = message.reply.answer;
  return settings.translate_all || std::none_of(answer.begin(), answer.end(), [](const Record& one) { return one.type == "AAAA"; });
}

Message synthesized(const Turn& turn, const Dns64& settings, const Message& original, Message found) {
  Message message = reply_to(turn.request, turn.since(1, 15, 0) ? found.reply.rcode : "NOERROR");
  std::uint32_t most = 600;
  for (const Record& one : original.reply.authority) {
    if (one.type == "SOA") most = one.ttl;
  }
  message.reply.authority = std::move(found.reply.authority);
  message.reply.additional = std::move(found.reply.additional);
  for (Record& one : found.reply.answer) {
    if (one.type == "A") one = record(one.name, std::min(one.ttl, most), "AAAA", translated(settings.prefix, one.data));
    message.reply.answer.push_back(std::move(one));
  }
  return message;
}

Returned serve_dns64(Turn& turn) {
  const Dns64& settings = turn.settings<Dns64>();
  if (!wants(turn, settings)) return turn.pass();
  if (turn.next() == nullptr) return turn.panic("it has no plugin behind it");
  Returned inner = turn.pass();
  if (inner.panicked || inner.written.empty()) return inner;
  if (inner.written.back().null) {
    inner.written.clear();
    return inner;
  }
  Message message = std::move(inner.written.back());
  if (!needs(turn, message, settings)) return turn.answer(std::move(message), "the reply needs no translation", inner.rcode);
  std::optional<Message> found = turn.look_up(turn.request.lower, "A");
  if (!found) return turn.fail("SERVFAIL", "the look-up of the A records has no reply", "dns64: upstream returned no response");
  return turn.answer(synthesized(turn, settings, message, std::move(*found)), "made of the A records");
}

// Clients of IPv6 are another matter.
void tell_dns64(const void*, const Surroundings&, Interests& interests) { interests.network("::/0"); }

}  // namespace

Handlers dns64(const Setup& setup) {
  Dns64 settings;
  for (const Stanza& directive : setup.stanzas) {
    const auto set_prefix = [&settings](std::span<const Word> words) {
      if (words.empty()) return;
      if (const auto prefix = go::parse_cidr(words.front().text)) settings.prefix = *prefix;
    };
    set_prefix(directive.arguments);
    for (const Line& property : directive.properties) {
      if (property.name() == "prefix") set_prefix(property.arguments());
      settings.translate_all = settings.translate_all || property.name() == "translate_all";
      settings.allow_ipv4 = settings.allow_ipv4 || property.name() == "allow_ipv4";
    }
  }
  return {make_handler(setup, serve_dns64, settings, tell_dns64)};
}

}  // namespace corefile::flow_detail
