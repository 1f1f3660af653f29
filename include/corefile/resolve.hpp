// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/plugin.hpp>
#include <corefile/syntax.hpp>
#include <cstdint>
#include <iterator>
#include <list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A Document to what CoreDNS would see: imports and snippets spliced, environment variables replaced, directives
/// grouped into server blocks. Follows coredns/caddy v1.1.4, caddyfile/parse.go, token for token.
namespace corefile {

/// The only way to other files. Paths are absolute or relative to the process's folder, as given by the caller.
class Files {
 public:
  enum class Status : std::uint8_t { ok, missing, directory, unreadable };
  struct Content {
    Status status = Status::missing;
    std::string text;
  };
  virtual ~Files() = default;
  virtual Content read(const std::string& path) const = 0;
  /// Names in a folder, sorted by byte; none if there is no such folder.
  virtual std::vector<std::string> list(const std::string& folder) const = 0;
  /// Whether a missing file is surely missing where CoreDNS will run: a folder beside the Corefile is, a container's is not.
  virtual bool authoritative(const std::string& path) const = 0;
};

/// What `{$NAME}` stands for. Unless `complete`, a name without an entry has an unknown value; if complete, it is unset
/// and stands for the empty string.
struct Environment {
  std::map<std::string, std::string, std::less<>> values;
  bool complete = false;
};

/// One use of a file or snippet. Expansion 0 is the root document itself.
struct Expansion {
  std::uint32_t document = 0;  ///< where its words are written
  std::uint32_t parent = 0;    ///< the expansion that holds the `import`
  Place import;                ///< the `import` and its argument
};

/// A token as a plugin's setup sees it.
struct Word {
  std::string_view text;   ///< decoded, variables replaced; a key's without its comma
  Span span;               ///< in document `Config::expansions[expansion].document`
  std::uint32_t line = 1;  ///< the line CoreDNS counts it on
  std::uint32_t expansion : 28 = 0;
  std::uint32_t quoted : 1 = 0;
  std::uint32_t unknown : 1 = 0;  ///< holds a variable of unknown value: `text` is not what CoreDNS will see
  std::uint32_t breaks : 1 = 0;   ///< `text` holds line ends
  std::uint32_t made : 1 = 0;     ///< a brace that the text lacks, read as if it began a line of its own

  std::uint32_t last_line() const noexcept { return breaks == 0 ? line : line + line_ends(); }

 private:
  std::uint32_t line_ends() const noexcept;
};

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
class Properties {
 public:
  class iterator {
   public:
    using value_type = Property;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const Config* config, std::uint32_t line) : config_(config), line_(line) {}
    Property operator*() const noexcept;
    iterator& operator++() {
      ++line_;
      return *this;
    }
    iterator operator++(int) {
      iterator before = *this;
      ++line_;
      return before;
    }
    bool operator==(const iterator& other) const noexcept { return line_ == other.line_; }

   private:
    const Config* config_ = nullptr;
    std::uint32_t line_ = 0;
  };
  Properties(const Config* config, std::uint32_t first, std::uint32_t last, std::uint64_t names)
      : config_(config), first_(first), last_(last), names_(names) {}
  iterator begin() const { return {config_, first_}; }
  iterator end() const { return {config_, last_}; }
  /// The first line that begins with `name`. O(1) for most names that are not there, else O(lines).
  std::optional<Property> find(std::string_view name) const { return (names_ & bit(name)) != 0 ? search(name) : std::nullopt; }
  bool has(std::string_view name) const { return find(name).has_value(); }
  bool empty() const { return first_ == last_; }

  /// One of 64 bits, for a set of names that may answer yes for one it lacks, and never no for one it has.
  static constexpr std::uint64_t bit(std::string_view name) noexcept {
    if (name.empty()) return 1;
    const auto byte = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
    return std::uint64_t{1} << ((name.size() * 5 + byte(name.front()) * 3 + byte(name.back())) % 64);
  }

 private:
  std::optional<Property> search(std::string_view name) const;
  const Config* config_;
  std::uint32_t first_, last_;  // in Config::lines
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
  class Directives {
   public:
    class iterator {
     public:
      using value_type = Directive;
      using difference_type = std::ptrdiff_t;
      iterator() = default;
      iterator(const Config* config, std::uint32_t index) : at_{config, index} {}
      Directive operator*() const noexcept { return at_; }
      iterator& operator++() {
        ++at_.index;
        return *this;
      }
      iterator operator++(int) {
        iterator before = *this;
        ++at_.index;
        return before;
      }
      bool operator==(const iterator& other) const noexcept { return at_.index == other.at_.index; }

     private:
      Directive at_{};
    };
    Directives(const Config* config, std::uint32_t first, std::uint32_t last) : config_(config), first_(first), last_(last) {}
    iterator begin() const noexcept { return {config_, first_}; }
    iterator end() const noexcept { return {config_, last_}; }
    std::uint32_t size() const noexcept { return last_ - first_; }
    bool empty() const noexcept { return first_ == last_; }

   private:
    const Config* config_;
    std::uint32_t first_, last_;
  };
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

/// Why CoreDNS's parser refuses the text.
enum class RefusalKind : std::uint8_t {
  unclosed_brace,
  unclosed_quote,  ///< what follows is refused because a `"` swallowed it
  stray_brace,
  dangling_comma,
  snippet_without_body,
  snippet_redeclared,
  snippet_cycle,
  import_argument_count,
  import_empty,
  import_missing,
  import_unreadable,
  import_pattern,
  import_limit,
  too_large  ///< a limit of this library, not of CoreDNS: see Limits
};

struct Refusal {
  RefusalKind kind;
  Place place;
  std::string message;  ///< CoreDNS's words, without its `FILE:LINE - `
  bool certain = true;  ///< false: depends on files or variables that are not known here
};

/// Something on the way that is no refusal.
struct Remark {
  enum class Kind : std::uint8_t {
    glob_without_match,  ///< CoreDNS logs a warning and goes on
    import_unresolved,   ///< the target is not known here; what it brings is missing from this Config
    environment_unknown  ///< a variable whose value is not known here
  } kind;
  Place place;
  std::string subject;
};

struct Limits {
  /// Words that imports and snippets may add to those of the root document.
  std::uint32_t expanded_words = 2'000'000;
  /// Files read by imports.
  std::uint32_t files = 10'000;
};

/// What the text is: a whole Corefile, or `*.override`: lines for inside a server block.
enum class Form : std::uint8_t { corefile, directives };

struct ResolveOptions {
  const Files* files = nullptr;  ///< none: imports of files stay unresolved
  Environment environment;
  Limits limits;
  Form form = Form::corefile;
};

/// What CoreDNS would see. Owns its documents; every Word's text lives in one of them or in the Config.
class Config {
 public:
  struct Block {
    std::uint32_t first_key, last_key;
    std::uint32_t first_directive, last_directive;
    bool dropped, fragment, braces;
    PluginSet plugins{};
  };
  struct Mention {
    Plugin plugin;
    std::uint32_t block;
    std::uint32_t first, last;            // words
    std::uint32_t arguments_end;          // one past the last argument
    std::uint32_t first_line, last_line;  // of its block
    std::uint64_t properties;             // Properties::bit of the first word of each of these lines
  };
  /// The words of a line in a plugin's block.
  struct Line {
    std::uint32_t first, last;
  };
  struct Snippet {
    std::string_view name;
    Place place;
    std::uint32_t uses;
  };

  Config() = default;
  Config(Config&&) noexcept = default;
  Config& operator=(Config&&) noexcept = default;
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;

  const Document& document(std::uint32_t index) const noexcept { return documents[index]; }
  std::uint32_t block_count() const noexcept { return static_cast<std::uint32_t>(blocks.size()); }
  ServerBlock block(std::uint32_t index) const noexcept { return {this, index}; }
  Place place(const Word& word) const noexcept { return {expansions[word.expansion].document, word.span}; }
  /// Whether it stands in some block. O(1).
  bool has(Plugin plugin) const noexcept { return plugins.has(plugin); }
  /// From the first word's begin to the last one's end, or the first word alone where imports lie between.
  Place place(std::span<const Word> words) const noexcept;
  std::string_view text(const Place& place) const noexcept { return documents[place.document].source().text(place.span); }
  /// The parser takes it. Says nothing about names, keys and plugins.
  bool accepted() const noexcept { return refusals.empty(); }

  std::vector<Document> documents;    ///< 0 is the root; the others come from imports
  std::vector<Expansion> expansions;  ///< 0 is the root
  std::vector<Word> words;
  std::vector<Block> blocks;
  std::vector<Mention> mentions;
  std::vector<Line> lines;
  PluginSet plugins;  ///< of all blocks
  std::vector<Snippet> snippets;
  /// The first is what CoreDNS says. The rest are what it would say next, once each one before is mended.
  std::vector<Refusal> refusals;
  /// The `{` of server blocks that end with the file and a plugin's `}`, which CoreDNS takes for theirs as well.
  std::vector<Place> borrowed_braces;
  std::vector<Remark> remarks;

 private:
  friend class Resolver;
  std::list<std::string> texts_;  // what could not be a view of a document
};

inline std::string_view Directive::name() const noexcept { return name_word().text; }
inline Plugin Directive::plugin() const noexcept { return config->mentions[index].plugin; }
inline const Word& Directive::name_word() const noexcept { return config->words[config->mentions[index].first]; }
inline std::uint32_t Directive::block() const noexcept { return config->mentions[index].block; }
inline std::span<const Word> Directive::words() const noexcept {
  const Config::Mention& m = config->mentions[index];
  return {config->words.data() + m.first, m.last - m.first};
}
inline std::span<const Word> Directive::arguments() const noexcept {
  const Config::Mention& m = config->mentions[index];
  return {config->words.data() + m.first + 1, m.arguments_end - m.first - 1};
}
inline bool Directive::has_block() const noexcept {
  const Config::Mention& m = config->mentions[index];
  return m.arguments_end < m.last && config->words[m.arguments_end].text == "{";
}
inline Properties Directive::properties() const noexcept {
  const Config::Mention& m = config->mentions[index];
  return {config, m.first_line, m.last_line, m.properties};
}
inline Property Properties::iterator::operator*() const noexcept {
  const Config::Line& line = config_->lines[line_];
  return {config_, {config_->words.data() + line.first, line.last - line.first}};
}

inline std::span<const Word> ServerBlock::keys() const noexcept {
  const Config::Block& b = config->blocks[index];
  return {config->words.data() + b.first_key, b.last_key - b.first_key};
}
inline ServerBlock::Directives ServerBlock::directives() const noexcept {
  const Config::Block& b = config->blocks[index];
  return {config, b.first_directive, b.last_directive};
}
inline bool ServerBlock::has(Plugin plugin) const noexcept { return config->blocks[index].plugins.has(plugin); }
inline std::optional<Directive> ServerBlock::find(Plugin plugin) const noexcept {
  if (!has(plugin)) return {};
  for (const Directive directive : directives()) {
    if (directive.is(plugin)) return directive;
  }
  return {};
}
inline bool ServerBlock::dropped() const noexcept { return config->blocks[index].dropped; }
inline bool ServerBlock::braces() const noexcept { return config->blocks[index].braces; }
inline bool ServerBlock::fragment() const noexcept { return config->blocks[index].fragment; }

/// Total, like parse. Where CoreDNS's parser stops, reading goes on behind the fault, so that the rest can be linted. See also
/// recover(). O(words after expansion).
Config resolve(Document root, const ResolveOptions& options = {});

/// Server blocks, keys and directives with their words, one a line, as CoreDNS will see them.
std::string print_config(const Config& config);

/// Go's environment replacement of one token (parse.go, replaceEnvVars). `unknown` is set where a variable's value is
/// not known; the reference then stays in the text.
std::string replace_environment(std::string_view text, const Environment& environment, bool& unknown);

}  // namespace corefile
