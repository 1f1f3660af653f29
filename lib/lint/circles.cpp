// SPDX-License-Identifier: Apache-2.0
#include "lint/circles.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "lint/witness.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile {
namespace {

constexpr std::size_t longest_circle = 8;
// A block with more zones than this is followed for the first ones only, so that the search stays linear.
constexpr std::size_t zones_followed = 16;
// CoreDNS takes 15 upstreams.
constexpr std::size_t upstreams_followed = 16;
constexpr std::size_t backends_followed = 64;
// Sockets of a search; many forwards to many blocks branch.
constexpr unsigned steps_allowed = 64;

std::string endpoint(Transport transport, std::uint16_t port, const go::Ip* address) {
  std::string key{static_cast<char>('0' + static_cast<int>(transport)), static_cast<char>(port >> 8), static_cast<char>(port & 0xFF)};
  if (address != nullptr) key.append(reinterpret_cast<const char*>(address->bytes.data()), address->bytes.size());
  return key;
}

std::string_view parent(std::string_view zone) {
  const std::size_t dot = zone.find('.');
  return dot == std::string_view::npos || dot + 1 == zone.size() ? std::string_view(".") : zone.substr(dot + 1);
}

go::Ip ipv4_loopback() {
  go::Ip ip;
  ip.is4 = true;
  ip.bytes[12] = 127;
  ip.bytes[15] = 1;
  return ip;
}
go::Ip ipv6_loopback() {
  go::Ip ip;
  ip.bytes[15] = 1;
  return ip;
}

struct Listening {
  std::vector<go::Ip> addresses;
  bool all = true;  // no `bind`, or one to an unspecified address: Go listens for both families then
};

// plugin/bind. An interface's addresses are not known, but for `lo`.
Listening listening(ServerBlock block) {
  Listening out;
  bool bound = false;
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::bind)) continue;
    if (!bound) out.all = false;
    bound = true;
    for (const Word& word : directive.arguments()) {
      const Upstream target = read_upstream(word);
      if (word.text == "lo") {
        out.addresses.push_back(ipv4_loopback());
        out.addresses.push_back(ipv6_loopback());
      } else if (target.kind == Upstream::Kind::address) {
        if (go::is_unspecified(target.address)) out.all = true;
        out.addresses.push_back(target.address);
      }
    }
    for (const Property property : directive.properties()) {
      for (const Word& word : property.arguments()) std::erase(out.addresses, read_upstream(word).address);
    }
  }
  return out;
}

bool any_holds(std::span<const Word> zones, std::string_view zone, Release release) {
  return std::any_of(zones.begin(), zones.end(), [&](const Word& word) {
    if (word.unknown != 0) return true;
    const std::vector<std::string> named = normalize_zone(word.text, release);
    return std::any_of(named.begin(), named.end(), [&](const std::string& one) { return is_below(zone, one); });
  });
}

bool excepted(Directive directive, std::string_view zone, Release release) {
  for (const Property property : directive.properties()) {
    if (property.name() == "except" && any_holds(property.arguments(), zone, release)) return true;
  }
  return false;
}

std::span<const Word> first_upstreams(Directive directive) {
  const auto words = directive.upstreams();
  return words.first(std::min(words.size(), upstreams_followed));
}

// Every name of `zone` is answered, or refused, before it comes to `forward`.
bool ends(Directive backend, std::string_view zone, Release release) {
  if (!any_holds(backend.zones(), zone, release)) return false;
  const auto fallthrough = backend.properties().find("fallthrough");
  return !fallthrough || (!fallthrough->arguments().empty() && !any_holds(fallthrough->arguments(), zone, release));
}

// The transport of a plugin's plain upstreams.
Upstream as_sent(Directive directive, Upstream upstream) {
  const auto protocol = directive.is(Plugin::proxy) ? directive.properties().find("protocol") : std::nullopt;
  const bool grpc = directive.is(Plugin::grpc) || (protocol && protocol->words.size() > 1 && protocol->words[1].text == "grpc");
  if (grpc) upstream.transport = Transport::grpc;
  return upstream;
}

// Most resolvers of machines give 127.0.0.1.
bool is_localhost(const Upstream& upstream, Release release) noexcept {
  return upstream.kind == Upstream::Kind::name && upstream.host == "localhost" && asks_names(release);
}

// Some upstream is loopback, or this Corefile binds addresses that one may name.
bool worth_searching(const Config& config, Release release) {
  if (config.has(Plugin::bind)) return true;
  for (const Directive directive : forwarders(config)) {
    for (const Word& word : directive.upstreams()) {
      const Upstream upstream = read_upstream(word);
      if (upstream.loopback || is_localhost(upstream, release)) return true;
    }
  }
  return false;
}

}  // namespace

Listeners::Listeners(const Config& config, Release release) : zones_(config.block_count()) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.dropped() || block.fragment()) continue;
    const Listening bound = listening(block);
    for (const Word& word : block.keys()) {
      if (word.unknown != 0) continue;
      const Key key = read_key(word.text, release);
      std::uint16_t port = 0;
      const auto [end, error] = std::from_chars(key.port.data(), key.port.data() + key.port.size(), port);
      if (error != std::errc{} || end != key.port.data() + key.port.size()) continue;
      for (const std::string& zone : key.zones) {
        zones_[i].push_back(zone);
        if (bound.all) endpoints_[endpoint(key.transport, port, nullptr)].emplace(zone, i);
        for (const go::Ip& address : bound.addresses) endpoints_[endpoint(key.transport, port, &address)].emplace(zone, i);
      }
    }
  }
}

std::optional<std::uint32_t> Listeners::receiver(const Upstream& upstream, std::string_view name) const {
  if (upstream.kind != Upstream::Kind::address) return {};
  // Docker's resolver, which its own rules lead to another port.
  go::Ip docker = ipv4_loopback();
  docker.bytes[15] = 11;
  if (upstream.address == docker) return {};
  go::Ip address = upstream.address;
  if (go::is_unspecified(address)) address = address.is4 ? ipv4_loopback() : ipv6_loopback();
  auto found = endpoints_.find(endpoint(upstream.transport, upstream.port, &address));
  // Without a `bind` it listens on this address only if it is this machine's: surely so for loopback.
  if (found == endpoints_.end() && upstream.loopback) found = endpoints_.find(endpoint(upstream.transport, upstream.port, nullptr));
  if (found == endpoints_.end()) return {};
  for (std::string_view zone = name;;) {
    if (const auto block = found->second.find(zone); block != found->second.end()) return block->second;
    if (zone == "." || zone.empty()) return {};
    zone = parent(zone);
  }
}

CircleSearch::CircleSearch(const Config& config, Release release)
    : config_(config), release_(release), listeners_(config, release), imports_unknown_(has_unresolved_import(config)) {}

const CircleSearch::Facts& CircleSearch::facts(std::uint32_t block) {
  const auto [at, added] = facts_.try_emplace(block);
  Facts& out = at->second;
  if (!added) return out;
  const int place_of_forward = chain_position(Plugin::forward, release_);
  for (const Directive directive : config_.block(block).directives()) {
    const auto words = directive.words();
    const Plugin plugin = directive.plugin();
    if (is_forwarder(plugin)) {
      if (std::string from = from_zone(directive, release_); !from.empty()) out.forwarders.try_emplace(std::move(from), directive);
    } else if (plugin == Plugin::rewrite) {
      out.renames = out.renames || std::any_of(words.begin(), words.end(), [](const Word& word) { return word.text == "name"; });
    } else if (is_backend(plugin) && chain_position(plugin, release_) < place_of_forward) {
      out.split = out.split || out.backends.size() == backends_followed;
      if (!out.split) out.backends.push_back(directive);
    }
    out.loop = out.loop || plugin == Plugin::loop;
    out.split = out.split || plugin == Plugin::view;
    out.foreign = out.foreign || !is_stock_plugin(plugin);
  }
  return out;
}

// Whether queries for zone_ come to the block's forwarders.
CircleSearch::Passing CircleSearch::passing(std::uint32_t block) {
  const Facts& here = facts(block);
  if (here.split || (here.renames && zone_ != ".")) return Passing::no;
  const auto ended = [this](Directive backend) { return ends(backend, zone_, release_); };
  if (std::any_of(here.backends.begin(), here.backends.end(), ended)) return Passing::no;
  return here.foreign || here.renames ? Passing::unsure : Passing::yes;
}

// The first in the file that takes all of zone_.
std::optional<Directive> CircleSearch::forwarder(std::uint32_t block) {
  const Facts& here = facts(block);
  std::optional<Directive> out;
  for (std::string_view zone = zone_; !zone.empty();) {
    const auto found = here.forwarders.find(zone);
    if (found != here.forwarders.end() && (!out || found->second.index < out->index) && !excepted(found->second, zone_, release_)) {
      out = found->second;
    }
    if (zone == ".") break;
    zone = parent(zone);
  }
  return out;
}

std::optional<Circle> CircleSearch::find(Directive directive, const Word& word, const Upstream& upstream) {
  const std::string from = from_zone(directive, release_);
  if (from.empty()) return {};
  start_ = directive.block();
  std::size_t count = 0;
  for (const std::string& zone : listeners_.zones(start_)) {
    if (++count > zones_followed) break;
    if (!is_below(zone, from) && !is_below(from, zone)) continue;
    zone_ = is_below(zone, from) ? zone : from;
    followed_ = 0;
    circle_ = Circle{};
    circle_.zone = zone_;
    if (passing(start_) == Passing::no || excepted(directive, zone_, release_)) continue;
    if (!follow(directive, word, upstream)) continue;
    judge();
    return std::move(circle_);
  }
  return {};
}

bool CircleSearch::follow(Directive directive, const Word& word, const Upstream& upstream) {
  if (++followed_ > steps_allowed || circle_.hops.size() == longest_circle) return false;
  const auto next = listeners_.receiver(as_sent(directive, upstream), zone_);
  if (!next) return false;
  circle_.hops.push_back({directive, &word});
  if (*next == start_ || onward(*next)) return true;
  circle_.hops.pop_back();
  return false;
}

bool CircleSearch::onward(std::uint32_t block) {
  const auto been = [block](const Circle::Hop& hop) { return hop.directive.block() == block; };
  if (std::any_of(circle_.hops.begin(), circle_.hops.end(), been) || passing(block) == Passing::no) return false;
  const std::optional<Directive> next = forwarder(block);
  if (!next) return false;
  for (const Word& word : first_upstreams(*next)) {
    const Upstream upstream = read_upstream(word);
    if (upstream.kind == Upstream::Kind::address && follow(*next, word, upstream)) return true;
  }
  return false;
}

// Certain where every upstream on the way leads on along it, and nothing on the way is unknown.
void CircleSearch::judge() {
  circle_.certain = !imports_unknown_;
  for (std::size_t i = 0; i < circle_.hops.size(); ++i) {
    const Directive directive = circle_.hops[i].directive;
    const std::uint32_t next = i + 1 < circle_.hops.size() ? circle_.hops[i + 1].directive.block() : start_;
    const auto leads_on = [&](const Word& word) {
      if (&word == circle_.hops[i].upstream) return true;
      const Upstream upstream = read_upstream(word);
      return upstream.kind == Upstream::Kind::address && listeners_.receiver(as_sent(directive, upstream), zone_) == next;
    };
    const auto words = first_upstreams(directive);
    circle_.certain = circle_.certain && std::all_of(words.begin(), words.end(), leads_on) && passing(directive.block()) == Passing::yes;
    if (!circle_.guard && facts(directive.block()).loop) circle_.guard = directive.block();
  }
}

std::vector<Circle> find_circles(const Config& config, Release release) {
  std::vector<Circle> out;
  if (!worth_searching(config, release)) return out;
  CircleSearch search(config, release);
  for (const Directive directive : forwarders(config)) {
    for (const Word& word : first_upstreams(directive)) {
      Upstream upstream = read_upstream(word);
      const bool localhost = is_localhost(upstream, release);
      if (localhost) {
        upstream.kind = Upstream::Kind::address;
        upstream.address = ipv4_loopback();
        upstream.loopback = true;
      }
      if (upstream.kind != Upstream::Kind::address) continue;
      std::optional<Circle> circle = search.find(directive, word, upstream);
      if (!circle) continue;
      if (localhost) circle->certain = false;
      const bool first = std::all_of(circle->hops.begin(), circle->hops.end(),
                                     [&](const Circle::Hop& hop) { return hop.directive.block() >= directive.block(); });
      if (first) out.push_back(std::move(*circle));
    }
  }
  return out;
}

void confirm(std::vector<Circle>& circles, Ways& ways) {
  std::erase_if(circles, [&ways](Circle& circle) {
    bool leaves = false;
    for (const std::string& name : names_in(circle.zone)) {
      const auto goes_round = [&](const Circle::Hop& hop) {
        const Config& config = *hop.directive.config;
        const std::optional<Trace> way = ways.through(config.block(hop.directive.block()), name);
        leaves = leaves || (way && !ends_at(*way, hop.directive));
        if (way && circle.witness.empty()) circle.witness = fate(*way);
        return way && ends_at(*way, hop.directive);
      };
      if (std::all_of(circle.hops.begin(), circle.hops.end(), goes_round)) return false;
      circle.witness.clear();
    }
    return leaves;
  });
}

std::string circle_note(const Circle& circle) {
  if (!circle.guard) {
    return circle.certain
               ? "nothing ends it: one query goes round until open files or memory run out, enough for a container of 170 MiB to be killed"
               : "a query that comes back is sent out once more, until it goes elsewhere or its client has given up";
  }
  const auto keys = ServerBlock{circle.hops.front().directive.config, *circle.guard}.keys();
  const Key key = read_key(keys.empty() ? "." : keys.front().text, newest_release());
  return std::string(circle.certain ? "`loop` finds this and ends the process right after the start"
                                    : "if its own query comes back, `loop` ends the process") +
         ", in Kubernetes CrashLoopBackOff: `Loop (127.0.0.1:… -> :" + key.port + ") detected for zone \"" +
         (key.zones.empty() ? std::string(".") : key.zones.front()) + "\"`";
}

void label_circle(const Circle& circle, Diagnostic& found) {
  const Config& config = *circle.hops.front().directive.config;
  for (std::size_t i = 0; i < circle.hops.size(); ++i) {
    if (i > 0) found.labels.push_back({config.place(*circle.hops[i].upstream), "and from there here"});
  }
  const ServerBlock block = config.block(circle.hops.front().directive.block());
  found.labels.push_back({block.head(), "which this block answers"});
  if (!circle.witness.empty()) found.notes.push_back("for example " + circle.witness + ", and so on");
}

}  // namespace corefile
