// SPDX-License-Identifier: Apache-2.0
#include "plugins/listen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "go/number.hpp"

namespace corefile::plugins {
namespace {

// One zone on one listening address.
struct Served {
  Transport transport;
  std::string_view zone;
  std::string_view port;
  std::string_view address;  // empty: all
  Place place;

  bool same_unbound(const Served& other) const { return transport == other.transport && zone == other.zone && port == other.port; }
  std::string text() const {
    return fmt::format("{}://{}:{}{}{}", to_string(transport), zone, port, address.empty() ? "" : " on ", address);
  }
};

void refuse(LoadVerdict& verdict, const Served& served, const Served& before, bool overlap) {
  LoadFault fault{LoadFault::Kind::duplicate_zone, served.place,
                  overlap ? fmt::format("`{}` is served here and, with another `bind`, by a block above", served.zone)
                          : fmt::format("`{}` on port {} is served by another block already", served.zone, served.port)};
  fault.says = overlap ? fmt::format("cannot serve {} - zone overlap listener capacity with {}", served.text(), before.text())
                       : fmt::format("cannot serve {} - it is already defined", served.text());
  if (served.place == before.place) {
    fault.message = fmt::format("`bind` gives `{}` the address {} twice", served.zone, served.address);
    fault.help = "leave out one of them; network interfaces bring all their addresses";
  } else {
    fault.labels.push_back({before.place, "first here"});
    fault.help = overlap ? "give both blocks a `bind` with different addresses, or neither"
                         : "merge the two blocks, or give one another zone or port";
  }
  verdict.faults.push_back(std::move(fault));
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
    const auto same = find([&](const Served& s) { return s.address == served.address; }, served);
    if (same != registered_.end()) {
      // Before 1.14.3 a block with a `view` could not come behind one without.
      if (!filtered || release_ < Release{1, 14, 3}) refuse(verdict_, served, *same, false);
      return;
    }
    const auto overlap = find([&](const Served& s) { return s.address.empty() || served.address.empty(); }, served);
    if (overlap != registered_.end()) {
      refuse(verdict_, served, *overlap, true);
    } else if (!filtered) {
      registered_.push_back(served);
    }
  }

 private:
  template <typename Matches>
  std::vector<Served>::const_iterator find(Matches matches, const Served& served) const {
    return std::find_if(registered_.begin(), registered_.end(), [&](const Served& s) { return s.same_unbound(served) && matches(s); });
  }

  LoadVerdict& verdict_;
  Release release_;
  std::vector<Served> registered_;
};

}  // namespace

std::vector<Listener> read_keys(const Config& config, Release release, LoadVerdict& verdict) {
  std::vector<Listener> listeners(config.block_count());
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    for (const Word& word : block.keys()) {
      Key& key = listeners[i].keys.emplace_back(read_key(word.text, release));
      if (word.unknown) {
        key = Key{};
        verdict.depends = true;
        continue;
      }
      if (!key.error.empty()) {
        LoadFault fault{LoadFault::Kind::invalid_key, config.place(word), fmt::format("`{}` is no server block key", word.text)};
        fault.says = key.error;
        fault.subject = std::string(word.text);
        verdict.faults.push_back(std::move(fault));
      }
      for (const std::string& zone : key.zones) listeners[i].zones.push_back(zone);
    }
  }
  return listeners;
}

void check_listeners(const Config& config, Release release, const std::vector<Listener>& listeners, const std::vector<BlockState>& states,
                     LoadVerdict& verdict) {
  Overlaps overlaps(verdict, release);
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const bool filtered = block.has("view");
    std::size_t nth = 0;
    for (std::size_t k = 0; k < listeners[i].keys.size(); ++k) {
      const Key& key = listeners[i].keys[k];
      const Place place = config.place(block.keys()[k]);
      const auto port = go::atoi(key.port);
      if (port && (*port < 0 || *port > 65535)) {
        LoadFault fault{LoadFault::Kind::invalid_key, place, fmt::format("port {} does not exist", *port)};
        fault.says = fmt::format("address {}: invalid port", key.port);
        fault.help = "write a port from 1 to 65535";
        verdict.faults.push_back(std::move(fault));
      }
      for (const std::string& zone : key.zones) {
        for (const std::string& address : addresses(states[i], nth++, release)) {
          overlaps.add({key.transport, zone, key.port, address, place}, filtered);
        }
      }
    }
  }
}

}  // namespace corefile::plugins
