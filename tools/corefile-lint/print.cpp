// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/config.hpp>
#include <corefile/render.hpp>
#include <corefile/visible.hpp>

#include "app.hpp"
#include "arguments.hpp"
#include "corefiles.hpp"
#include "settings.hpp"

namespace corefile::app {
namespace {

std::string visible_lines(std::string_view text) {
  std::string out;
  for (; !text.empty(); text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1))
    out += visible(text.substr(0, text.find('\n'))) + '\n';
  return out;
}

std::string printed(const Invocation& invocation, const Opened& opened, const Corefile& corefile, const PrintArguments& arguments) {
  const Source& source = corefile.embedded != nullptr ? corefile.embedded->source : opened.file;
  if (arguments.tokens) return print_tokens(parse(source));
  if (arguments.tree) return print_tree(parse(source));
  if (const auto text = spell_config(corefile.readings.literal())) return invocation.terminal ? visible_lines(*text) : *text;
  return "# No Corefile that CoreDNS loads to the same: what stands here is for people.\n" + print_config(corefile.readings.meant);
}

}  // namespace

void print(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<PrintArguments>(std::move(words));
  if (arguments.path.empty()) throw UsageError("print needs a file, or - for standard input");
  if (arguments.tokens + arguments.tree + arguments.config != 1) throw UsageError("print takes one of --tokens, --tree, --config");
  const Opened opened =
      open_corefiles(invocation, arguments.path, std::string(unnamed_input), read_kind(arguments.kind), read_environment(arguments.env));
  outcome.data = arguments.config;
  for (const Corefile& corefile : opened.corefiles) {
    if (corefile.embedded != nullptr)
      outcome.out += "# " + visible(corefile.embedded->object) + ", " + visible(corefile.embedded->key) + '\n';
    outcome.out += printed(invocation, opened, corefile, arguments);
  }
}

}  // namespace corefile::app
