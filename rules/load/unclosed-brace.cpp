// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"
#include "syntax/build.hpp"

namespace corefile::rules::unclosed_brace {
namespace {

/// What the `{` is of: the first word of its line, or of the line before where it stands alone.
std::string_view owner(std::string_view text, std::uint32_t brace) {
  constexpr std::string_view white = " \t\r\n";
  const std::string_view before = text.substr(0, brace);
  const std::size_t last = before.find_last_not_of(white);
  if (last == std::string_view::npos) return {};
  const std::size_t line = before.rfind('\n', last);
  std::string_view words = before.substr(line + 1, last - line);
  if (words.starts_with("#")) return {};
  words.remove_prefix(std::min(words.find_first_not_of(" \t}"), words.size()));
  std::string_view name = words.substr(0, words.find_first_of(white));
  if (name.starts_with('#') || name.starts_with('"')) return {};
  if (name.ends_with(',')) name.remove_suffix(1);
  return name;
}

std::string line_indent(const Source& source, std::uint32_t offset) {
  const std::string_view line = source.text(source.line(offset));
  return std::string(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
}

/// A `}` where the layout says it was missed, else at the end of the file.
void close(Diagnostic& found, const Document& document, const Fault& fault) {
  const Source& source = document.source();
  const auto size = static_cast<std::uint32_t>(source.text().size());
  const std::string brace = line_indent(source, fault.span.begin) + '}';
  if (fault.repair == Fault::Repair::close_before && fault.token < document.token_count()) {
    const std::uint32_t line = source.line(fault.related.begin).begin;
    found.labels.push_back({{0, fault.related}, "the `}` is missed before this"});
    found.fixes.push_back({"insert `}` before this line", Safety::unsafe, {{{0, {line, line}}, brace + '\n'}}});
  } else {
    const bool open_line = !source.text().ends_with('\n');
    found.fixes.push_back({"insert `}` at the end", Safety::unsafe, {{{0, {size, size}}, (open_line ? "\n" : "") + brace + '\n'}}});
  }
}

bool is_braces(std::string_view text) { return text.size() > 1 && text.find_first_not_of('}') == std::string_view::npos; }

/// Braces that are missing.
std::uint32_t missing_braces(const Document& document) {
  std::uint32_t open = 0, closed = 0;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::word) continue;
    if (document.text(i) == "{") ++open;
    if (document.text(i) == "}") ++closed;
  }
  return open > closed ? open - closed : 0;
}

/// `}}` is one word. True: it is what was to close the block, and is told so.
bool report_joined(Diagnostic& found, const Config& config, const Document& document, Report& report) {
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    const std::string_view text = document.text(i);
    if (document.kind(i) != TokenKind::word || !is_braces(text) || document.token(i).span.begin < found.place.span.begin) continue;
    const Span at = document.token(i).span;
    found.labels.push_back({found.place, found.label});
    found.place = {0, at};
    found.label = "one word";
    found.message = fmt::format("`{}` closes nothing: each `}}` stands alone", shown(text));
    const bool both = missing_braces(document) >= text.size();
    std::string braces = "}";
    if (both) {
      braces.clear();
      for (std::size_t k = 0; k < text.size(); ++k) braces += k == 0 ? "}" : "\n}";
    }
    found.help = both ? "write each `}` on a line of its own" : fmt::format("write `}}` instead of `{}`", shown(text));
    found.fixes.push_back({both ? "write each on its own line" : "write `}`", Safety::unsafe, {{{0, at}, braces}}});
    report.cover({0, at});
    for (std::uint32_t k = 0; k < config.block_count(); ++k) {
      if (key_mistake_of(config.block(k)) == KeyMistake::closing_brace) report.cover(config.block(k));
    }
    return true;
  }
  return false;
}

/// At the end of the file CoreDNS takes a plugin's `}` for the server block's as well, so its parser complains of nothing.
void report_implicit(const Context& context, Diagnostic& found, Report& report) {
  const bool mended = context.readings->differ();
  found.severity = mended ? Severity::warning : Severity::info;
  if (mended && !context.literal_load->loads()) {
    report.explain(found, context.literal_load->problems.front());
  } else {
    found.notes.push_back("CoreDNS takes the last `}` of the file for two");
  }
}

void check(const Problem& problem, const Context& context, Report& report) {
  const Config& config = context.readings->meant;
  const Document& document = config.document(problem.place.document);
  const std::string_view name = owner(document.source().text(), problem.place.span.begin);
  Diagnostic& found =
      report.at(problem.place, name.empty() ? "this `{` is never closed" : fmt::format("the `{{` of `{}` is never closed", shown(name)));
  found.label = "opened here";
  found.help = "add the missing `}` on a line of its own";
  if (problem.kind == ProblemKind::unclosed_brace) {
    report.explain(found, problem);
    cover_zones(config, context, report);
  } else {
    report_implicit(context, found, report);
  }
  if (problem.place.document != 0 || report_joined(found, config, document, report)) return;
  const auto fault = syntax::find_unclosed(document);
  if (fault && fault->span == problem.place.span) close(found, document, *fault);
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .problems = {ProblemKind::unclosed_brace, ProblemKind::implicitly_closed},
                                 .severity = Severity::error,
                                 .fixes = Fixes::sometimes,
                                 .unbalanced = true};

}  // namespace corefile::rules::unclosed_brace
