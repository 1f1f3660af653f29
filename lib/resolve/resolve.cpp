// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/resolve.hpp>
#include <unordered_map>
#include <utility>

#include "resolve/glued.hpp"
#include "resolve/import.hpp"
#include "resolve/lines.hpp"
#include "resolve/stream.hpp"
#include "syntax/build.hpp"

namespace corefile {

using resolve_detail::glued_braces;
using resolve_detail::Mend;
using resolve_detail::Stream;

namespace {

constexpr std::uint32_t max_snippet_expansions = 10'000;  // parse.go, maxSnippetExpansions
constexpr std::uint32_t max_file_expansions = 100'000;    // parse.go, maxFileExpansions

constexpr std::size_t max_refusals = 10'000;  // more would only cost memory
constexpr std::size_t max_closers = 8;        // in one text
constexpr std::size_t max_mended = 16 << 20;  // a longer text is no person's: it is not read a second time

constexpr std::size_t usual_mentions = 16;

/// `{$` or `{%` stands in the text.
bool holds_variable(std::string_view text) noexcept {
  for (std::size_t at = text.find('{'); at != std::string_view::npos && at + 1 < text.size(); at = text.find('{', at + 1)) {
    if (text[at + 1] == '$' || text[at + 1] == '%') return true;
  }
  return false;
}

struct Definition {
  std::string_view name;
  std::uint32_t index;  // in Config::snippets
  std::vector<Word> body;
};

}  // namespace

/// caddyfile/parse.go's parser: the same steps in the same order, over a Stream instead of a spliced slice. Where it would
/// stop, this one notes the refusal and reads on.
class Resolver {
 public:
  /// `config` is empty.
  Resolver(const ResolveOptions& options, std::vector<Mend> mends, Config& config)
      : options_(options), config_(config), stream_(config.documents, config.expansions, config.texts_, std::move(mends)) {}

  void run(Document root) {
    budget_ = options_.limits.expanded_words + std::uint64_t{root.token_count()};
    config_.words.reserve(root.token_count() / 2 + 1);  // most words have a blank behind them
    config_.mentions.reserve(std::min<std::size_t>(root.nodes().size(), usual_mentions));
    config_.lines.reserve(std::min<std::size_t>(root.nodes().size(), usual_mentions));
    add(std::move(root));
    config_.expansions.push_back({});
    if (const Source& text = config_.documents[0].source(); text.truncated()) {
      const auto end = static_cast<std::uint32_t>(text.text().size());
      config_.refusals.push_back({RefusalKind::too_large, {0, {end, end}}, {}});
    }
    stream_.push(0, 0);
    if (options_.form == Form::directives) {
      begin_block();
      config_.blocks.back().fragment = true;
      directives();
      end_block();
      while (next()) refuse(RefusalKind::stray_brace, "Unexpected '}' because no matching opening brace");
    } else {
      while (next()) server_block();
    }
  }

 private:
  // The dispenser: a current token, the one before it, and the stream behind.

  bool next() {
    if (held_) {
      held_ = false;
      return true;
    }
    if (!stream_.take(has_current_ ? *previous_ : *current_)) return false;
    if (has_current_) {
      std::swap(current_, previous_);
      has_previous_ = true;
    }
    has_current_ = true;
    if (stream_.taken() > budget_ && !over_budget_) {
      over_budget_ = true;
      refuse(RefusalKind::too_large, "");
    }
    return !over_budget_;
  }
  /// The next token, if it stands on the current one's line.
  bool next_argument() {
    const Word* following = stream_.peek();
    return has_current_ && following != nullptr && resolve_detail::same_line(config_, *current_, *following) && next();
  }
  bool new_line() const {
    if (!has_previous_) return true;
    if (!has_current_) return false;
    return (current_->made | previous_->made) != 0 || previous_->last_line() < current_->line ||
           (previous_->expansion != current_->expansion && document_of(*previous_) != document_of(*current_));
  }
  bool at(std::string_view text) const { return has_current_ && current_->text == text; }

  std::uint32_t document_of(const Word& word) const { return config_.expansions[word.expansion].document; }
  Place place() const { return has_current_ ? config_.place(*current_) : Place{}; }
  void refuse(RefusalKind kind, Place where, std::string message) {
    if (config_.refusals.size() < max_refusals) config_.refusals.push_back({kind, where, std::move(message)});
  }
  void refuse(RefusalKind kind, std::string message) { refuse(kind, place(), std::move(message)); }

  std::string_view replaced(std::string_view text, bool& unknown) { return has_variables_ ? replaced_in(text, unknown) : text; }
  std::string_view replaced_in(std::string_view text, bool& unknown) {
    if (!holds_variable(text)) return text;
    std::string out = replace_environment(text, options_.environment, unknown);
    if (unknown) config_.remarks.push_back({Remark::Kind::environment_unknown, place(), out});
    if (out == text) return text;
    return config_.texts_.emplace_back(std::move(out));
  }

  /// The current token as a word.
  const Word& fill(Word& out) {
    out = *current_;
    if (has_variables_) {
      bool unknown = false;
      out.text = replaced_in(out.text, unknown);
      out.unknown = unknown ? 1 : 0;
    }
    return out;
  }
  std::string_view add_word() {
    if (has_variables_) {
      fill(config_.words.emplace_back());
    } else {
      config_.words.push_back(*current_);
    }
    return config_.words.back().text;
  }

  void begin_block() {
    const auto words = static_cast<std::uint32_t>(config_.words.size());
    const auto mentions = static_cast<std::uint32_t>(config_.mentions.size());
    config_.blocks.push_back({words, words, mentions, mentions, false, false, false});
  }
  void end_block() { config_.blocks.back().last_directive = static_cast<std::uint32_t>(config_.mentions.size()); }

  void server_block() {
    begin_block();
    if (!keys()) {
      config_.blocks.back().dropped = config_.blocks.back().first_key == config_.blocks.back().last_key;
      return end_block();
    }
    Config::Block& block = config_.blocks.back();
    if (block.last_key - block.first_key == 1) {
      const std::string_view key = config_.words.back().text;
      if (key.starts_with('(') && key.ends_with(')')) return snippet(key);
    }
    const bool braces = at("{");
    block.braces = braces;
    const Word opener = *current_;
    if (!braces) held_ = true;
    const bool closed = directives();
    // At the end of the input the last token is looked at again, so a plugin's own `}` passes for the block's
    // (parse.go, closeCurlyBrace).
    if (braces && !closed && at("}")) config_.borrowed_braces.push_back(config_.place(opener));
    if (braces && !closed && !at("}") && !over_budget_) {
      refuse(RefusalKind::unclosed_brace, config_.place(opener),
             "Syntax error: Unexpected token '" + std::string(has_current_ ? current_->text : "") + "', expecting '}'");
    }
    config_.blocks.back().dropped = config_.blocks.back().first_key == config_.blocks.back().last_key;
    end_block();
  }

  /// False at the end of the input.
  bool keys() {
    bool expecting = false;
    Place comma;
    const auto dangling = [&](std::string_view message) {
      if (expecting) refuse(RefusalKind::dangling_comma, comma, std::string(message));
    };
    while (true) {
      Word key;
      if (has_current_) fill(key);
      if (key.text == "import" && has_current_ && new_line()) {
        import(true);
        if (over_budget_) return false;
        continue;
      }
      if (key.text == "{") {
        dangling("Expected another address but had '{' - check for extra comma");
        break;
      }
      if (!key.text.empty()) {
        expecting = key.text.back() == ',';
        if (expecting) {
          key.text.remove_suffix(1);
          comma = config_.place(key);
          if (!key.quoted) comma.span.begin = comma.span.end - 1;
          if (key.span.size() > 1 && !key.quoted) --key.span.end;
        }
        config_.words.push_back(key);
        ++config_.blocks.back().last_key;
      }
      if (!next()) {
        dangling("Unexpected EOF");
        return false;
      }
      if (!expecting && new_line()) break;
    }
    return true;
  }

  void snippet(std::string_view key) {
    const std::string_view name = key.substr(1, key.size() - 2);
    const Word label = config_.words.back();
    config_.words.pop_back();
    config_.blocks.pop_back();
    const bool known = find(name) != nullptr;
    if (known) {
      refuse(RefusalKind::snippet_redeclared, config_.place(label), "redeclaration of previously declared snippet " + std::string(name));
    }
    if (!at("{")) {
      refuse(RefusalKind::snippet_without_body, config_.place(label),
             "Syntax error: Unexpected token '" + std::string(current_->text) + "', expecting '{'");
      held_ = true;
      return;
    }
    const Word opener = *current_;
    Definition definition{name, static_cast<std::uint32_t>(config_.snippets.size()), {}};
    std::uint32_t depth = 1;
    while (next()) {
      if (at("}") && --depth == 0) break;
      if (at("{")) ++depth;
      definition.body.push_back(*current_);
    }
    if (depth != 0 && !over_budget_) {
      refuse(RefusalKind::unclosed_brace, config_.place(opener),
             "Syntax error: Unexpected token '" + std::string(current_->text) + "', expecting '}'");
    }
    if (known) return;
    const std::vector<Word>& body = definition.body;
    for (std::size_t i = 0; i + 1 < body.size(); ++i) {
      const bool starts = i == 0 || document_of(body[i - 1]) != document_of(body[i]) || body[i - 1].line != body[i].line;
      bool unknown = false;
      if (starts && body[i].text == "import" && replaced(body[i + 1].text, unknown) == name) {
        refuse(RefusalKind::snippet_cycle, {document_of(body[i]), {body[i].span.begin, body[i + 1].span.end}},
               "maximum snippet import depth (10000) exceeded");
        definition.body.clear();  // uses of it are no faults of their own
        break;
      }
    }
    config_.snippets.push_back({name, config_.place(label), 0});
    by_name_.emplace(name, &definitions_.emplace_back(std::move(definition)));
  }

  const Definition* find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }

  /// Up to the closing `}` (true) or the end of the input.
  bool directives() {
    while (next()) {
      if (at("}")) return true;
      if (at("import")) {
        import(false);
        continue;
      }
      directive();
    }
    return false;
  }

  void directive() {
    const auto first = static_cast<std::uint32_t>(config_.words.size());
    const Plugin plugin = parse_plugin(add_word());
    std::uint32_t nesting = 0;
    Word opener;
    while (next()) {
      const char brace = current_->text.size() == 1 ? current_->text.front() : '\0';
      if (brace == '{') {
        if (nesting++ == 0) opener = *current_;
      } else if (nesting == 0 && new_line()) {
        held_ = true;
        break;
      } else if (brace == '}' && nesting > 0) {
        --nesting;
      } else if (brace == '}') {
        refuse(RefusalKind::stray_brace, "Unexpected '}' because no matching opening brace");
        held_ = true;  // read on as if it stood on a line of its own
        break;
      } else if (at("import") && new_line()) {
        import(false);
        continue;
      }
      const std::string_view text = add_word();
      if (has_variables_) current_->text = text;  // parse.go replaces in place, before it looks at the next token's line
    }
    if (nesting > 0 && !over_budget_) {
      refuse(RefusalKind::unclosed_brace, config_.place(opener), "Unexpected EOF");
    }
    const auto last = static_cast<std::uint32_t>(config_.words.size());
    config_.mentions.push_back({plugin, static_cast<std::uint32_t>(config_.blocks.size() - 1), first, last, last, 0, 0, 0});
    resolve_detail::shape(config_);
    config_.blocks.back().plugins.add(plugin);
    config_.plugins.add(plugin);
  }

  /// The current token is `import`. Behind it stands what it brings: as the current token with `load`, else as the next one.
  void import(bool load) {
    const Word before = *previous_;
    const bool had_before = has_previous_;
    const Word keyword = *current_;
    expand(keyword);
    held_ = false;
    *current_ = before;
    has_current_ = had_before;
    has_previous_ = false;
    if (!load) return;
    if (!next()) {
      *previous_ = before;
      has_previous_ = had_before;
      has_current_ = false;
    }
  }

  void skip_line() {
    while (next_argument()) {
    }
  }

  void expand(const Word& keyword) {
    if (!next_argument()) {
      return refuse(RefusalKind::import_argument_count, "Wrong argument count or unexpected line ending after 'import'");
    }
    const Word argument = *current_;
    const Place where{document_of(keyword), {keyword.span.begin, argument.span.end}};
    const auto refuse_here = [&](RefusalKind kind, std::string message) { refuse(kind, config_.place(argument), std::move(message)); };
    bool unknown = false;
    const std::string pattern(replaced(argument.text, unknown));
    if (pattern.empty()) {
      skip_line();
      return refuse_here(RefusalKind::import_empty, "Import requires a non-empty filepath");
    }
    if (next_argument()) {
      refuse(RefusalKind::import_argument_count, "Import takes only one argument (glob pattern or file)");
      return skip_line();
    }
    if (unknown) {
      config_.remarks.push_back({Remark::Kind::import_unresolved, config_.place(argument), pattern});
      return;
    }
    if (const Definition* snippet = find(pattern); snippet != nullptr) {
      ++config_.snippets[snippet->index].uses;
      if (snippet_expansions_++ >= max_snippet_expansions) {
        if (snippet_expansions_ == max_snippet_expansions + 1) {
          refuse_here(RefusalKind::snippet_cycle, "maximum snippet import depth (10000) exceeded");
        }
        return;
      }
      const std::uint32_t document = snippet->body.empty() ? 0 : document_of(snippet->body.front());
      return stream_.push(snippet->body, expansion(document, keyword, where));
    }
    if (file_expansions_++ >= max_file_expansions) {
      if (file_expansions_ == max_file_expansions + 1) {
        refuse_here(RefusalKind::snippet_cycle, "maximum file import depth (10000) exceeded");
      }
      return;
    }
    import_files(keyword, argument, where, pattern);
  }

  std::uint32_t expansion(std::uint32_t document, const Word& keyword, Place where) {
    config_.expansions.push_back({document, keyword.expansion, where});
    return static_cast<std::uint32_t>(config_.expansions.size() - 1);
  }

  void import_files(const Word& keyword, const Word& argument, Place where, const std::string& pattern) {
    const Place at_argument = config_.place(argument);
    const std::string path =
        pattern.starts_with('/') ? pattern : resolve_detail::join(resolve_detail::folder_of(path_of(document_of(keyword))), pattern);
    const auto refuse_here = [&](RefusalKind kind, std::string message) { refuse(kind, at_argument, std::move(message)); };
    const auto count = [&path](char c) { return std::count(path.begin(), path.end(), c); };
    if (count('*') > 1 || count('?') > 1 || (count('[') > 0 && count(']') > 0)) {
      return refuse_here(RefusalKind::import_pattern, "Glob pattern may only contain one wildcard (*), but has others: " + path);
    }
    const bool is_glob = path.find_first_of("*?[]") != std::string::npos;
    if (options_.files == nullptr || !options_.files->authoritative(path)) {
      resolve_detail::Glob found;
      if (options_.files != nullptr) found = resolve_detail::glob(*options_.files, path);
      if (found.paths.empty() && !found.bad_pattern) {
        config_.remarks.push_back({Remark::Kind::import_unresolved, at_argument, pattern});
        return;
      }
    }
    const resolve_detail::Glob found = resolve_detail::glob(*options_.files, path);
    if (found.bad_pattern) {
      return refuse_here(RefusalKind::import_pattern, "Failed to use import pattern " + pattern + ": syntax error in pattern");
    }
    if (found.paths.empty()) {
      if (is_glob) {
        config_.remarks.push_back({Remark::Kind::glob_without_match, at_argument, pattern});
        return;
      }
      return refuse_here(RefusalKind::import_missing, "File to import not found: " + pattern);
    }
    // Pushed last to first: the first is read first.
    for (auto file = found.paths.rbegin(); file != found.paths.rend(); ++file) {
      const std::optional<std::uint32_t> document = load(*file);
      if (!document) {
        refuse_here(RefusalKind::import_unreadable, "Could not import " + *file + ": " + load_error_);
        continue;
      }
      stream_.push(*document, expansion(*document, keyword, where));
    }
  }

  void add(Document document) {
    // A `\r`, which is dropped, may stand within the sign.
    const std::string_view text = document.source().text();
    has_variables_ = has_variables_ || holds_variable(text) || (!document.plain() && text.find('\r') != std::string_view::npos);
    config_.documents.push_back(std::move(document));
  }

  const std::string& path_of(std::uint32_t document) const { return config_.documents[document].source().name(); }

  std::optional<std::uint32_t> load(const std::string& path) {
    const auto count = static_cast<std::uint32_t>(config_.documents.size());
    for (std::uint32_t i = 1; i < count; ++i) {
      if (path_of(i) == path) return i;
    }
    if (count > options_.limits.files) {
      load_error_ = "too many files";
      return {};
    }
    Files::Content content = options_.files->read(path);
    if (content.status != Files::Status::ok) {
      load_error_ = content.status == Files::Status::directory ? "is a directory" : "permission denied";
      return {};
    }
    add(parse(Source(path, std::move(content.text))));
    return count;
  }

  const ResolveOptions& options_;
  Config& config_;
  Stream stream_;
  std::array<Word, 2> tokens_;
  Word* current_ = &tokens_[0];
  Word* previous_ = &tokens_[1];
  bool has_current_ = false;
  bool has_previous_ = false;
  bool held_ = false;  // the current token is to be read again
  bool over_budget_ = false;
  bool has_variables_ = false;  // in some document
  std::uint64_t budget_ = 0;
  std::uint32_t snippet_expansions_ = 0;
  std::uint32_t file_expansions_ = 0;
  std::list<Definition> definitions_;  // bodies stay where they are
  std::unordered_map<std::string_view, const Definition*> by_name_;
  std::string load_error_;
};

namespace {

bool brace_refusal(const Refusal& refusal) {
  return refusal.kind == RefusalKind::unclosed_brace || refusal.kind == RefusalKind::stray_brace;
}

const Fault* unclosed_quote(const Document& document) {
  for (const Fault& fault : document.faults()) {
    if (fault.kind == FaultKind::unclosed_quote) return &fault;
  }
  return nullptr;
}

bool braces_match(const Config& config) { return std::none_of(config.refusals.begin(), config.refusals.end(), brace_refusal); }

}  // namespace

Config resolve(Document root, const ResolveOptions& options) {
  const auto too_deep = [](const Fault& fault) { return fault.kind == FaultKind::too_deep; };
  const bool hopeless = root.source().text().size() > max_mended || std::any_of(root.faults().begin(), root.faults().end(), too_deep);
  std::vector<Mend> glued = hopeless ? std::vector<Mend>{} : glued_braces(root);
  const bool swallowed = !hopeless && unclosed_quote(root) != nullptr;
  Config plain;
  Resolver(options, {}, plain).run(std::move(root));
  if (hopeless || (glued.empty() && !swallowed && braces_match(plain) && plain.borrowed_braces.empty())) return plain;

  std::optional<Document> closed_quote;
  if (swallowed) {
    closed_quote = parse_mended(plain.document(0));
    glued = glued_braces(*closed_quote);
  }
  const Document& meant = closed_quote ? *closed_quote : plain.document(0);
  std::optional<Config> mended;
  if (swallowed || !glued.empty()) Resolver(options, glued, mended.emplace()).run(meant);

  const std::vector<Refusal>& left = mended ? mended->refusals : plain.refusals;
  const bool borrowed = !(mended ? *mended : plain).borrowed_braces.empty();
  const auto in_root = [](const Refusal& r) { return r.kind == RefusalKind::unclosed_brace && r.place.document == 0; };
  std::optional<Fault> unclosed;
  std::vector<Refusal> further;  // for further ones that are never closed
  if (borrowed || std::any_of(left.begin(), left.end(), in_root)) unclosed = syntax::find_unclosed(meant);
  if (unclosed && unclosed->repair == Fault::Repair::close_before) {
    std::vector<std::uint32_t> closers{unclosed->token};
    while (closers.size() < max_closers) {
      const auto next = syntax::find_unclosed(meant, closers);
      if (!next || next->repair != Fault::Repair::close_before) break;
      closers.push_back(next->token);
      further.push_back({RefusalKind::unclosed_brace, {0, next->span}, {}});
    }
    const auto close = [&](std::span<const std::uint32_t> tokens) {
      std::vector<Mend> mends = glued;
      for (const std::uint32_t token : tokens) mends.push_back({token, Mend::Kind::close_before});
      std::stable_sort(mends.begin(), mends.end(), [](const Mend& a, const Mend& b) { return a.token < b.token; });
      Config closed;
      Resolver(options, mends, closed).run(meant);
      const bool settled = borrowed && closed.borrowed_braces.empty() && closed.refusals.size() == left.size();
      const bool better = settled || closed.refusals.size() < left.size();
      if (better) mended = std::move(closed);
      return better;
    };
    if (!close(closers)) {
      further.clear();
      if (closers.size() > 1) close(std::span(closers).first(1));
    }
  }

  // CoreDNS's own words, at the place of the cause.
  std::optional<Refusal> first;
  if (!plain.refusals.empty()) first = plain.refusals.front();
  if (first && swallowed && first->kind == RefusalKind::unclosed_brace) {
    first->kind = RefusalKind::unclosed_quote;
    first->place = {0, unclosed_quote(plain.document(0))->span};
  } else if (first && unclosed && brace_refusal(*first)) {
    first->kind = RefusalKind::unclosed_brace;
    first->place = {0, unclosed->span};
  }
  const bool worse = mended && !unclosed && !swallowed && first && mended->refusals.size() >= plain.refusals.size();
  if (!mended || worse) {
    if (first) plain.refusals.front() = std::move(*first);
    return plain;
  }

  for (const Mend& mend : glued) {
    const Span span = meant.token(mend.token).span;
    mended->glued_braces.push_back({0, {span.end - 1, span.end}});
  }
  if (first) {
    std::vector<Refusal>& all = mended->refusals;
    if (!all.empty() && all.front().kind == first->kind && all.front().place == first->place) {
      all.front() = std::move(*first);
    } else if (first->kind != RefusalKind::stray_brace || glued.empty()) {
      all.insert(all.begin(), std::move(*first));
    }
  }
  // Once the first one is mended, CoreDNS says the same of the next.
  if (!mended->refusals.empty() && mended->refusals.front().kind == RefusalKind::unclosed_brace) {
    for (Refusal& refusal : further) refusal.message = mended->refusals.front().message;
    mended->refusals.insert(mended->refusals.begin() + 1, further.begin(), further.end());
  }
  mended->as_read_ = std::make_unique<const Config>(std::move(plain));
  return std::move(*mended);
}

}  // namespace corefile
