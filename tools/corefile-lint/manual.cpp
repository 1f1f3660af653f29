// SPDX-License-Identifier: Apache-2.0
#include <corefile/render.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app.hpp"
#include "help.hpp"
#include "help_page.hpp"

namespace corefile::app {
namespace {

// man(7): a backslash is \e, a - that is typed \-, and no line may begin with a . or a '.
std::string roff(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) out += 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

void put_block(const HelpBlock& block, std::string& out) {
  if (!block.title.empty()) out += ".SS " + roff(block.title) + '\n';
  for (const HelpItem& item : block.items) out += ".TP\n.B " + roff(item.term) + '\n' + roff(item.about) + '\n';
  if (block.lines.empty()) return;
  const bool examples = block.lines.front().starts_with("  ");
  out += examples ? ".EX\n" : ".PP\n";
  for (const std::string_view line : block.lines) out += roff(line) + '\n';
  if (examples) out += ".EE\n";
}

}  // namespace

void manual(const Invocation&, std::vector<std::string> words, Outcome& outcome) {
  if (!words.empty()) throw UsageError("one argument too many: `" + std::move(words.front()) + '`');
  const HelpPage general = read_help(help(""));
  std::string& out = outcome.out;
  out = ".\\\" Written by `corefile-lint man` out of the texts of its help.\n.TH COREFILE\\-LINT 1 \"\" \"corefile\\-lint " +
        roff(corefile::version()) + "\" \"User Commands\"\n.SH NAME\n" + roff(general.name) + " \\- " + roff(general.about) +
        "\n.SH SYNOPSIS\n";
  for (const std::string_view usage : general.usage) out += ".B " + roff(usage) + "\n.br\n";
  out += ".SH DESCRIPTION\n";
  for (const HelpBlock& block : general.blocks) put_block(block, out);
  for (const HelpItem& command : help_commands()) {
    const HelpPage page = read_help(help(command.term));
    out += ".SH " + upper(roff(page.name)) + '\n' + upper(roff(page.about.substr(0, 1))) + roff(page.about.substr(1)) + ".\n";
    for (const std::string_view usage : page.usage) out += ".PP\n.B " + roff(usage) + '\n';
    for (const HelpBlock& block : page.blocks) put_block(block, out);
  }
}

}  // namespace corefile::app
