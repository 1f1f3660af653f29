// SPDX-License-Identifier: Apache-2.0
// plugin/local/local.go and setup.go
#include <fmt/format.h>

#include <array>

#include "base/ascii.hpp"
#include "flow/plugins.hpp"

namespace corefile::flow_detail {
namespace {

constexpr std::uint32_t ttl = 604800;
constexpr std::array<std::string_view, 4> apexes{"localhost.", "0.in-addr.arpa.", "127.in-addr.arpa.", "255.in-addr.arpa."};

struct Local {
  bool prefix = true;
};

Record soa(std::string_view owner) {
  return record(std::string(owner), ttl, "SOA", fmt::format("localhost. root.localhost. 1 0 0 0 {}", ttl));
}

void loopback(Message& message, const Request& request) {
  if (request.is("A")) message.reply.answer.push_back(record(request.name, ttl, "A", "127.0.0.1"));
  if (request.is("AAAA")) message.reply.answer.push_back(record(request.name, ttl, "AAAA", "::1"));
}

void apex(Message& message, const Request& request) {
  if (request.lower == "localhost.") loopback(message, request);
  if (request.is("SOA")) message.reply.answer.push_back(soa(request.name));
  if (request.is("NS")) message.reply.answer.push_back(record(request.name, ttl, "NS", "localhost."));
  if (message.reply.answer.empty()) message.reply.authority.push_back(soa(request.name));
}

Returned serve_local(Turn& turn) {
  const Request& request = turn.request;
  const std::string_view name = request.lower;
  constexpr std::string_view localhost = "localhost.";
  const bool inside = turn.since(1, 14, 5) && name.size() > localhost.size() && name.ends_with(".localhost.");
  const bool begins = name.size() > localhost.size() && turn.settings<Local>().prefix && name.starts_with(localhost);
  Message message = reply_to(request);
  if (inside || begins) {
    loopback(message, request);
    if (message.reply.answer.empty()) message.reply.authority.push_back(soa(request.name));
    return turn.answer(std::move(message), inside ? "names below `localhost` are loopback addresses" : "its first label is `localhost`");
  }
  std::string_view zone;
  for (const std::string_view one : apexes) {
    if (below(name, one)) zone = one;
  }
  if (zone.empty()) return turn.pass("it is for other names");
  const std::string_view written = std::string_view(request.name).substr(request.name.size() - zone.size());
  if (name == zone) {
    apex(message, request);
  } else if (name == "1.0.0.127.in-addr.arpa.") {
    if (request.is("PTR")) {
      message.reply.answer.push_back(record(request.name, ttl, "PTR", "localhost."));
    } else {
      message.reply.authority.push_back(soa(written));
    }
  } else {
    message.reply.rcode = "NXDOMAIN";
    message.reply.authority.push_back(soa(written));
  }
  return turn.answer(std::move(message), "a zone of its own");
}

}  // namespace

Handlers local(const Setup& setup) {
  Local local;
  for (const Stanza& directive : setup.stanzas) {
    for (const Line& property : directive.properties) {
      if (property.name() == "localhost_prefix" && !property.arguments().empty()) local.prefix = property.arguments().front().text != "off";
    }
  }
  return {make_handler(setup, serve_local, local)};
}

}  // namespace corefile::flow_detail
