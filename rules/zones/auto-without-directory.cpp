// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::auto_without_directory {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads() || directive.properties().has("directory")) return;
  if (has_unresolved_import(*directive.config, directive.config->place(directive.words()))) return;
  for (const Directive other : directive.config->block(directive.block()).directives()) {
    // One set up for all of the block's lines.
    if (other.is(Plugin::auto_) && other.properties().has("directory")) return;
  }
  Diagnostic& found = report.at(directive.name_word(), "`auto` without a `directory` reads no zone file");
  found.label = "no `directory`";
  found.notes.push_back("it loads, and answers nothing");
  found.help = "name the folder in its block: `directory /etc/coredns/zones`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::auto_}};

}  // namespace corefile::rules::auto_without_directory
