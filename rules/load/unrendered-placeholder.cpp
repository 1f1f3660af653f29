// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::unrendered_placeholder {
namespace {

/// In a regular expression `(?P<name>` and `(?<name>` name a group.
bool is_group(std::string_view before) { return before.ends_with("(?P") || before.ends_with("(?"); }

bool is_angle_word(std::string_view word) {
  std::size_t open = word.find('<');
  while (open != std::string_view::npos && is_group(word.substr(0, open))) open = word.find('<', open + 1);
  if (open == std::string_view::npos) return false;
  const std::size_t close = word.find('>', open);
  if (close == std::string_view::npos || close < open + 3) return false;
  const std::string_view inner = word.substr(open + 1, close - open - 1);
  return inner.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. ") == std::string_view::npos;
}

void report_template(const Context& context, const Config& config, Report& report) {
  const std::string word = shown(config.text({0, context.template_word}));
  const bool placeholder = context.template_language == "placeholder";
  Diagnostic& found = report.at(Place{0, context.template_word},
                                placeholder ? fmt::format("`{}` is still to be filled in", word)
                                            : fmt::format("this is a template ({}), not yet a Corefile", context.template_language));
  found.severity = Severity::info;
  found.notes.push_back("what is not filled in yet cannot be checked");
  found.help = "check the file that is made from this one";
}

void check(const Config& config, const Context& context, Report& report) {
  // In a manifest, manifest-template tells it.
  if (!context.template_language.empty()) return report_template(context, config, report);
  const Document& document = config.document(0);
  if (document.source().text().find('<') == std::string_view::npos) return;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::word || !is_angle_word(document.text(i))) continue;
    Diagnostic& found = report.at(Place{0, document.token(i).span}, fmt::format("`{}` was never filled in", shown(document.text(i))));
    found.label = "a document's placeholder";
    found.notes.push_back("CoreDNS takes it as it stands, as a name or an argument; others of the file are not listed");
    found.help = "check what the template's tool makes of it, or write the value";
    report.explain(found, found.place);
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::sign, .templates = true};

}  // namespace corefile::rules::unrendered_placeholder
