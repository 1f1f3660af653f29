// SPDX-License-Identifier: Apache-2.0
#include "help_page.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "help.hpp"

namespace corefile::app {
namespace {

std::string_view cut_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// `auto, corefile or manifest: what …`: words of small letters, the last one behind `or`.
std::vector<std::string> leading_choices(std::string_view about) {
  std::vector<std::string> words;
  bool last = false;
  while (!about.empty()) {
    std::size_t end = 0;
    while (end < about.size() && (ascii::is_lower(about[end]) || about[end] == '-' || (end > 0 && ascii::is_digit(about[end])))) ++end;
    if (end == 0) return {};
    words.emplace_back(about.substr(0, end));
    about.remove_prefix(end);
    if (last) return words;
    if (about.starts_with(" or ")) {
      about.remove_prefix(4);
      last = true;
    } else if (about.starts_with(", ")) {
      about.remove_prefix(2);
    } else {
      return {};
    }
  }
  return {};
}

// `-q, --quiet`, `--format FORMAT`, `--changed[=REVISION]`
void read_option(HelpItem& item) {
  std::string_view rest = item.term;
  while (rest.starts_with('-')) {
    const std::size_t end = std::min(rest.find_first_of(", [="), rest.size());
    item.names.push_back(rest.substr(0, end));
    rest.remove_prefix(end);
    while (rest.starts_with(',') || rest.starts_with(' ')) rest.remove_prefix(1);
  }
  item.argument = rest;
  if (!rest.empty()) item.choices = leading_choices(item.about);
}

// Two blanks, the term, two blanks or more, what it means; lines further in go on with it.
bool read_item(std::string_view line, std::vector<HelpItem>& items) {
  const std::size_t in = std::min(line.find_first_not_of(' '), line.size());
  if (in > 4 && !items.empty()) {
    std::string& about = items.back().about;
    (about += about.empty() ? "" : " ") += trimmed(line);
    return true;
  }
  const std::string_view text = trimmed(line);
  // An option that leaves no room is explained below.
  const std::size_t gap = text.starts_with('-') ? std::min(text.find("  "), text.size()) : text.find("  ");
  if (in != 2 || gap == std::string_view::npos) return false;
  HelpItem item;
  item.term = text.substr(0, gap);
  item.about = trimmed(text.substr(gap));
  items.push_back(std::move(item));
  return true;
}

HelpBlock read_block(std::vector<std::string_view> lines) {
  HelpBlock block;
  if (lines.size() > 1 && lines.front().ends_with(':') && lines[1].starts_with("  ")) {
    block.title = lines.front().substr(0, lines.front().size() - 1);
    lines.erase(lines.begin());
  }
  if (!std::all_of(lines.begin(), lines.end(), [&](std::string_view line) { return read_item(line, block.items); })) {
    block.items.clear();
    block.lines = std::move(lines);
  }
  for (HelpItem& item : block.items) read_option(item);
  return block;
}

}  // namespace

HelpPage read_help(std::string_view text) {
  HelpPage page;
  const std::string_view headline = cut_line(text);
  const std::size_t colon = std::min(headline.find(": "), headline.size());
  page.name = headline.substr(0, colon);
  page.about = headline.substr(std::min(colon + 2, headline.size()));
  std::vector<std::string_view> lines;
  const auto flush = [&] {
    if (lines.empty()) return;
    if (lines.front().starts_with("Usage: ")) {
      for (std::string_view line : lines) {
        line = trimmed(line);
        if (line.starts_with("Usage: ")) line.remove_prefix(7);
        page.usage.push_back(line);
      }
    } else {
      page.blocks.push_back(read_block(std::move(lines)));
    }
    lines.clear();
  };
  while (!text.empty()) {
    const std::string_view line = cut_line(text);
    if (line.empty()) {
      flush();
    } else {
      lines.push_back(line);
    }
  }
  flush();
  return page;
}

std::vector<HelpItem> options_of(const HelpPage& page) {
  std::vector<HelpItem> options;
  for (const HelpBlock& block : page.blocks) {
    std::copy_if(block.items.begin(), block.items.end(), std::back_inserter(options),
                 [](const HelpItem& item) { return !item.names.empty(); });
  }
  return options;
}

std::vector<HelpItem> help_commands() {
  for (const HelpBlock& block : read_help(help("")).blocks) {
    if (block.title != "Commands") continue;
    std::vector<HelpItem> commands = block.items;
    for (HelpItem& command : commands) command.term = command.term.substr(0, command.term.find(' '));
    return commands;
  }
  return {};
}

}  // namespace corefile::app
