// SPDX-License-Identifier: Apache-2.0
#include "plugins/listen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "plugins/tls_policy.hpp"

namespace corefile::plugins {
namespace {

// One zone on one listening address.
struct Served {
  Transport transport;
  std::string_view zone;
  std::string_view port;
  std::string_view address;  // empty: all
  Place place;

  std::string text() const {
    return fmt::format("{}://{}:{}{}{}", to_string(transport), zone, port, address.empty() ? "" : " on ", address);
  }
};

void refuse(LoadVerdict& verdict, const Served& served, const Served& before, bool overlap, bool filtered = false) {
  if (verdict.problems.size() >= most_faults) return;
  Problem fault{ProblemKind::duplicate_zone, served.place,
                overlap ? fmt::format("`{}` is served here and, with another `bind`, by a block above", served.zone)
                        : fmt::format("`{}` on port {} is served by another block already", served.zone, served.port)};
  fault.says = overlap ? fmt::format("cannot serve {} - zone overlap listener capacity with {}", served.text(), before.text())
                       : fmt::format("cannot serve {} - it is already defined", served.text());
  fault.labels.push_back({before.place, "first here"});
  fault.help =
      overlap ? "give both blocks a `bind` with different addresses, or neither" : "merge the two blocks, or give one another zone or port";
  if (filtered)
    fault.help = "put this block, which has a `view`, before the one without: until 1.14.3 that one has to be the last of its zone";
  verdict.problems.push_back(std::move(fault));
}

// Where a block's zone listens when zones are compared; `nth` among the block's zones. core/dnsserver/register.go.
std::span<const std::string> addresses(const BlockState& state, std::size_t nth, Release release) {
  static const std::array<std::string, 1> everywhere{""};
  // 1.8.5 to 1.9.4: plugins are set up for a block's first zone alone, and the others get its addresses only afterwards.
  const bool alone = release >= Release{1, 8, 5} && release < Release{1, 10, 0};
  if (!state.bound || (alone && nth > 0)) return everywhere;
  return state.binds;
}

// zoneOverlap of address.go.
class Overlaps {
 public:
  explicit Overlaps(LoadVerdict& verdict, Release release) : verdict_(verdict), release_(release) {}

  /// `filtered`: a `view` picks its queries.
  void add(const Served& served, bool filtered) {
    if (++count_ > limit) return;
    auto& [taken, last] = registered_[{served.transport, served.zone, served.port}];
    if (const auto same = taken.find(served.address); same != taken.end()) {
      // Before 1.14.3 a block with a `view` could not come behind one without.
      if (!filtered || release_ < Release{1, 14, 3}) refuse(verdict_, served, same->second, false, filtered);
    } else if (!taken.empty() && (served.address.empty() || taken.begin()->first.empty())) {
      refuse(verdict_, served, served.address.empty() ? *last : taken.begin()->second, true);
    } else if (!filtered) {
      last = &taken.emplace(served.address, served).first->second;
    }
  }

 private:
  // Zones times addresses; far more than a machine serves, and no more than a text of keys and addresses alone may cost.
  static constexpr std::size_t limit = 1'000'000;

  LoadVerdict& verdict_;
  Release release_;
  std::size_t count_ = 0;
  struct Taken {
    std::map<std::string_view, Served> by_address;
    const Served* last = nullptr;
  };
  std::map<std::tuple<Transport, std::string_view, std::string_view>, Taken> registered_;
};

constexpr Release acme_came{1, 14, 7};

// A key on one address, for what its encryption needs.
struct Socket {
  Place place;
  const BlockState* state;
  const std::vector<TlsPolicy>* policies;
};
using Listening = std::map<std::tuple<Transport, std::string_view, std::string_view>, Socket>;

// core/dnsserver/server_https.go and server_https3.go.
bool needs_tls(Transport transport, Release release) {
  return (transport == Transport::https && release >= Release{1, 8, 0} && release < Release{1, 8, 7}) ||
         (transport == Transport::https3 && release >= Release{1, 13, 2});
}

void check_tls_given(const Key& key, const Place& place, Release release,
                     const std::vector<std::pair<Transport, std::string_view>>& secured, LoadVerdict& verdict) {
  if (!needs_tls(key.transport, release)) return;
  if (std::find(secured.begin(), secured.end(), std::pair(key.transport, std::string_view(key.port))) != secured.end()) return;
  Problem fault{ProblemKind::conflict, place,
                fmt::format("{}:// needs a certificate, and its server block has no `tls`", to_string(key.transport))};
  fault.says = key.transport == Transport::https ? "DoH requires TLS to be configured, see the tls plugin"
                                                 : "DoH3 requires TLS, no TLS config found";
  fault.help = "add `tls CERT KEY` to the block";
  verdict.problems.push_back(std::move(fault));
}

// acmeRuntime.add of plugin/tls/acme.go: a domain has one configuration.
void check_acme(const std::vector<std::vector<TlsPolicy>>& blocks, LoadVerdict& verdict) {
  std::map<std::string_view, const TlsPolicy*> owners;
  for (const std::vector<TlsPolicy>& policies : blocks) {
    for (const TlsPolicy& policy : policies) {
      for (const std::string& domain : policy.domains) {
        const auto [owner, fresh] = owners.try_emplace(domain, &policy);
        if (fresh || !surely_differ(*owner->second, policy)) continue;
        Problem fault{ProblemKind::conflict, policy.place, fmt::format("another `tls` has `{}` with other options", domain)};
        fault.says = fmt::format("ACME domain \"{}\" is configured with conflicting options", domain);
        fault.labels.push_back({owner->second->place, "the other one"});
        fault.help = "give both the same domains and options";
        verdict.problems.push_back(std::move(fault));
        break;
      }
    }
  }
}

// sharedTLSConfig of tlsconfig.go, 1.15.0: blocks on one listener have `tls` all or none, and the same.
void check_tls_shared(const Key& key, const Socket& socket, Release release, Listening& listening, LoadVerdict& verdict) {
  const BlockState& state = *socket.state;
  const Place& place = socket.place;
  if (release < Release{1, 15, 0} || key.transport == Transport::dns || key.transport == Transport::unix_socket) return;
  for (const std::string& address : addresses(state, 0, release)) {
    const auto [first, fresh] = listening.try_emplace({key.transport, key.port, address}, socket);
    if (fresh || first->second.state == &state) continue;
    const BlockState& other = *first->second.state;
    if (other.tls == state.tls) {
      if (socket.policies->empty() || first->second.policies->empty()) continue;
      const TlsPolicy& policy = socket.policies->back();
      const TlsPolicy& before = first->second.policies->back();
      if (!surely_differ(before, policy)) continue;
      Problem fault{ProblemKind::conflict, policy.place,
                    fmt::format("this `tls` differs from the one of another server block on port {}", key.port)};
      fault.says = "conflicting TLS configuration for shared listener";
      fault.labels.push_back({before.place, "the other one"});
      fault.help = "give both blocks the same `tls`";
      verdict.problems.push_back(std::move(fault));
      return;
    }
    const Place& without = state.tls ? first->second.place : place;
    Problem fault{ProblemKind::conflict, without,
                  fmt::format("a server block with `tls` shares port {} with this one, which has none", key.port)};
    fault.says = "conflicting TLS configuration for shared listener: TLS is configured for only one server block";
    fault.labels.push_back({state.tls ? place : first->second.place, "has `tls`"});
    fault.help = "give both blocks the same `tls`";
    verdict.problems.push_back(std::move(fault));
    return;
  }
}

void check_tls(const Config& config, Release release, const std::vector<Listener>& listeners, const std::vector<BlockState>& states,
               LoadVerdict& verdict) {
  const auto encrypts = [](const Key& key) { return key.transport != Transport::dns; };
  const auto plain = [&](const Listener& one) { return std::none_of(one.keys.begin(), one.keys.end(), encrypts); };
  if (!config.has(Plugin::tls) && std::all_of(listeners.begin(), listeners.end(), plain)) return;
  std::vector<std::pair<Transport, std::string_view>> secured;
  for (std::size_t i = 0; i < listeners.size(); ++i) {
    if (!states[i].tls) continue;
    for (const Key& key : listeners[i].keys) {
      if (needs_tls(key.transport, release)) secured.emplace_back(key.transport, key.port);
    }
  }
  std::vector<std::vector<TlsPolicy>> policies(states.size());
  if (release >= acme_came) {
    for (std::size_t i = 0; i < states.size(); ++i) policies[i] = tls_policies(config, states[i], release);
    check_acme(policies, verdict);
  }
  Listening listening;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const std::span<const Word> words = config.block(i).keys();
    for (std::size_t k = 0; k < listeners[i].keys.size(); ++k) {
      const Key& key = listeners[i].keys[k];
      if (key.zones.empty()) continue;
      check_tls_given(key, config.place(words[k]), release, secured, verdict);
      check_tls_shared(key, {config.place(words[k]), &states[i], &policies[i]}, release, listening, verdict);
    }
  }
}

// `.:192.0.2.5:53`: an address to listen on, between zone and port. `.example.org`: a dot as in a suffix.
std::string key_help(std::string_view key) {
  if (key.size() > 2 && key.front() == '.' && (ascii::is_alnum(key[1]) || key[1] == '_'))
    return fmt::format("a zone holds all names below it, without a dot before: write `{}`", key.substr(1));
  const std::size_t first = key.find(':');
  const std::size_t last = key.rfind(':');
  if (first == last) return {};
  const std::string_view address = key.substr(first + 1, last - first - 1);
  if (!go::parse_ip(address)) return {};
  return fmt::format("to listen on that address, write `{}:{}` and `bind {}` in the block", key.substr(0, first), key.substr(last + 1),
                     address);
}

void refuse_key(const Word& word, const Key& key, const Config& config, LoadVerdict& verdict) {
  Problem fault{ProblemKind::invalid_key, config.place(word), fmt::format("`{}` is not a server block key", word.text)};
  fault.says = key.error;
  fault.subject = std::string(word.text);
  fault.help = key_help(word.text);
  verdict.problems.push_back(std::move(fault));
}

void refuse_port(const Place& place, std::string_view text, std::int64_t port, LoadVerdict& verdict) {
  Problem fault{ProblemKind::invalid_key, place, fmt::format("port {} does not exist", port)};
  fault.says = fmt::format("address {}: invalid port", text);
  fault.help = "write a port from 1 to 65535";
  verdict.problems.push_back(std::move(fault));
}

}  // namespace

void Listener::join_zones() {
  if (keys.size() == 1) return;
  for (const Key& key : keys) several_.insert(several_.end(), key.zones.begin(), key.zones.end());
}

std::vector<Listener> read_keys(const Config& config, Release release, LoadVerdict& verdict) {
  std::vector<Listener> listeners(config.block_count());
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const std::span<const Word> words = config.block(i).keys();
    listeners[i].keys.reserve(words.size());
    for (const Word& word : words) {
      if (word.unknown) {
        listeners[i].keys.emplace_back();
        verdict.depends = true;
        continue;
      }
      const Key& key = listeners[i].keys.emplace_back(read_key(word.text, release));
      if (!key.error.empty() && verdict.problems.size() < most_faults) refuse_key(word, key, config, verdict);
    }
    listeners[i].join_zones();
  }
  return listeners;
}

void check_listeners(const Config& config, Release release, const std::vector<Listener>& listeners, const std::vector<BlockState>& states,
                     LoadVerdict& verdict) {
  Overlaps overlaps(verdict, release);
  std::size_t served = 0;
  for (const Listener& listener : listeners) served += listener.zones().size();
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const bool filtered = block.has(Plugin::view);
    std::size_t nth = 0;
    for (std::size_t k = 0; k < listeners[i].keys.size(); ++k) {
      const Key& key = listeners[i].keys[k];
      const auto port = go::atoi(key.port);
      if (port && (*port < 0 || *port > 65535) && verdict.problems.size() < most_faults) {
        refuse_port(config.place(block.keys()[k]), key.port, *port, verdict);
      }
      for (const std::string& zone : key.zones) {
        const std::span<const std::string> listening = addresses(states[i], nth++, release);
        if (served == 1 && listening.size() == 1) break;  // nothing to overlap with
        for (const std::string& address : listening) {
          overlaps.add({key.transport, zone, key.port, address, config.place(block.keys()[k])}, filtered);
        }
      }
    }
  }
  check_tls(config, release, listeners, states, verdict);
}

std::vector<BlockState> states_of(const Config& config, const std::vector<Listener>& listeners, Patterns& patterns, const Files* files) {
  std::vector<BlockState> states(config.block_count());
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    states[i].block = config.block(i);
    states[i].zones = listeners[i].zones();
    states[i].patterns = &patterns;
    states[i].files = files;
  }
  return states;
}

}  // namespace corefile::plugins
