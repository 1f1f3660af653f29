// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "go/number.hpp"

namespace corefile::rules::health_check_without_pause {
namespace {

void check(Directive forward, const Context& context, Report& report) {
  const auto line = forward.properties().find("health_check");
  if (!line || line->arguments().empty() || !context.load->loads()) return;
  const Word& word = line->arguments().front();
  if (word.unknown || word.text.empty() || word.text.find_first_not_of("0smhunµ.") != std::string_view::npos) return;
  Diagnostic& found = report.at(word, "checks of an upstream that is down then follow each other without a pause");
  found.label = "no pause, not off";
  found.notes.push_back("one that does not answer takes a whole core: some 60,000 checks a second");
  found.help = "to have no checks write `max_fails 0`; to have few, a pause such as `health_check 5s`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .lines = {"health_check"}};

}  // namespace corefile::rules::health_check_without_pause
