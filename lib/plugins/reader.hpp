// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/load.hpp>
#include <corefile/resolve.hpp>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/go_releases.hpp"
#include "plugins/schema.hpp"

namespace corefile::plugins {

/// Patterns of all server blocks, each compiled once: people repeat them.
class Patterns {
 public:
  explicit Patterns(Release release) noexcept : release_(release) {}
  /// The reference is good as long as this is. O(pattern) once, then O(its text).
  const go::Regexp& compile(std::string_view pattern);

 private:
  Release release_;
  std::map<std::string, go::Regexp, std::less<>> compiled_;
};

/// What setup functions share in one server block while its plugins are set up, in execution order.
struct BlockState {
  ServerBlock block;
  std::span<const std::string> zones;  ///< the block's, normalised
  std::string root;                    ///< set by `root`
  bool root_unknown = false;           ///< a variable of unknown value stands in it
  bool bound = false;                  ///< `bind` stands here: the block listens on `binds` alone
  std::vector<std::string> binds;      ///< addresses set by `bind`
  bool binds_unknown = false;          ///< and further ones that the machine decides on
  bool tls = false;                    ///< a `tls` plugin gave a certificate
  Patterns* patterns = nullptr;
  const Files* files = nullptr;  ///< what lies beside the Corefile, if that may be read
  /// The environment (a file, a certificate, an interface) decides: CoreDNS may refuse what we do not.
  bool depends = false;
  std::vector<Need> outside;  ///< LoadVerdict::outside
};

/// Whether the text is a value of the type.
bool accepts(const Type& type, std::string_view text, Release release, Patterns& patterns);

/// caddyfile.Dispenser over one plugin's words in a server block, with the plugin's schema at hand.
/// coredns/caddy v1.1.4, caddyfile/dispenser.go; NextBlock as in v1.1.3 before CoreDNS 1.15.0.
class Reader {
 public:
  Reader(const Config& config, std::span<const Word> words, const Schema& plugin, Release release, BlockState& state,
         std::vector<Problem>& faults)
      : config_(config), words_(words), plugin_(plugin), release_(release), state_(state), faults_(faults) {}

  // The dispenser.
  bool next() noexcept {
    if (cursor_ + 1 >= std::ssize(words_)) return false;
    ++cursor_;
    return true;
  }
  /// The same where the plugin may stand once: a second mention is a fault, and the last.
  bool next_only();
  bool next_arg() noexcept {
    if (cursor_ >= 0 && !more_on_line()) return false;
    ++cursor_;
    return true;
  }
  bool next_block() {
    if (nesting_ == 0) return (cursor_ < 0 || more_on_line()) && at_border_of_block();
    const auto behind = static_cast<std::size_t>(cursor_ + 1);
    if (behind >= words_.size() || words_[behind].text.size() == 1) return at_border_of_block();
    ++cursor_;
    return true;
  }
  /// The current word; before the first and behind the last one, an empty word at the nearest place.
  const Word& word() const noexcept {
    const auto at = static_cast<std::size_t>(cursor_);
    return at < words_.size() ? words_[at] : word_outside();
  }
  std::string_view val() const noexcept { return word().text; }
  /// The current word is this brace.
  bool at(char brace) const noexcept { return is_brace(word(), brace); }
  std::span<const Word> remaining_args() noexcept;
  /// Steps back one word, as setup code does with c.cursor by way of caddy's own functions.
  void back() noexcept { --cursor_; }

  const Config& config() const noexcept { return config_; }
  /// All of the plugin's words in this block.
  std::span<const Word> words() const noexcept { return words_; }
  const Schema& plugin() const noexcept { return plugin_; }
  Release release() const noexcept { return release_; }
  bool since(std::uint16_t major, std::uint16_t minor, std::uint16_t patch) const noexcept {
    return release_ >= Release{major, minor, patch};
  }
  BlockState& state() noexcept { return state_; }
  bool failed() const noexcept { return failed_; }
  std::vector<Problem>& faults() noexcept { return faults_; }

  // What CoreDNS refuses. `says`: its own words, as near as they are known; may be empty.
  [[gnu::cold]] Problem& fail(ProblemKind kind, const Word& at, std::string message, std::string says = {});
  Problem& invalid(const Word& at, std::string message, std::string says = {}) {
    return fail(ProblemKind::invalid_value, at, std::move(message), std::move(says));
  }
  /// c.ArgErr(): the words of the line that `name` begins do not fit; `expected` in words, such as "1 argument".
  [[gnu::cold]] Problem& wrong_count(const Word& name, std::size_t found, std::string_view expected);
  [[gnu::cold]] Problem& once(const Word& name);
  std::string words_for_unknown(std::string_view word) const;
  static std::string words_for_arguments(std::string_view word);
  /// The fault is mended where the lines of these words go.
  void surplus(Problem& fault, std::span<const Word> words) const;
  /// The current word is not a property in this release: says whether it is one in others, or what it may be meant for; skips its line.
  [[gnu::cold]] void unknown_property();
  /// Not the text but a file, a certificate or the network decides.
  void depends() noexcept { state_.depends = unsure_ = true; }
  /// The file that the word names decides, or `what` else, a constant.
  void needs(const Word& at, std::string_view what = "the file");

  // The generic reading.
  /// The property the current word names in this release, or null.
  const Property* property() const noexcept { return property_of(plugin_, val(), release_); }
  void read_property(const Property& property);
  /// next_block(), up to a property of this release; of others it says that they are none. Null: the block's end.
  const Property* next_property();
  /// Reads all lines of a block, if one begins here: whether it has some. `others`: those that are no properties may stand there.
  bool read_lines(bool others = false);
  /// Properties that stand once in a block may stand again.
  void new_block() noexcept { seen_.clear(); }
  /// Reads the arguments of the current word, the name; the words read, or none if they were refused.
  std::optional<std::span<const Word>> read_arguments(const Arguments& arguments) {
    std::span<const Word> found;
    return take_arguments(arguments, found) ? std::optional(found) : std::nullopt;
  }
  /// False, with a fault, if the word is not a value of the type. Words of unknown value pass.
  bool check(const Type& type, const Word& word, const Word& name) {
    return (word.unknown == 0 && accepts(type, word.text, release_, *state_.patterns)) || refuse(type, word, name);
  }
  /// The block's properties, if one begins here.
  void read_block();
  /// All of it: mentions, arguments, block.
  void run();

 private:
  void skip_line() noexcept;
  /// next_block() where its answer may hang on a brace.
  bool at_border_of_block();
  bool reads_last_word_again();
  /// What to do about a property that left before this release; may skip its line.
  void former_property(const Word& at, Problem& fault);
  /// read_arguments(): whether they are taken.
  bool take_arguments(const Arguments& arguments, std::span<const Word>& found);
  /// The fault of the current word, one more than `arguments` take; theirs begin at `first`.
  [[gnu::cold]] void refuse_end(const Arguments& arguments, const Word& name, std::size_t first);
  /// The fault of arguments of which there are too many or too few.
  [[gnu::cold]] void refuse_count(const Arguments& arguments, const Word& name, std::span<const Word> found);
  /// check(), for a word that is not known or no value of the type.
  [[gnu::cold]] bool refuse(const Type& type, const Word& word, const Word& name);
  [[gnu::cold]] const Word& word_outside() const noexcept;
  static bool is_brace(const Word& word, char brace) noexcept { return word.text.size() == 1 && word.text.front() == brace; }
  bool same_line(const Word& first, const Word& second) const noexcept {
    return first.expansion == second.expansion && first.breaks == 0 ? first.line == second.line : same_line_apart(first, second);
  }
  /// The same for words of several expansions, or of several lines.
  [[gnu::cold, gnu::noinline]] bool same_line_apart(const Word& first, const Word& second) const noexcept;
  /// A word follows on the current one's line.
  bool more_on_line() const noexcept {
    const auto at = static_cast<std::size_t>(cursor_);
    return at + 1 < words_.size() && same_line(words_[at], words_[at + 1]);
  }
  /// The property of which the word before this one is the name, on the same line, if it takes no words.
  const Property* property_before() const;

  const Config& config_;
  std::span<const Word> words_;
  const Schema& plugin_;
  Release release_;
  BlockState& state_;
  std::vector<Problem>& faults_;
  std::ptrdiff_t cursor_ = -1;
  int nesting_ = 0;
  bool failed_ = false;
  bool mentioned_ = false;
  bool unsure_ = false;                 // CoreDNS may have stopped before, with other words
  bool ran_out_ = false;                // a block's words ended without its `}`
  std::vector<std::string_view> seen_;  // properties that stand only once
};

/// CoreDNS's words with `{}` for those of the text.
std::string filled(std::string_view says, std::string_view word);
/// `3 arguments`, `at least 1 argument`.
std::string count_words(std::size_t min, std::size_t max);
/// The candidate nearest to `word` by edit distance, if it is near enough to be meant, and no more than `most` edits away; else empty.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates, std::size_t most = 40);

}  // namespace corefile::plugins
