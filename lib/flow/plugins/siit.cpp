// SPDX-License-Identifier: Apache-2.0
// plugin/siit/siit.go and setup.go
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "flow/interests.hpp"
#include "flow/plugins.hpp"
#include "go/net.hpp"

namespace corefile::flow_detail {
namespace {

struct Siit {
  go::Cidr prefix = *go::parse_cidr("64:ff9b::/96");
  std::map<std::string, std::string, std::less<>> addresses;  ///< IPv6 to IPv4
};

// to4: empty if the address has no IPv4 one.
std::string translated(const Siit& settings, std::string_view address) {
  const auto six = go::parse_ip(address);
  if (!six || six->is4) return {};
  if (const auto known = settings.addresses.find(go::to_string(*six)); known != settings.addresses.end()) return known->second;
  constexpr std::size_t reserved = 8;
  if (go::masked(*six, settings.prefix.ones).bytes != settings.prefix.network.bytes || six->bytes[reserved] != 0) return {};
  std::array<std::uint8_t, 4> four{};
  std::size_t from = settings.prefix.ones / 8U;
  for (std::uint8_t& byte : four) {
    if (from == reserved) ++from;
    byte = six->bytes[from++];
  }
  return fmt::format("{}.{}.{}.{}", four[0], four[1], four[2], four[3]);
}

bool needs(const Turn& turn, const Message& message) {
  if (kind_of(message, turn.request, turn.release()) == Kind::name_error) return false;
  const auto& answer = message.reply.answer;
  return std::none_of(answer.begin(), answer.end(), [](const Record& one) { return one.type == "A"; });
}

/// None: nothing of it can be translated.
std::optional<Message> synthesized(const Turn& turn, const Siit& settings, const Message& original, Message found) {
  Message message = reply_to(turn.request, "NOERROR", found.reply.authoritative);
  std::uint32_t most = 600;
  for (const Record& one : original.reply.authority) {
    if (one.type == "SOA") most = one.ttl;
  }
  bool any = false;
  for (Record& one : found.reply.answer) {
    if (one.type == "AAAA") {
      std::string address = translated(settings, one.data);
      if (address.empty()) continue;
      any = true;
      one = record(one.name, std::min(one.ttl, most), "A", std::move(address));
    }
    message.reply.answer.push_back(std::move(one));
  }
  message.reply.authority = std::move(found.reply.authority);
  message.reply.additional = std::move(found.reply.additional);
  return any ? std::optional(std::move(message)) : std::nullopt;
}

Returned serve_siit(Turn& turn) {
  const Siit& settings = turn.settings<Siit>();
  if (turn.context.synthesis || !turn.request.is("A") || turn.request.klass != "IN") return turn.pass();
  if (turn.next() == nullptr) return turn.panic("it has no plugin behind it");
  Returned inner = turn.pass();
  if (inner.panicked || inner.written.empty()) return inner;
  Message message = std::move(inner.written.back());
  if (!needs(turn, message)) return turn.answer(std::move(message), "the reply needs no translation", inner.rcode);
  std::optional<Message> found = turn.look_up(turn.request.lower, "AAAA", {}, true);
  if (!found) return turn.fail("SERVFAIL", "the look-up of the AAAA records has no reply", "siit: upstream lookup returned no response");
  if (found->reply.rcode != "NOERROR") {
    Message failed = reply_to(turn.request);
    failed.reply = std::move(found->reply);
    const std::string rcode = failed.reply.rcode;
    return turn.answer(std::move(failed), "the look-up of the AAAA records failed", rcode);
  }
  std::optional<Message> made = synthesized(turn, settings, message, std::move(*found));
  if (made) return turn.answer(std::move(*made), "made of the AAAA records");
  const std::string rcode = message.reply.rcode;
  return turn.answer(std::move(message), "no AAAA record can be translated", rcode);
}

// Clients of IPv6 are another matter.
void tell_siit(const void*, const Surroundings&, Interests& interests) { interests.network("::/0"); }

}  // namespace

Handlers siit(const Setup& setup) {
  Siit settings;
  for (const Stanza& directive : setup.stanzas) {
    for (const Line& property : directive.properties) {
      const std::span<const Word> arguments = property.arguments();
      if (property.name() == "ipv6_prefix" && !arguments.empty()) {
        if (const auto prefix = go::parse_cidr(arguments.front().text)) settings.prefix = *prefix;
      }
      if (property.name() == "eam" && arguments.size() == 2) {
        settings.addresses[plain_address(arguments[1].text)] = plain_address(arguments[0].text);
      }
    }
  }
  return {make_handler(setup, serve_siit, std::move(settings), tell_siit)};
}

}  // namespace corefile::flow_detail
