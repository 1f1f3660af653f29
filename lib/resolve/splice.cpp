// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "resolve/import.hpp"
#include "resolve/resolver.hpp"
#include "syntax/reading.hpp"

namespace corefile {
namespace {

constexpr std::uint32_t max_snippet_expansions = 10'000;  // parse.go, maxSnippetExpansions
constexpr std::uint32_t max_file_expansions = 100'000;    // parse.go, maxFileExpansions

}  // namespace

void Resolver::snippet(std::string_view key) {
  const std::string_view name = key.substr(1, key.size() - 2);
  const Word label = config_.words.back();
  config_.words.pop_back();
  config_.blocks.pop_back();
  const Definition* const first = find(name);
  if (first != nullptr) {
    refuse(ProblemKind::snippet_redeclared, config_.place(label), "redeclaration of previously declared snippet " + std::string(name));
    Problem& problem = config_.refusals.back();
    if (problem.labels.empty() && problem.kind == ProblemKind::snippet_redeclared)
      problem.labels.push_back({config_.snippets[first->index].place, "declared here first"});
  }
  if (!at('{')) {
    refuse(ProblemKind::snippet_without_body, config_.place(label),
           "Syntax error: Unexpected token '" + std::string(current().text) + "', expecting '{'");
    hold();
    return;
  }
  const Word opener = current();
  Definition definition{name, static_cast<std::uint32_t>(config_.snippets.size()), {}};
  std::uint32_t depth = 1;
  while (next()) {
    if (at('}') && --depth == 0) break;
    if (at('{')) ++depth;
    definition.body.push_back(current());
  }
  if (depth != 0 && !over_budget_) {
    refuse(ProblemKind::unclosed_brace, config_.place(opener),
           "Syntax error: Unexpected token '" + std::string(current().text) + "', expecting '}'");
  }
  if (first != nullptr) return;
  if (imports_itself(definition)) definition.body.clear();  // uses of it are no faults of their own
  config_.snippets.push_back({name, config_.place(label), 0});
  by_name_.emplace(name, &definitions_.emplace_back(std::move(definition)));
}

bool Resolver::imports_itself(const Definition& definition) {
  const std::vector<Word>& body = definition.body;
  for (std::size_t i = 0; i + 1 < body.size(); ++i) {
    const bool starts = i == 0 || document_of(body[i - 1]) != document_of(body[i]) || body[i - 1].line != body[i].line;
    bool unknown = false;
    if (!starts || body[i].text != "import" || replaced(body[i + 1].text, unknown) != definition.name) continue;
    refuse(ProblemKind::snippet_cycle, {document_of(body[i]), {body[i].span.begin, body[i + 1].span.end}},
           "maximum snippet import depth (10000) exceeded");
    if (!config_.refusals.empty()) config_.refusals.back().subject = definition.name;
    return true;
  }
  return false;
}

void Resolver::import(bool load) {
  const Word before = previous();
  const Word keyword = current();
  expand(keyword);
  stream_.set_last(resolve_detail::Stream::none, before);
  if (load && !next()) stream_.set_last(before, resolve_detail::Stream::none);
}

void Resolver::skip_line() {
  while (next_argument()) {
  }
}

void Resolver::expand(const Word& keyword) {
  if (!next_argument()) {
    return refuse(ProblemKind::import_argument_count, "Wrong argument count or unexpected line ending after 'import'");
  }
  const Word argument = current();
  const Place where{document_of(keyword), {keyword.span.begin, argument.span.end}};
  const auto refuse_here = [&](ProblemKind kind, const std::string& message) { refuse(kind, config_.place(argument), message); };
  bool unknown = false;
  const std::string pattern(replaced(argument.text, unknown));
  if (pattern.empty()) {
    skip_line();
    return refuse_here(ProblemKind::import_empty, "Import requires a non-empty filepath");
  }
  if (next_argument()) {
    refuse(ProblemKind::import_argument_count, "Import takes only one argument (glob pattern or file)");
    return skip_line();
  }
  if (unknown) {
    config_.remarks.push_back({ProblemKind::import_unresolved, config_.place(argument), {}, {}, pattern});
    return;
  }
  if (const Definition* snippet = find(pattern); snippet != nullptr) {
    ++config_.snippets[snippet->index].uses;
    if (snippet_expansions_++ >= max_snippet_expansions) {
      if (snippet_expansions_ == max_snippet_expansions + 1) {
        refuse_here(ProblemKind::snippet_cycle, "maximum snippet import depth (10000) exceeded");
      }
      return;
    }
    const std::uint32_t document = snippet->body.empty() ? 0 : document_of(snippet->body.front());
    return stream_.push(snippet->body, expansion(document, keyword, where));
  }
  if (file_expansions_++ >= max_file_expansions) {
    if (file_expansions_ == max_file_expansions + 1) {
      refuse_here(ProblemKind::snippet_cycle, "maximum file import depth (10000) exceeded");
    }
    return;
  }
  import_files(keyword, argument, where, pattern);
}

std::uint32_t Resolver::expansion(std::uint32_t document, const Word& keyword, Place where) {
  config_.expansions.push_back({document, keyword.expansion, where});
  return static_cast<std::uint32_t>(config_.expansions.size() - 1);
}

void Resolver::import_files(const Word& keyword, const Word& argument, Place where, const std::string& pattern) {
  const Place at_argument = config_.place(argument);
  const std::string path =
      pattern.starts_with('/') ? pattern : resolve_detail::join(resolve_detail::folder_of(path_of(document_of(keyword))), pattern);
  const auto refuse_here = [&](ProblemKind kind, const std::string& message) { refuse(kind, at_argument, message); };
  const auto count = [&path](char c) { return std::count(path.begin(), path.end(), c); };
  if (count('*') > 1 || count('?') > 1 || (count('[') > 0 && count(']') > 0)) {
    return refuse_here(ProblemKind::import_pattern, "Glob pattern may only contain one wildcard (*), but has others: " + path);
  }
  const bool is_glob = path.find_first_of("*?[]") != std::string::npos;
  if (options_.files == nullptr || !options_.files->authoritative(path)) {
    resolve_detail::Glob found;
    if (options_.files != nullptr) found = resolve_detail::glob(*options_.files, path);
    if (found.paths.empty() && !found.bad_pattern) {
      config_.remarks.push_back({ProblemKind::import_unresolved, at_argument, {}, {}, pattern});
      return;
    }
  }
  const resolve_detail::Glob found = resolve_detail::glob(*options_.files, path);
  if (found.bad_pattern) {
    return refuse_here(ProblemKind::import_pattern, "Failed to use import pattern " + pattern + ": syntax error in pattern");
  }
  if (found.paths.empty()) {
    if (is_glob) {
      config_.remarks.push_back({ProblemKind::glob_without_match, at_argument, {}, {}, pattern});
      return;
    }
    return refuse_here(ProblemKind::import_missing, "File to import not found: " + pattern);
  }
  // Pushed last to first: the first is read first.
  for (auto file = found.paths.rbegin(); file != found.paths.rend(); ++file) {
    const std::optional<std::uint32_t> document = load(*file);
    if (!document) {
      refuse_here(ProblemKind::import_unreadable, "Could not import " + *file + ": " + load_error_);
      continue;
    }
    stream_.push(*document, expansion(*document, keyword, where));
  }
}

void Resolver::add(Document&& document) {
  // A `\r`, which is dropped, may stand within the sign.
  const std::string_view text = document.source().text();
  const auto holds_variable = [&] {
    return resolve_detail::holds_variable(text) || (!document.plain() && text.find('\r') != std::string_view::npos);
  };
  has_variables_ = has_variables_ || (!detail::DocumentAccess::lone_braces(document) && holds_variable());
  config_.documents.push_back(std::move(document));
}

std::optional<std::uint32_t> Resolver::load(const std::string& path) {
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

}  // namespace corefile
