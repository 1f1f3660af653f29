// SPDX-License-Identifier: Apache-2.0
// plugin/forward/forward.go and setup.go, plugin/pkg/parse/host.go
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "flow/plugins.hpp"
#include "flow/resolv_conf.hpp"
#include "go/net.hpp"
#include "plugins/setup.hpp"

namespace corefile::flow_detail {
namespace {

/// A TO: an address, or a file that names some.
struct Target {
  std::string text;
  bool file = false;
  std::string written{};
};

struct Forward {
  std::string from;
  std::vector<std::string> except;
  std::vector<Target> targets;
  std::vector<std::string> next, failover;
  bool next_on_nodata = false;
  bool force_tcp = false, prefer_udp = false;
  bool sequential = false;
  bool never_listed_twice = false;
};

struct Upstream {
  std::string protocol;  ///< empty: plain DNS
  std::string address;
};

Upstream upstream_of(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return {{}, std::string(text)};
  const std::string_view name = text.substr(0, scheme);
  std::string address(text.substr(scheme + 3));
  // setup.go, splitZone: what stands behind the last `%` is the name in the server's certificate.
  if (const std::size_t percent = address.rfind('%'); percent != std::string::npos) {
    const std::size_t end = std::min(address.find_first_of("]:", percent), address.size());
    address.erase(percent, end - percent);
  }
  return {name == "dns" ? std::string() : std::string(name), std::move(address)};
}

/// resolve.go: a host name's addresses, from the release on that resolves them.
void add_resolved(std::string_view text, Walk& walk, std::vector<Upstream>& upstreams) {
  if (!walk.model().since(1, 14, 4)) return;
  Upstream upstream = upstream_of(text);
  const auto parts = go::split_host_port(upstream.address);
  const std::string name(parts ? parts->host : std::string_view(upstream.address));
  const std::string_view usual = upstream.protocol.empty() ? "53" : upstream.protocol == "https" ? "443" : "853";
  const std::string port(parts ? parts->port : usual);
  const auto addresses = walk.world().resolve ? walk.world().resolve(name) : std::nullopt;
  if (!addresses) walk.depend(fmt::format("the addresses of {}", name));
  if (!addresses) return;
  for (const std::string& address : *addresses) {
    upstreams.push_back(
        {upstream.protocol, is_ipv4(address) ? fmt::format("{}:{}", address, port) : fmt::format("[{}]:{}", address, port)});
  }
}

std::vector<Upstream> upstreams_of(const Forward& forward, Walk& walk) {
  std::vector<Upstream> upstreams;
  for (const Target& target : forward.targets) {
    if (target.text.empty()) continue;
    if (!target.file) {
      upstreams.push_back(upstream_of(target.text));
      continue;
    }
    const auto text = walk.file(target.text);
    if (!text) {
      // A host name has no `/`.
      if (target.text.find('/') == std::string::npos) add_resolved(target.written, walk, upstreams);
      continue;
    }
    for (std::string& server : name_servers(*text)) upstreams.push_back({{}, std::move(server)});
  }
  if (!forward.never_listed_twice) return upstreams;
  std::vector<Upstream> once;
  for (Upstream& one : upstreams) {
    const auto same = [&one](const Upstream& other) { return other.address == one.address && other.protocol == one.protocol; };
    if (std::none_of(once.begin(), once.end(), same)) once.push_back(std::move(one));
  }
  return once;
}

std::string protocol_of(const Forward& forward, const Upstream& upstream, const Walk& walk) {
  if (!upstream.protocol.empty()) return upstream.protocol;
  if (forward.force_tcp) return "tcp";
  if (forward.prefer_udp) return "udp";
  return walk.tcp() ? "tcp" : "udp";
}

/// What the upstreams say, one after the other as far as `failover` goes; nothing: none of them is known to say anything.
std::optional<Reply> ask(Turn& turn, const Forward& forward, const std::vector<Upstream>& upstreams) {
  std::optional<Reply> reply;
  for (std::size_t i = 0; i < upstreams.size(); ++i) {
    Asked asked{upstreams[i].address, protocol_of(forward, upstreams[i], turn.walk), turn.request.name, turn.request.type, {}};
    if (upstreams.size() > 1 && !forward.sequential) {
      for (const Upstream& one : upstreams) asked.one_of.push_back(one.address);
    }
    turn.walk.trace().asked.push_back(asked);
    reply = turn.walk.world().upstream ? turn.walk.world().upstream(asked) : std::nullopt;
    if (!reply) turn.walk.depend(fmt::format("what {} says of {} {}", asked.upstream, asked.name, asked.type));
    if (!reply || !contains(forward.failover, reply->rcode)) return reply;
  }
  return reply;
}

Returned serve_forward(Turn& turn) {
  const Forward& forward = turn.settings<Forward>();
  const std::string_view name = turn.request.lower;
  if (!below(name, forward.from)) return turn.pass("it is for other names");
  const auto excepted = [name](const std::string& zone) { return below(name, zone); };
  if (name != forward.from && std::any_of(forward.except.begin(), forward.except.end(), excepted)) return turn.pass("`except` names it");
  const std::vector<Upstream> upstreams = upstreams_of(forward, turn.walk);
  if (upstreams.empty()) {
    turn.walk.depend("the upstreams of `forward`");
    Message nobody = reply_to(turn.request);
    nobody.reply.known = false;
    return turn.answer(std::move(nobody), "its upstreams are not known");
  }
  std::optional<Reply> reply = ask(turn, forward, upstreams);
  const bool behind = turn.next() != nullptr && turn.next()->plugin == Plugin::forward;
  if (reply && behind) {
    if (contains(forward.next, reply->rcode)) return turn.pass("`next` hands this reply's code on");
    if (forward.next_on_nodata && reply->rcode == "NOERROR" && reply->answer.empty()) return turn.pass("`next_on_nodata`");
  }
  Message message = reply_to(turn.request);
  message.reply.known = reply.has_value();
  if (reply) message.reply = std::move(*reply);
  Returned returned = turn.answer(std::move(message), "it hands what it is for to its upstreams");
  turn.did(Step::Did::forwarded, {});
  return returned;
}

Target target_of(const Setup& setup, const Word& word) {
  const plugins::setup::UpstreamWord read = plugins::setup::read_upstream(word.text, setup.release);
  if (read.kind == plugins::setup::Upstream::address) return {plugins::setup::full_address(read, word.text), false, {}};
  if (read.kind == plugins::setup::Upstream::barren) return {};
  return {std::string(read.host), true, std::string(word.text)};
}

std::vector<std::string> rcodes_of(const Line& property) {
  std::vector<std::string> rcodes;
  for (const Word& word : property.arguments()) {
    std::string code = ascii::to_upper(word.text);
    rcodes.push_back(code == "NOTIMPL" ? "NOTIMP" : std::move(code));
  }
  return rcodes;
}

Forward forward_of(const Setup& setup, const Stanza& directive) {
  Forward forward;
  const std::span<const Word> arguments = directive.arguments;
  if (!arguments.empty()) {
    const std::vector<std::string> zones = normalize_zone(arguments.front().text, setup.release);
    forward.from = zones.empty() ? "." : zones.front();
  }
  for (const Word& word : directive.upstreams()) forward.targets.push_back(target_of(setup, word));
  for (const Line& property : directive.properties) {
    const std::string_view name = property.name();
    if (name == "except") {
      for (const Word& word : property.arguments()) {
        for (std::string& zone : normalize_zone(word.text, setup.release)) forward.except.push_back(std::move(zone));
      }
    }
    const auto append = [&property](std::vector<std::string>& to) {
      for (std::string& code : rcodes_of(property)) to.push_back(std::move(code));
    };
    if (name == "next") append(forward.next);
    if (name == "failover") append(forward.failover);
    forward.next_on_nodata = forward.next_on_nodata || name == "next_on_nodata";
    forward.force_tcp = forward.force_tcp || name == "force_tcp";
    forward.prefer_udp = forward.prefer_udp || name == "prefer_udp";
    if (name == "policy" && !property.arguments().empty()) forward.sequential = property.arguments().front().text == "sequential";
  }
  forward.never_listed_twice = setup.since(1, 14, 4);
  return forward;
}

}  // namespace

Handlers forward(const Setup& setup) {
  Handlers handlers;
  for (const Stanza& directive : setup.stanzas) {
    Handler& handler = handlers.emplace_back(make_handler(setup, serve_forward, forward_of(setup, directive)));
    handler.directive = directive.index;
    handler.place = directive.place;
  }
  return handlers;
}

}  // namespace corefile::flow_detail
