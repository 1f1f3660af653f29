// SPDX-License-Identifier: Apache-2.0
#include "catalogue.hpp"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace cli_test {
namespace {

using namespace corefile;

std::string in_quotes(std::string_view text) { return '`' + std::string(text) + '`'; }

void refused(const Config& config, const Context&, Report& report) {
  for (const Problem& refusal : config.refusals()) {
    Diagnostic& found = report.at(refusal.place, "CoreDNS refuses this");
    found.notes.push_back("CoreDNS: " + refusal.message);
  }
}

void upper_case(Directive directive, const Context&, Report& report) {
  std::string lower(directive.name());
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower == directive.name()) return;
  Diagnostic& found = report.at(directive.name_word(), in_quotes(directive.name()) + " is not in lower case");
  found.help = "write " + in_quotes(lower);
  found.fixes.push_back({"write " + in_quotes(lower), Safety::safe, {{found.place, lower}}});
}

void second_forward(ServerBlock block, const Context&, Report& report) {
  const auto first = block.find(Plugin::forward);
  for (const Directive directive : block.directives()) {
    if (directive.name() != "forward" || directive.index == first->index) continue;
    Diagnostic& found = report.at(directive.words(), "a second `forward` in one server block");
    found.label = "this one is not asked";
    found.labels.push_back({first->config->place(first->words()), "this one is"});
    found.notes.push_back("CoreDNS sets a plugin up once\nin every server block");
    found.help = "keep one of them";
    const Place place = found.place;
    found.fixes.push_back({"remove it", Safety::unsafe, {{place, ""}}});
    found.fixes.push_back({"make it a server block of its own", Safety::shown});
  }
}

void bad_word(Directive directive, const Context&, Report& report) {
  for (const Word& word : directive.arguments()) {
    if (word.text.find("bad") == std::string_view::npos) continue;
    Diagnostic& found = report.at(word, in_quotes(word.text) + " is a bad word");
    found.label = "bad";
  }
}

constexpr Rule refused_rule{.check = refused, .severity = Severity::error};
constexpr Rule upper_case_rule{.check = upper_case, .severity = Severity::info, .fixes = Fixes::always};
constexpr Rule second_forward_rule{.check = second_forward, .fixes = Fixes::sometimes};
constexpr Rule bad_word_rule{.check = bad_word};

}  // namespace

const Catalogue& catalogue() {
  static const Catalogue rules = [] {
    std::vector<Catalogue::Entry> entries{
        {"refused", "load", "# refused\n\nWhat CoreDNS refuses\n", &refused_rule},
        {"upper-case", "style", "# upper-case\n\nA directive in capitals", &upper_case_rule},
        {"second-forward", "forward", "# second-forward\n\n`forward` twice | in one server block\n", &second_forward_rule},
        {"bad-word", "style", "# bad-word\n\nA word with `bad` in it\n", &bad_word_rule}};
    // What they look at is the tool's own.
    for (const Catalogue::Entry& entry : Catalogue::builtin().entries()) {
      if (entry.group == "suppressions") entries.push_back(entry);
    }
    return Catalogue(std::move(entries));
  }();
  return rules;
}

}  // namespace cli_test
