// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <corefile/key.hpp>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "flow/message.hpp"
#include "go/regexp.hpp"

/// What Flow holds: server blocks by listener and zone, and each block's chain with its plugins' settings.
namespace corefile::flow_detail {

class Turn;

/// What a plugin returns, and what it and those behind it wrote.
struct Returned {
  std::string rcode = "NOERROR";
  bool error = false;
  bool panicked = false;
  std::vector<Message> written{};
};

using Serve = Returned (*)(Turn& turn);

struct Block;
struct Interests;
struct Model;

/// Where a handler stands.
struct Surroundings {
  const Model& model;
  const Block& block;
  const World& world;
  /// The file's text; nothing if there is none, or if that is not known.
  std::optional<std::string> file(const std::string& path) const;
};
/// Adds what the plugin tells queries apart by, beside the zones that its schema knows. `settings` is of the type that `serve` knows.
using Tell = void (*)(const void* settings, const Surroundings& around, Interests& interests);

struct Handler {
  Plugin plugin = Plugin::unknown;
  std::uint32_t directive = 0;  ///< the first one of the plugin, or the one it is made of
  Serve serve = nullptr;
  std::shared_ptr<const void> settings{};  ///< the type that `serve` knows
  Place place{};                           ///< of that directive's name and arguments
  Tell tell = nullptr;
};

/// plugin/view: queries for which all its expressions are true.
struct View {
  std::string name;
  std::vector<std::string> expressions;
};

struct Block {
  ServerBlock block{};
  std::vector<std::string> zones{};  ///< as plugins take them from its keys
  std::vector<Handler> chain{};
  std::vector<View> views{};
  bool metadata = false;
  bool debug = false;
  bool accepts_update = false;
  bool bound = false;  ///< `bind` stands in it
};

struct Server {
  std::string address;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> zones;  ///< blocks in the order of the file
  bool all_classes = false;
  bool debug = false;
  bool accepts_update = false;
  bool stream = false;  ///< what comes in here comes over TCP
};

struct Model {
  const Config* config = nullptr;
  Config usual;  ///< what CoreDNS serves where the text has no server block
  Release release;
  std::vector<Block> blocks;
  std::vector<Server> servers;  ///< by address

  bool since(std::uint16_t major, std::uint16_t minor, std::uint16_t patch) const noexcept {
    return release >= Release{major, minor, patch};
  }
  const Handler* handler(const Block& block, Plugin plugin) const noexcept;
};

/// fall.F.
struct Fallthrough {
  std::vector<std::string> zones;
  bool through(std::string_view name) const noexcept { return !match(zones, name).empty(); }
};

/// A line of a plugin's block as its setup reads it: a name and the words behind it.
struct Line {
  std::span<const Word> words;  ///< never empty
  std::string_view name() const noexcept { return words.front().text; }
  std::span<const Word> arguments() const noexcept { return words.subspan(1); }
};

/// One round of a plugin's setup: its name, arguments and block. Where braces stand oddly, it is not what the file's lines look like.
struct Stanza {
  Plugin plugin = Plugin::unknown;
  std::uint32_t index = 0;  ///< of its directive in the Config
  Place place{};            ///< of its name and arguments
  std::span<const Word> arguments{};
  std::vector<Line> properties{};

  std::span<const Word> own_zones() const noexcept;
  std::span<const Word> upstreams() const noexcept;
  bool has(std::string_view property) const noexcept;
};

/// What a plugin is prepared from: all that it is told in a block.
struct Setup {
  const Config& config;
  Release release;
  ServerBlock block;
  Plugin plugin;
  std::span<const Stanza> stanzas;
  const std::vector<std::string>& block_zones;
  std::string_view root;
  go::Patterns& patterns;

  bool since(std::uint16_t major, std::uint16_t minor, std::uint16_t patch) const noexcept {
    return release >= Release{major, minor, patch};
  }
  /// plugin.OriginsFromArgsOrServerBlock.
  std::vector<std::string> zones_of(std::span<const Word> arguments) const;
  std::vector<std::string> zones_of(const Stanza& stanza) const { return zones_of(stanza.own_zones()); }
  Fallthrough fallthrough_of(const Line& property) const;
  /// A path as the process opens it.
  std::string path(std::string_view text) const;
};

/// The same as corefile::flow, with patterns that others compile too.
Flow flow(const Config& config, Release release, const Interfaces& interfaces, go::Patterns& patterns);

/// The handlers that a plugin adds to a block's chain.
std::vector<Handler> make_handlers(const Setup& setup);

template <class Settings>
Handler make_handler(const Setup& setup, Serve serve, Settings settings, Tell tell = nullptr) {
  return {
      setup.plugin, setup.stanzas.front().index, serve, std::make_shared<const Settings>(std::move(settings)), setup.stanzas.front().place,
      tell};
}

}  // namespace corefile::flow_detail
