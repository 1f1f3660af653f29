// SPDX-License-Identifier: Apache-2.0
#include "add_ignore.hpp"

#include <algorithm>
#include <corefile/syntax.hpp>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace corefile::app {
namespace {

/// A text with findings: the file itself, or one in a manifest.
struct Text {
  const Embedded* embedded;  ///< null: the file
  Source source;
  std::map<std::uint32_t, std::set<std::string_view>> rules;  ///< by the begin of their line
};

Edit comment_for(const Document& document, std::uint32_t line_at, const std::set<std::string_view>& rules, const std::string& reason) {
  const Source& source = document.source();
  const Span line = source.line(line_at);
  std::string names;
  for (const std::string_view rule : rules) (names += names.empty() ? "" : ", ") += rule;
  const std::string comment = "# corefile-lint: ignore[" + names + "] " + reason;
  std::uint32_t token = 0;
  for (std::uint32_t low = 0, high = document.token_count(); low < high;) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (document.token(middle).span.begin < line.end) {
      token = middle;
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const std::string_view last = document.text(token);
  const Span at = document.token(token).span;
  const bool comments = document.kind(token) == TokenKind::comment;
  if (comments && last.find("corefile-lint: ignore[") != std::string_view::npos && last.find(']') != std::string_view::npos) {
    const auto close = at.begin + static_cast<std::uint32_t>(last.find(']'));
    return {{0, {close, close}}, ", " + names};
  }
  if (!comments && at.end <= line.end) return {{0, {line.end, line.end}}, "  " + comment};
  // Something is in the way: above, indented as the line is.
  const std::string_view text = source.text(line);
  const std::string indent(text.substr(0, std::min(text.find_first_not_of(" \t"), text.size())));
  return {{0, {line.begin, line.begin}}, indent + comment + '\n'};
}

}  // namespace

AddedIgnores add_ignores(const Analysis& analysis, const std::string& reason) {
  std::map<const Embedded*, Text> texts;
  AddedIgnores out;
  for (const Diagnostic& found : analysis.diagnostics) {
    if (found.place.document != 0 || found.severity == Severity::error) continue;
    // What is wrong with such comments no comment ignores.
    if (found.rule.starts_with("suppression-")) continue;
    const Embedded* embedded = nullptr;
    std::uint32_t offset = found.place.span.begin;
    for (const Embedded& one : analysis.embedded) {
      const auto inner = one.rendered ? std::nullopt : one.inner(offset);
      if (!inner) continue;
      embedded = &one;
      offset = *inner;
      break;
    }
    if (embedded == nullptr && !analysis.embedded.empty()) continue;
    Text& text =
        texts.try_emplace(embedded, Text{embedded, embedded == nullptr ? analysis.sources[0] : embedded->source, {}}).first->second;
    text.rules[text.source.line(offset).begin].insert(found.rule);
    ++out.added;
  }
  std::vector<Diagnostic> edits;
  for (const auto& [embedded, text] : texts) {
    const Document document = parse(text.source);
    for (const auto& [line, rules] : text.rules) {
      Edit edit = comment_for(document, line, rules, reason);
      Span at;
      std::string replacement;
      if (embedded != nullptr) {
        if (!embedded->outer_edit(edit.place.span, edit.text, at, replacement)) continue;
        edit = {{0, at}, std::move(replacement)};
      }
      Diagnostic& carrier = edits.emplace_back();
      carrier.place = edit.place;
      carrier.fixes = {{"ignore", Safety::safe, {std::move(edit)}}};
    }
  }
  std::sort(edits.begin(), edits.end(), [](const Diagnostic& a, const Diagnostic& b) { return a.place < b.place; });
  out.text = corefile::apply(analysis.sources[0].text(), edits);
  return out;
}

}  // namespace corefile::app
