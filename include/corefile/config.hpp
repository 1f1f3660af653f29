// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <corefile/detail/config_data.hpp>
#include <corefile/detail/range.hpp>
#include <corefile/plugin.hpp>
#include <corefile/problem.hpp>
#include <corefile/syntax.hpp>
#include <corefile/word.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What CoreDNS would see of a Corefile: server blocks, directives and their words. Views are cheap to copy and live as long as their
/// Config stays where it is.
namespace corefile {

class Config;
struct Directive;

/// A line inside a plugin's block: its words, without the braces of a block of its own.
struct Property {
  const Config* config = nullptr;
  std::span<const Word> words;  ///< never empty

  std::string_view name() const noexcept { return words.front().text; }
  std::span<const Word> arguments() const noexcept { return words.subspan(1); }
};

/// The lines of a directive's block, in order; nested blocks' lines too. A view for people's rules: a plugin's cursor
/// may see other borders (P1, P2 of the language).
class Properties : public detail::Range<Property> {
 public:
  Properties(const Config* config, std::uint32_t first, std::uint32_t last, std::uint64_t names)
      : Range(config, first, last), names_(names) {}
  /// The first line that begins with `name`. O(1) for most names that are not there, else O(lines).
  std::optional<Property> find(std::string_view name) const { return (names_ & bit(name)) != 0 ? search(name) : std::nullopt; }
  bool has(std::string_view name) const { return find(name).has_value(); }
  /// False: surely no line begins with a name of these, of whose bits `names` is the union. O(1).
  bool may_have(std::uint64_t names) const noexcept { return (names_ & names) != 0; }
  /// Surely no two lines begin with the same name; false says nothing. O(1).
  bool distinct() const { return size() < 2 || static_cast<std::uint32_t>(std::popcount(names_)) == size(); }

  /// One of 63 bits, for a set of names that may answer yes for one it lacks, and never no for one it has. The lowest bit is nobody's.
  static constexpr std::uint64_t bit(std::string_view name) noexcept {
    if (name.empty()) return 2;
    const auto byte = [](char c) { return static_cast<std::uint32_t>(static_cast<unsigned char>(c)); };
    return std::uint64_t{2} << ((static_cast<std::uint32_t>(name.size()) * 5 + byte(name.front()) * 37 + byte(name.back()) * 20) % 63);
  }

 private:
  std::optional<Property> search(std::string_view name) const;
  std::uint64_t names_;
};

/// One mention of a plugin in a server block. A view of two words.
struct Directive {
  const Config* config = nullptr;
  std::uint32_t index = 0;

  std::string_view name() const noexcept;
  Plugin plugin() const noexcept;
  bool is(Plugin plugin) const noexcept { return this->plugin() == plugin; }
  const Word& name_word() const noexcept;
  /// The name, the arguments, and the block with its braces.
  std::span<const Word> words() const noexcept;
  /// Words behind the name on its line, up to a `{`.
  std::span<const Word> arguments() const noexcept;
  bool has_block() const noexcept;
  Properties properties() const noexcept;
  std::uint32_t block() const noexcept;

  /// The arguments that are zones; none of a plugin that takes none.
  std::span<const Word> own_zones() const noexcept;
  /// The zones it is for: its own, else its block's keys. A forwarder's is its FROM alone.
  std::span<const Word> zones() const noexcept;
  /// Servers that it asks: a forwarder's TOs.
  std::span<const Word> upstreams() const noexcept;
};

/// A server block. A view of two words.
struct ServerBlock {
  const Config* config = nullptr;
  std::uint32_t index = 0;

  std::span<const Word> keys() const noexcept;
  /// In the order of the file. A plugin may stand there several times; CoreDNS sets it up once, with all of them.
  using Directives = detail::Range<Directive>;
  Directives directives() const noexcept;
  /// The first mention of a plugin.
  std::optional<Directive> find(Plugin plugin) const noexcept;
  bool has(Plugin plugin) const noexcept;
  /// All its keys are empty: CoreDNS drops it in silence (S4).
  bool dropped() const noexcept;
  /// A `{` stands behind its keys.
  bool braces() const noexcept;
  /// The words of `*.override`: directives for a block that another file opens.
  bool fragment() const noexcept;
  /// Its first key, or its first directive where it has none.
  Place head() const noexcept;
};

/// What CoreDNS would see. Owns its documents; every Word's text lives in one of them or in the Config. One that was moved from is empty.
class Config {
 public:
  Config() = default;
  Config(Config&&) noexcept = default;
  Config& operator=(Config&&) noexcept = default;
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;

  std::uint32_t block_count() const noexcept { return static_cast<std::uint32_t>(data_.blocks.size()); }
  ServerBlock block(std::uint32_t index) const noexcept { return {this, index}; }
  /// Of all blocks, one block after the other.
  std::uint32_t directive_count() const noexcept { return static_cast<std::uint32_t>(data_.directives.size()); }
  Directive directive(std::uint32_t index) const noexcept { return {this, index}; }
  ServerBlock::Directives directives() const noexcept { return {this, 0, directive_count()}; }
  /// Whether it stands in some block. O(1).
  bool has(Plugin plugin) const noexcept { return data_.plugins.has(plugin); }
  /// Of all blocks.
  const PluginSet& plugins() const noexcept { return data_.plugins; }
  /// Keys and directives, in the order in which CoreDNS reads them.
  std::span<const Word> words() const noexcept { return data_.words; }

  /// 0 is the text itself; the others come from imports.
  std::span<const Document> documents() const noexcept { return data_.documents; }
  const Document& document(std::uint32_t index) const noexcept { return data_.documents[index]; }
  /// 0 is the text itself.
  std::span<const Expansion> expansions() const noexcept { return data_.expansions; }
  std::span<const Snippet> snippets() const noexcept { return data_.snippets; }

  Place place(const Word& word) const noexcept { return data_.place(word); }
  /// From the first word's begin to the last one's end, or the first word alone where imports lie between.
  Place place(std::span<const Word> words) const noexcept;
  std::string_view text(const Place& place) const noexcept { return document(place.document).source().text(place.span); }

  /// The parser takes it. Says nothing about names, keys and plugins.
  bool accepted() const noexcept { return data_.refusals.empty(); }
  /// Why the parser refuses it. The first is what CoreDNS says, the rest what it would say next, once each one before is mended.
  std::span<const Problem> refusals() const noexcept { return data_.refusals; }
  /// What is no reason to refuse it.
  std::span<const Problem> remarks() const noexcept { return data_.remarks; }
  /// The `{` of server blocks that end with the file and a plugin's `}`, which CoreDNS takes for theirs as well.
  std::span<const Place> implicitly_closed() const noexcept { return data_.implicitly_closed; }

 private:
  friend struct detail::ConfigAccess;
  detail::ConfigData data_;
};

/// Server blocks, keys and directives with their words, one a line, as CoreDNS will see them.
std::string print_config(const Config& config);
/// A Corefile without imports, snippets and known variables that CoreDNS loads to the same configuration: the same keys and, for each
/// plugin, the same words, on one line or on several as before. None where there is no such text or it is not known, or the parser refuses
/// the Config. O(words).
std::optional<std::string> spell_config(const Config& config);

}  // namespace corefile

#include <corefile/detail/config_views.hpp>
