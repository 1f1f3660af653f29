// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "resolve/lines.hpp"
#include "resolve/stream.hpp"

namespace corefile {

namespace resolve_detail {

/// `{$` or `{%` stands in the text.
inline bool holds_variable(std::string_view text) noexcept {
  for (std::size_t at = text.find('{'); at != std::string_view::npos && at + 1 < text.size(); at = text.find('{', at + 1)) {
    if (text[at + 1] == '$' || text[at + 1] == '%') return true;
  }
  return false;
}

}  // namespace resolve_detail

/// caddyfile/parse.go's parser: the same steps in the same order, over a Stream instead of a spliced slice. Where it would
/// stop, this one notes the refusal and reads on.
class Resolver {
 public:
  /// `config` is empty.
  Resolver(const ResolveOptions& options, std::vector<resolve_detail::Mend> mends, detail::ConfigData& config)
      : options_(options), config_(config), stream_(config.documents, config.expansions, config.texts, std::move(mends)) {}

  void run(Document&& root);

 private:
  // The dispenser: a current token, the one before it, and the stream behind.

  bool next() {
    if (!stream_.next()) return false;
    if (budget_ == 0) [[unlikely]]
      return exhausted();
    --budget_;
    return true;
  }
  /// The current token is to be read again.
  void hold() {
    stream_.hold();
    ++budget_;
  }
  bool exhausted();
  const Word& current() const { return stream_.current(); }
  const Word& previous() const { return stream_.previous(); }
  /// The next token, if it stands on the current one's line.
  bool next_argument() {
    const Word* following = stream_.peek();
    return following != nullptr && resolve_detail::same_line(config_, current(), *following) && next();
  }
  /// The current token begins a line. `follows`: it is known to stand where the one before it ends.
  bool new_line(bool follows = false) const {
    const Word& now = current();
    const Word& before = previous();
    return (now.made | before.made) != 0 ||
           (!follows && (before.last_line() < now.line || (before.expansion != now.expansion && document_of(before) != document_of(now))));
  }
  bool at(char brace) const { return resolve_detail::lone(current()) == brace; }
  bool at_import() const { return is_import(current().text); }
  static bool is_import(std::string_view text) {
    constexpr std::string_view name = "import";
    return text.size() == name.size() && text == name;
  }

  std::uint32_t document_of(const Word& word) const { return config_.expansions[word.expansion].document; }
  Place place() const { return config_.place(current()); }
  void refuse(ProblemKind kind, Place where, const std::string& message) {
    constexpr std::size_t most = 10'000;  // more would only cost memory
    if (config_.refusals.size() < most) config_.refusals.push_back({kind, where, message, message});
  }
  void refuse(ProblemKind kind, const std::string& message) { refuse(kind, place(), message); }

  std::string_view replaced(std::string_view text, bool& unknown) { return has_variables_ ? replaced_in(text, unknown) : text; }
  std::string_view replaced_in(std::string_view text, bool& unknown) {
    if (!resolve_detail::holds_variable(text)) return text;
    std::string out = replace_environment(text, options_.environment, unknown);
    if (unknown) config_.remarks.push_back({ProblemKind::environment_unknown, place(), {}, {}, out});
    if (out == text) return text;
    return config_.texts.emplace_back(std::move(out));
  }

  /// The current token as a word of the Config's.
  const Word& add_word() {
    Word& word = config_.words.emplace_back(current());
    if (has_variables_) fill(word);
    return word;
  }
  void fill(Word& word) {
    bool unknown = false;
    word.text = replaced_in(word.text, unknown);
    word.unknown = unknown ? 1 : 0;
  }

  void begin_block() {
    const auto words = static_cast<std::uint32_t>(config_.words.size());
    const auto directives_before = static_cast<std::uint32_t>(config_.directives.size());
    config_.blocks.push_back({words, words, directives_before, directives_before, false, false, false});
  }
  void end_block() { config_.blocks.back().last_directive = static_cast<std::uint32_t>(config_.directives.size()); }

  // resolve.cpp: the grammar.

  void server_block();
  /// False at the end of the input.
  bool keys();
  /// Up to the closing `}` (true) or the end of the input.
  bool directives();
  void directive();

  // splice.cpp: snippets and files.

  struct Definition {
    std::string_view name;
    std::uint32_t index;  // in Config::snippets
    std::vector<Word> body;
  };
  void snippet(std::string_view key);
  bool imports_itself(const Definition& definition);
  const Definition* find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }
  /// The current token is `import`. Behind it stands what it brings: as the current token with `load`, else as the next one.
  void import(bool load);
  void skip_line();
  void expand(const Word& keyword);
  std::uint32_t expansion(std::uint32_t document, const Word& keyword, Place where);
  void import_files(const Word& keyword, const Word& argument, Place where, const std::string& pattern);
  void add(Document&& document);
  const std::string& path_of(std::uint32_t document) const { return config_.documents[document].source().name(); }
  std::optional<std::uint32_t> load(const std::string& path);

  const ResolveOptions& options_;
  detail::ConfigData& config_;
  resolve_detail::Stream stream_;
  bool over_budget_ = false;
  bool has_variables_ = false;  // in some document
  std::uint64_t budget_ = 0;    // tokens that may still be read
  std::uint32_t snippet_expansions_ = 0;
  std::uint32_t file_expansions_ = 0;
  std::list<Definition> definitions_;  // bodies stay where they are
  std::unordered_map<std::string_view, const Definition*> by_name_;
  std::string load_error_;
};

}  // namespace corefile
