// SPDX-License-Identifier: Apache-2.0
// Plugins that answer out of data which is not told here, and plugin/grpc.
#include <fmt/format.h>

#include <algorithm>

#include "flow/plugins.hpp"
#include "plugins/facts.hpp"
#include "plugins/setup.hpp"

namespace corefile::flow_detail {
namespace {

struct Backend {
  std::string name;
  std::vector<std::string> zones;
  bool refuses = false;  ///< as the last plugin, what is in none of its zones
};

Message unknown_reply(const Request& request) {
  Message message = reply_to(request, "NOERROR", true);
  message.reply.known = false;
  return message;
}

Returned serve_backend(Turn& turn) {
  const Backend& backend = turn.settings<Backend>();
  const std::string_view zone = match(backend.zones, turn.request.lower);
  if (zone.empty() && backend.refuses && turn.next() == nullptr)
    return turn.fail("REFUSED", "no zone of its own fits, and nothing is behind it");
  if (zone.empty()) return turn.pass("no zone of its own fits");
  turn.walk.depend(fmt::format("what `{}` has for {}", backend.name, turn.request.name));
  return turn.answer(unknown_reply(turn.request), "its data is not known here");
}

struct Grpc {
  std::string from;
  std::vector<std::string> except;
  std::vector<std::string> upstreams;
  Fallthrough fallthrough;
  bool sequential = false;
};

Returned serve_grpc(Turn& turn) {
  const Grpc& grpc = turn.settings<Grpc>();
  const std::string_view name = turn.request.lower;
  const auto excepted = [name](const std::string& zone) { return below(name, zone); };
  if (!below(name, grpc.from)) return turn.pass("it is for other names");
  if (name != grpc.from && std::any_of(grpc.except.begin(), grpc.except.end(), excepted)) return turn.pass("`except` names it");
  Asked asked{grpc.upstreams.empty() ? std::string() : grpc.upstreams.front(), "grpc", turn.request.name, turn.request.type, {}};
  if (grpc.upstreams.size() > 1 && !grpc.sequential) asked.one_of = grpc.upstreams;
  turn.walk.trace().asked.push_back(asked);
  std::optional<Reply> reply = turn.walk.world().upstream ? turn.walk.world().upstream(asked) : std::nullopt;
  if (!reply) turn.walk.depend(fmt::format("what {} says of {} {}", asked.upstream, asked.name, asked.type));
  if (reply && reply->rcode == "NXDOMAIN" && grpc.fallthrough.through(name) && turn.next() != nullptr) {
    return turn.pass("its upstream knows no such name, and it falls through");
  }
  Message message = unknown_reply(turn.request);
  message.reply.authoritative = false;
  if (reply) message.reply = std::move(*reply);
  Returned returned = turn.answer(std::move(message), "it hands what it is for to its upstreams");
  turn.did(Step::Did::forwarded, {});
  return returned;
}

}  // namespace

Handlers backend(const Setup& setup) {
  Backend made{std::string(to_string(setup.plugin)), {}, setup.plugin == Plugin::secondary && setup.since(1, 12, 3)};
  for (const Stanza& directive : setup.stanzas) {
    for (std::string& zone : setup.zones_of(directive)) made.zones.push_back(std::move(zone));
  }
  return {make_handler(setup, serve_backend, std::move(made))};
}

Handlers grpc(const Setup& setup) {
  const Stanza& directive = setup.stanzas.front();
  Grpc grpc;
  if (!directive.arguments.empty()) {
    const std::vector<std::string> zones = normalize_zone(directive.arguments.front().text, setup.release);
    grpc.from = zones.empty() ? "." : zones.front();
  }
  for (const Word& word : directive.upstreams()) {
    grpc.upstreams.push_back(plugins::setup::full_address(plugins::setup::read_upstream(word.text, setup.release), word.text));
  }
  for (const Line& property : directive.properties) {
    if (property.name() == "fallthrough") grpc.fallthrough = setup.fallthrough_of(property);
    if (property.name() == "policy" && !property.arguments().empty()) grpc.sequential = property.arguments().front().text == "sequential";
    if (property.name() != "except") continue;
    for (const Word& word : property.arguments()) {
      for (std::string& zone : normalize_zone(word.text, setup.release)) grpc.except.push_back(std::move(zone));
    }
  }
  return {make_handler(setup, serve_grpc, std::move(grpc))};
}

}  // namespace corefile::flow_detail
