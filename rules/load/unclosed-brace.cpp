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

Diagnostic& tell(const Config& config, Place brace, Report& report) {
  const std::string_view name = owner(config.document(brace.document).source().text(), brace.span.begin);
  Diagnostic& found =
      report.at(brace, name.empty() ? "this `{` is never closed" : fmt::format("the `{{` of `{}` is never closed", shown(name)));
  found.label = "opened here";
  found.help = "add the missing `}` on a line of its own";
  return found;
}

/// `};` closes nothing, and foreign-punctuation says so.
bool has_other_brace(const Config& config, const Context& context) {
  return std::any_of(config.words.begin(), config.words.end(), [&](const Word& word) {
    return !word.quoted && (word.text == "};" || word.text == "}," || word.text == "}:") &&
           context.faults->on(config.place(word)) != nullptr;
  });
}

/// At the end of the file CoreDNS takes a plugin's `}` for the server block's as well, so its parser complains of nothing.
void tell_borrowed(const Config& config, const Context& context, Report& report) {
  const Document& document = config.document(0);
  const auto fault = syntax::find_unclosed(document);
  if (!fault) return;
  Diagnostic& found = tell(config, {0, fault->span}, report);
  const bool mended = context.readings->differ();
  found.severity = mended ? Severity::warning : Severity::info;
  if (mended && !context.literal_load->loads()) {
    judge(found, context, &context.literal_load->faults.front());
  } else {
    found.notes.push_back("CoreDNS takes the last `}` of the file for two");
  }
  close(found, document, *fault);
}

void check(const Config& config, const Context& context, Report& report) {
  const bool unclosed = !context.readings->literal().borrowed_braces.empty() ||
                        std::any_of(config.refusals.begin(), config.refusals.end(),
                                    [](const Refusal& refusal) { return refusal.kind == RefusalKind::unclosed_brace; });
  if (!unclosed || has_other_brace(config, context)) return;
  bool told = false;
  for (const Refusal& refusal : config.refusals) {
    told = told || refusal.kind == RefusalKind::unclosed_quote;
    if (refusal.kind != RefusalKind::unclosed_brace) continue;
    told = true;
    Diagnostic& found = tell(config, refusal.place, report);
    found.notes.push_back(says(context, refusal.message));
    if (refusal.place.document != 0) continue;
    const Document& document = config.document(0);
    const auto fault = syntax::find_unclosed(document);
    if (fault && fault->span == refusal.place.span) close(found, document, *fault);
  }
  if (!told && !context.readings->literal().borrowed_braces.empty()) tell_borrowed(config, context, report);
}

}  // namespace

extern constinit const Rule rule{
    .name = "unclosed-brace",
    .summary = "A `{` without its `}`",
    .check = check,
    .severity = Severity::error,
    .fixes = Fixes::sometimes,
};

}  // namespace corefile::rules::unclosed_brace
