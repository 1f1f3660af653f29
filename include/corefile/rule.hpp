// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/diagnostic.hpp>
#include <corefile/load.hpp>
#include <corefile/recover.hpp>
#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <corefile/role.hpp>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The header a rule includes.
namespace corefile {

struct Manifest;
struct Rule;
class FaultIndex;
struct Circle;

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
  /// What lies beside the Corefile, if that may be read.
  const Files* files = nullptr;
  /// The Corefile's line ends were lost on the way out of its manifest, and `corefile-lines-folded` says so.
  bool folded = false;
  /// Whether `release` loads the Config, and why not. lint() fills in what is null of these three.
  const LoadVerdict* load = nullptr;
  /// The Config and what CoreDNS really reads, which is another where the text has a mistake in its braces or quotes.
  const Readings* readings = nullptr;
  /// Whether `release` loads what it really reads.
  const LoadVerdict* literal_load = nullptr;
  /// The same by place, for the rules that come with the library. lint() fills it in.
  const FaultIndex* faults = nullptr;
  /// Ways of queries back to where they were sent from, for the same rules. lint() fills it in.
  const std::vector<Circle>* circles = nullptr;
};

/// Where a rule about a manifest writes, with places in the file itself. Stamps name and severity so that no rule repeats them. Its
/// functions are cold: most rules find nothing in most files, and the code that leads to them is kept apart from the code that looks.
class ManifestReport {
 public:
  ManifestReport(const Rule& rule, std::vector<Diagnostic>& out) : rule_(&rule), out_(&out) {}
  /// The reference is good until the next call.
  [[gnu::cold]] Diagnostic& at(Place where, std::string message);

 private:
  const Rule* rule_;
  std::vector<Diagnostic>* out_;
};

/// Where a rule about a Corefile writes.
class Report : private ManifestReport {
 public:
  Report(const Rule& rule, const Config& config, std::vector<Diagnostic>& out) : ManifestReport(rule, out), config_(&config) {}
  using ManifestReport::at;
  Diagnostic& at(const Word& word, std::string message) { return at(config_->place(word), std::move(message)); }
  Diagnostic& at(std::span<const Word> words, std::string message) { return at(config_->place(words), std::move(message)); }
  /// A load fault as it is: message, labels, notes, CoreDNS's words, help, fixes.
  [[gnu::cold]] Diagnostic& at(const LoadFault& fault, Release release);

 private:
  const Config* config_;
};

/// The parameter type is the query: one walk calls each rule with the things it asked for. A Manifest check is called once
/// for each manifest, with places in the file itself; the others once for each Corefile.
using Check = std::variant<void (*)(const Config&, const Context&, Report&), void (*)(ServerBlock, const Context&, Report&),
                           void (*)(Directive, const Context&, Report&), void (*)(const Manifest&, const Context&, ManifestReport&)>;

/// What a file must show for some rules to find anything in it.
enum class Ground : std::uint8_t {
  none = 0,       ///< no such thing: the rule is called for every file
  refusal = 1,    ///< Config::refusals is not empty
  fault = 2,      ///< the release refuses it: LoadVerdict::faults is not empty
  remark = 4,     ///< Config::remarks is not empty
  odd_byte = 8,   ///< a document is not plain(): CRs, backslashes, bytes above 127
  slash = 16,     ///< a server block key holds a `/`
  odd_key = 32,   ///< a server block key is more than small letters, digits, `-`, `_` and `.`, and a port of digits
  accident = 64,  ///< words became server block keys that nobody meant as zones
  rune = 128      ///< a document is not ascii(): bytes above 127
};
constexpr Ground operator|(Ground a, Ground b) noexcept {
  return static_cast<Ground>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
constexpr bool any(Ground a, Ground b) noexcept { return (static_cast<std::uint8_t>(a) & static_cast<std::uint8_t>(b)) != 0; }

enum class Fixes : std::uint8_t { never, sometimes, always };  ///< a promise; the page tests hold it

struct Rule {
  std::string_view name;     ///< the file's stem
  std::string_view summary;  ///< the page's first paragraph: at most 72 characters, no full stop
  Check check;
  /// None means all. A Directive check is called for their directives, another one where one of them stands.
  PluginSet directives{};
  Ground grounds = Ground::none;          ///< called only where one of these is given
  Severity severity = Severity::warning;  ///< the usual one; a finding may carry another
  Fixes fixes = Fixes::never;
};

}  // namespace corefile
