// SPDX-License-Identifier: Apache-2.0
#include "lint/fixer.hpp"
#include "lint/stanzas.hpp"

namespace corefile::rules::rewrite_answer_name_auto {
namespace {

void check(Directive rewrite, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto& rule = context.stanzas->name_rule(rewrite);
  if (!rule || rule->odd_name == nullptr) return;
  const Config& config = *rewrite.config;
  Diagnostic& found = report.at(*rule->odd_name, "`answer name auto` is not `answer auto`");
  found.label = "`auto` is its pattern";
  found.notes.push_back(
      "`answer name` takes a regular expression and a name: `auto` and the word behind it. No record fits, so the names stay");
  if (context.release < answer_auto) {
    found.help = "write the way back, `answer name PATTERN NAME`; `answer auto` came with CoreDNS 1.8.4";
    return;
  }
  found.help = "write `answer auto`";
  Place at = config.place(*rule->odd_name);
  // The blank behind it goes as well.
  const std::string_view file = config.document(at.document).source().text({at.span.begin, at.span.end + 1});
  if (rule->odd_name->quoted == 0 && file.ends_with(' ')) {
    ++at.span.end;
    found.fixes.push_back({"write `answer auto`", Safety::safe, {{at, ""}}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::rewrite_answer_name_auto
