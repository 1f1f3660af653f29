// SPDX-License-Identifier: Apache-2.0
#include "plugins/listen.hpp"

#include <fmt/format.h>

#include <algorithm>

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
  fault.labels.push_back({before.place, "first here"});
  fault.help =
      overlap ? "give both blocks a `bind` with different addresses, or neither" : "merge the two blocks, or give one another zone or port";
  verdict.faults.push_back(std::move(fault));
}

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
  static const std::vector<std::string> everywhere{""};
  std::vector<Served> registered;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
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
      // Only the block's first key is bound before 1.8.5 (caddy.go ran setup for each key; propagateConfigParams came later).
      const std::vector<std::string>& binds = states[i].binds.empty() ? everywhere : states[i].binds;
      for (const std::string& zone : key.zones) {
        for (const std::string& address : binds) {
          const Served served{key.transport, zone, key.port, address, place};
          const auto same = std::find_if(registered.begin(), registered.end(),
                                         [&](const Served& s) { return s.same_unbound(served) && s.address == served.address; });
          if (same != registered.end()) {
            if (!states[i].view) refuse(verdict, served, *same, false);
            continue;
          }
          const auto overlap = std::find_if(registered.begin(), registered.end(), [&](const Served& s) {
            return s.same_unbound(served) && (s.address.empty() || served.address.empty());
          });
          if (overlap != registered.end()) {
            refuse(verdict, served, *overlap, true);
            continue;
          }
          if (!states[i].view) registered.push_back(served);
        }
      }
    }
  }
  static_cast<void>(release);
}

}  // namespace corefile::plugins
