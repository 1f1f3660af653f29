// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/config.hpp>
#include <corefile/diagnostic.hpp>
#include <corefile/load.hpp>
#include <corefile/platform.hpp>
#include <corefile/recover.hpp>
#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <corefile/role.hpp>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The header a rule includes.
namespace corefile {

struct Manifest;
struct Suppression;
struct Rule;
class Problems;
class ZoneFiles;
class Ways;
namespace go {
class Patterns;
}
struct Circle;
struct Composed;
class Upstreams;
class Stanzas;

/// Everything a rule may know beside the Config.
struct Context {
  Release release;
  Role role = Role::standalone;
  bool release_assumed = false;       ///< nobody said which release; the newest is taken
  std::string_view cluster_domain{};  ///< empty: not known
  /// The text of the node's own resolv.conf, if the caller gave it.
  const std::string* resolv_conf = nullptr;
  std::string_view resolv_conf_name{};
  /// Plugins that CoreDNS was built with beside its own.
  const ExternalPlugins* plugins = nullptr;
  /// Whose CoreDNS it is, if that is known.
  const Platform* platform = nullptr;
  /// What lies beside the Corefile, if that may be read.
  const Files* files = nullptr;
  /// Files beside the Corefile that findings point into, for Report::beside; their documents are counted on from the Config's. None: no
  /// finding points there.
  std::vector<Source>* beside = nullptr;
  /// The service of docker compose that reads the Corefile, for the rules that come with the library. check() fills it in.
  const Composed* composed = nullptr;
  /// The Corefile's line ends were lost on the way out of its manifest, and `corefile-lines-folded` says so.
  bool folded = false;
  /// Another program is still to write parts of the text: which one, or `placeholder`, and its first word, in document 0. Where it is
  /// set, only rules about templates are asked.
  std::string_view template_language{};
  Span template_word{};
  /// Addresses of the Service that sends queries to this CoreDNS, where they are known.
  std::span<const std::string> service_addresses{};
  /// Whether `release` loads the Config, and why not. lint() fills in what is null of these three.
  const LoadVerdict* load = nullptr;
  /// The Config and what CoreDNS really reads, which is another where the text has a mistake in its braces or quotes.
  const Readings* readings = nullptr;
  /// Whether `release` loads what it really reads.
  const LoadVerdict* literal_load = nullptr;
  /// The same by place, for the rules that come with the library. lint() fills it in.
  const Problems* problems = nullptr;
  /// Zone files that lie beside the Corefile, for the same rules. lint() fills it in.
  ZoneFiles* zone_files = nullptr;
  /// Ways of queries back to where they were sent from, for the same rules. lint() fills it in.
  const std::vector<Circle>* circles = nullptr;
  /// Where forwarders send queries, for the same rules. lint() fills it in.
  const Upstreams* upstreams = nullptr;
  /// What several rules read out of directives' words, for the same rules. lint() fills it in.
  const Stanzas* stanzas = nullptr;
  /// Queries followed through the text, for the same rules. lint() fills it in.
  Ways* ways = nullptr;
  /// The text's regular expressions, for the same rules. lint() fills it in.
  go::Patterns* patterns = nullptr;
};

/// Where a rule about a manifest writes, with places in the file itself. Stamps name and severity so that no rule repeats them. Its
/// functions are cold: most rules find nothing in most files, and the code that leads to them is kept apart from the code that looks.
class ManifestReport {
 public:
  explicit ManifestReport(std::vector<Diagnostic>& out) : out_(&out) {}
  /// The reference is good until the next call.
  [[gnu::cold]] Diagnostic& at(Place where, std::string message);
  /// What is written from here on is this rule's; `name` is that of the catalogue.
  void turn_to(std::string_view name, const Rule& rule) noexcept {
    name_ = name;
    rule_ = &rule;
  }

 private:
  std::string_view name_;
  const Rule* rule_ = nullptr;
  std::vector<Diagnostic>* out_;
};

/// Where a rule about a Corefile writes.
class Report : private ManifestReport {
 public:
  Report(const Config& config, const Context& context, Problems& problems, std::vector<Diagnostic>& out)
      : ManifestReport(out), config_(&config), context_(&context), problems_(&problems) {}
  using ManifestReport::at;
  using ManifestReport::turn_to;
  Diagnostic& at(const Word& word, std::string message) { return at(config_->place(word), std::move(message)); }
  Diagnostic& at(std::span<const Word> words, std::string message) { return at(config_->place(words), std::move(message)); }
  /// A place in a file that lies beside the Corefile, which the Config does not hold; where such places are not wanted, `instead`.
  [[gnu::cold]] Place beside(const Source& file, Span span, const Word& instead);
  /// A problem as it is: message, labels, notes, CoreDNS's words, help, fixes.
  [[gnu::cold]] Diagnostic& at(const Problem& problem, Release release);

  /// The finding names the cause of what the release says of this word, or of the block's names: where it says something, the finding is
  /// an error that quotes it, and no rule repeats it.
  [[gnu::cold]] void explain(Diagnostic& found, Place place);
  void explain(Diagnostic& found, const Word& word) { explain(found, config_->place(word)); }
  [[gnu::cold]] void explain(Diagnostic& found, ServerBlock block);
  [[gnu::cold]] void explain(Diagnostic& found, const Problem& problem);
  /// What comes of a cause that has been told: no rule repeats it.
  [[gnu::cold]] void cover(Place place);
  [[gnu::cold]] void cover(ServerBlock block);
  [[gnu::cold]] void cover(const Problem& problem);

 private:
  void quote(Diagnostic& found, const Problem* problem);
  const Config* config_;
  const Context* context_;
  Problems* problems_;
};

/// The parameter type is the query: one walk calls each rule with the things it asked for. A Manifest check is called once
/// for each manifest, with places in the file itself; the others for each Corefile. A Problem check comes last, for the problems that no
/// finding of another rule explains. A Suppression check is called when all that is ignored is known.
using Check =
    std::variant<void (*)(const Config&, const Context&, Report&), void (*)(ServerBlock, const Context&, Report&),
                 void (*)(Directive, const Context&, Report&), void (*)(const Manifest&, const Context&, ManifestReport&),
                 void (*)(const Problem&, const Context&, Report&), void (*)(const Suppression&, const Context&, ManifestReport&)>;

/// What a file must show for some rules to find anything in it.
enum class Precondition : std::uint32_t {
  none = 0,                 ///< no such thing: the rule is called for every file
  refused = 1,              ///< the release refuses it: LoadVerdict::problems is not empty
  odd_byte = 2,             ///< a document is not plain(): CRs, backslashes, bytes above 127
  slash = 4,                ///< a server block key holds a `/`
  odd_key = 8,              ///< a server block key is more than small letters, digits, `-`, `_` and `.`, and a port of digits
  key_mistake = 16,         ///< words became server block keys that nobody meant as zones
  rune = 32,                ///< a document is not ascii(): bytes above 127
  asterisk = 64,            ///< a word holds a `*`
  leading_dot = 128,        ///< a word begins with a dot, and is neither `.` nor the root with a port
  foreign_sign = 256,       ///< a word begins like a comment elsewhere, or ends in a `;`, `,`, `:` or `=`
  fault = 512,              ///< a document may have an unclosed quote, or blocks nested too deep
  upstream_address = 1024,  ///< a forwarder's TO is an IP address
  upstream_name = 2048,     ///< a forwarder's TO is a host name
  upstream_port = 4096,     ///< a forwarder's TO has a scheme or a port
  circle = 8192,            ///< Context::circles is not empty
  several_blocks = 16384,   ///< there are two server blocks
  platform = 32768,         ///< Context::platform is known
  in_cluster = 65536,       ///< Context::role is Role::cluster
  cluster_zones =
      131072,          ///< a `kubernetes` is not for `cluster.local`, `in-addr.arpa` and `ip6.arpa` with a `fallthrough` of the last two
  repeated = 262144,   ///< a server block has two lines of one plugin
  other_key = 524288,  ///< a server block key is neither `.` nor `.:53`
  like_reverse = 1048576,   ///< a key, or a word of a plugin with zones, is much like `in-addr.arpa` or `ip6.arpa`, and neither
  other_zone = 2097152,     ///< a key, or a plugin's own zone, is neither the root nor `cluster.local` nor a whole reverse tree
  repeated_line = 4194304,  ///< two lines of one directive may begin with the same word: Properties::distinct
  sign = 8388608,           ///< a document has a comment, a quote, a capital, or another sign than `-`, `_`, `.`, `/`, `:` and lone braces
  brace_behind = 16777216   ///< a `}` may stand behind other words of its line
};
constexpr Precondition operator|(Precondition a, Precondition b) noexcept {
  return static_cast<Precondition>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}
constexpr bool any(Precondition a, Precondition b) noexcept { return (static_cast<std::uint32_t>(a) & static_cast<std::uint32_t>(b)) != 0; }

/// First words of lines in a directive's block.
class LineNames {
 public:
  constexpr LineNames() noexcept = default;
  constexpr LineNames(std::initializer_list<std::string_view> names) noexcept {
    for (const std::string_view name : names) bits_ |= Properties::bit(name);
  }
  /// Of Properties::bit.
  constexpr std::uint64_t bits() const noexcept { return bits_; }

 private:
  std::uint64_t bits_ = 0;
};

enum class Fixes : std::uint8_t { never, sometimes, always };  ///< a promise; the page tests hold it

/// What becomes of findings in `coredns-custom` whose base is not given. It is read beside lines that all known bases have; of the findings
/// errors are told, and beside a known platform's own Corefile warnings too.
struct BesideBase {
  bool warnings = false;        ///< warnings are sure beside any base
  bool bases_differ = false;    ///< an error is a warning: not every base has the other line
  bool here = false;            ///< a finding in the base is about the line in `coredns-custom` that it has as a label
  std::string_view in_bases{};  ///< the note, in place of the usual one, on who has the other line
};

struct Rule {
  Check check;
  /// None means all. A Directive check is called for their directives, another one where one of them stands.
  PluginSet directives{};
  /// None means whatever lines there are. A Directive check is called for directives with such a line (and, rarely, for one without), other
  /// checks where some directive has one.
  LineNames lines{};
  /// A Problem check is called for these kinds.
  ProblemKinds problems{};
  Precondition needs = Precondition::none;  ///< called only where one of these is given
  Severity severity = Severity::warning;    ///< the usual one; a finding may carry another
  Fixes fixes = Fixes::never;
  bool templates = false;  ///< has to do with what another program is still to write
  BesideBase beside_base{};
  bool unbalanced = false;  ///< an error of it says that braces or quotes do not match: what else is said of that part comes of it
};

}  // namespace corefile
