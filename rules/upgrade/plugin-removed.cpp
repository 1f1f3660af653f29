// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"

namespace corefile::rules::plugin_removed {
namespace {

struct Removed {
  std::string_view plugin;
  Release last;
  Release since;  // first release without it
  std::string_view instead;
};
constexpr std::array table{
    Removed{"federation", {1, 6, 9}, {1, 7, 0}, "remove it: Kubernetes's federated Services, which it was for, are gone"},
    Removed{"reverse", {1, 1, 4}, {1, 2, 0}, "use `template`, which answers names made of addresses"},
    Removed{"shutdown", {1, 1, 0}, {1, 1, 1}, "write `on shutdown`"},
    Removed{"startup", {1, 1, 0}, {1, 1, 1}, "write `on startup`"},
};

void fix(Directive directive, Diagnostic& found) {
  const std::string_view name = directive.name();
  if (name == "startup" || name == "shutdown") {
    const std::string text = "on " + std::string(name);
    found.fixes.push_back({"write `" + text + "`", Safety::safe, {Fixer(*directive.config).replace(directive.name_word(), text)}});
  } else if (name == "federation") {
    if (auto edit = Fixer(*directive.config).remove_lines(directive.words())) {
      found.fixes.push_back({"remove `federation`", Safety::unsafe, {std::move(*edit)}});
    }
  }
}

void check(Directive directive, const Context& context, Report& report) {
  const auto removed = std::find_if(table.begin(), table.end(), [&](const Removed& r) { return r.plugin == directive.name(); });
  const std::string name(removed->plugin);
  const bool gone = context.release >= removed->since;
  Diagnostic& found = report.at(directive.name_word(),
                                "`" + name + "` is no longer part of CoreDNS" + (gone ? "" : " from " + to_string(removed->since) + " on"));
  found.severity = gone ? Severity::error : Severity::warning;
  if (gone) {
    found.notes.push_back("CoreDNS " + to_string(context.release) + " refuses the file: Unknown directive '" + name + "'");
    if (context.release_assumed) {
      found.notes.push_back("CoreDNS " + to_string(removed->last) +
                            " is the last that has it; `--coredns VERSION` names the release that runs");
    }
  }
  report.cover(directive.config->place(directive.name_word()));
  found.help = removed->instead;
  fix(directive, found);
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::federation, Plugin::reverse, Plugin::shutdown, Plugin::startup},
                                 .severity = Severity::error,
                                 .fixes = Fixes::sometimes};

}  // namespace corefile::rules::plugin_removed
