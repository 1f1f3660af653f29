// SPDX-License-Identifier: Apache-2.0
// plugin/cache/handler.go, cache.go and setup.go, of a cache that is empty
#include <algorithm>
#include <optional>

#include "flow/plugins.hpp"
#include "go/net.hpp"
#include "go/number.hpp"

namespace corefile::flow_detail {
namespace {

struct Cache {
  std::vector<std::string> zones;
  std::int64_t success = 3600, success_least = 5;
  std::int64_t denial = 1800, denial_least = 5;
  std::int64_t failure = 5;
};

// cache.go, cacheResponseType: an answer that does not resolve the question, with a SOA record beside it.
bool answers_question(const Message& message) {
  std::string_view name = message.name;
  for (std::size_t links = 0; links <= message.reply.answer.size(); ++links) {
    const Record* alias = nullptr;
    for (const Record& one : message.reply.answer) {
      if (!below(one.name, name) || one.name.size() != name.size()) continue;
      if (one.type == message.type || message.type == "ANY") return true;
      if (one.type == "CNAME") alias = &one;
    }
    if (alias == nullptr) return false;
    name = alias->data;
  }
  return false;
}

Kind kind_for_cache(const Message& message, const Request& request, Release release) {
  const Kind kind = kind_of(message, request, release);
  if (release < Release{1, 14, 7} || kind != Kind::no_error || message.reply.answer.empty()) return kind;
  const auto& authority = message.reply.authority;
  const bool soa = std::any_of(authority.begin(), authority.end(), [](const Record& one) { return one.type == "SOA"; });
  return soa && !answers_question(message) ? Kind::no_data : kind;
}

// plugin/pkg/dnsutil/ttl.go, MinimalTTLWithMaximum.
std::int64_t least_ttl(const Reply& reply, Kind kind, std::int64_t most) {
  constexpr std::int64_t least = 5;
  if (kind != Kind::no_error && kind != Kind::name_error && kind != Kind::no_data) return least;
  if (reply.answer.empty() && reply.authority.empty() && reply.additional.empty()) return least;
  std::int64_t ttl = most;
  for (const auto* section : {&reply.answer, &reply.authority, &reply.additional}) {
    for (const Record& one : *section) ttl = std::min<std::int64_t>(ttl, one.ttl);
  }
  return ttl;
}

constexpr std::int64_t hour = 3600;

void cap(Message& message, const Request& request, const Cache& cache, Release release) {
  const Kind kind = kind_for_cache(message, request, release);
  const bool an_hour = release < Release{1, 14, 4};  // at most is taken from a reply
  std::int64_t ttl = cache.failure;
  if (kind == Kind::name_error || kind == Kind::no_data) {
    ttl = std::min(std::max(least_ttl(message.reply, kind, an_hour ? hour : cache.denial), cache.denial_least), cache.denial);
  } else if (kind != Kind::server_error) {
    ttl = std::min(std::max(least_ttl(message.reply, kind, an_hour ? hour : cache.success), cache.success_least), cache.success);
  }
  for (auto* section : {&message.reply.answer, &message.reply.authority, &message.reply.additional}) {
    for (Record& one : *section) one.ttl = static_cast<std::uint32_t>(std::max<std::int64_t>(ttl, 0));
  }
}

// cache/dnssec.go, isDNSSEC.
void strip(Reply& reply) {
  const auto of_dnssec = [](const Record& one) {
    return one.type == "DS" || one.type == "NSEC" || one.type == "NSEC3" || one.type == "RRSIG" || one.type == "SIG";
  };
  for (auto* section : {&reply.answer, &reply.authority, &reply.additional}) std::erase_if(*section, of_dnssec);
}

Returned serve_cache(Turn& turn) {
  const Cache& cache = turn.settings<Cache>();
  if (turn.since(1, 15, 0) && turn.request.opcode != "QUERY") return turn.pass("it keeps answers to queries only");
  // What plugins behind it change in the question, those before it do not see.
  Request copy = turn.request;
  if (match(cache.zones, copy.lower).empty()) return turn.pass(copy, "no zone of its own fits");
  // cache/handler.go, setDo: replies were asked for with signatures.
  const bool asked = copy.dnssec;
  if (!turn.since(1, 10, 1)) {
    copy.dnssec = true;
    copy.edns_size = 2048;
  }
  // dynupdate.go, CacheBypassZones.
  if (const Handler* updates = turn.walk.model().handler(turn.block, Plugin::dynupdate); updates != nullptr) {
    const Directive directive{turn.walk.model().config, updates->directive};
    for (const Word& word : directive.zones()) {
      if (below(copy.lower, go::normalize_name(word.text))) return turn.pass(copy, "`dynupdate` keeps its zone out of it");
    }
  }
  Returned inner = turn.pass(copy);
  for (Message& message : inner.written) {
    cap(message, copy, cache, turn.release());
    if (!asked && !turn.since(1, 10, 1)) strip(message.reply);
  }
  return inner;
}

void read_limits(const Line& property, std::int64_t& most, std::int64_t& least) {
  const std::span<const Word> arguments = property.arguments();
  if (arguments.size() > 1) most = go::atoi(arguments[1].text).value_or(most);
  if (arguments.size() > 2) least = go::atoi(arguments[2].text).value_or(least);
}

}  // namespace

Handlers cache(const Setup& setup) {
  const Stanza& directive = setup.stanzas.front();
  Cache cache;
  cache.zones = setup.zones_of(directive);
  if (!directive.arguments.empty()) {
    if (const auto ttl = go::atoi(directive.arguments.front().text)) cache.success = cache.denial = *ttl;
  }
  for (const Line& property : directive.properties) {
    if (property.name() == "success") read_limits(property, cache.success, cache.success_least);
    if (property.name() == "denial") read_limits(property, cache.denial, cache.denial_least);
    if (property.name() == "servfail" && !property.arguments().empty()) {
      cache.failure = go::parse_duration(property.arguments().front().text).value_or(5 * go::second) / go::second;
    }
  }
  return {make_handler(setup, serve_cache, std::move(cache))};
}

}  // namespace corefile::flow_detail
