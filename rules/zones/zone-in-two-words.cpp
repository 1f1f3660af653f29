// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "lint/zones.hpp"
#include "zones.hpp"

namespace corefile::rules::zone_in_two_words {
namespace {

/// Names of one label that are zones of their own.
constexpr std::array<std::string_view, 14> usual{"local", "lan",   "home",    "internal", "intranet",  "private", "corp",
                                                 "test",  "onion", "example", "invalid",  "localhost", "consul",  "localdomain"};

bool is_torn_off(std::string_view text) {
  return text.size() > 1 && std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_alnum(c) || c == '-'; }) &&
         std::any_of(text.begin(), text.end(), ascii::is_letter) && std::find(usual.begin(), usual.end(), text) == usual.end();
}

void look(const Config& config, std::span<const Word> words, Report& report) {
  if (words.size() != 2 || words[0].unknown || words[1].unknown || words[0].line != words[1].line || !is_torn_off(words[0].text)) return;
  const std::string_view rest = words[1].text;
  const std::string_view zone = zone_of(rest);
  if (!ascii::is_letter(rest.front()) || zone.find('.') == std::string_view::npos || is_reverse_text(zone)) return;
  if (zone.substr(zone.rfind('.') + 1) == words[0].text) return;
  const std::string whole = std::string(words[0].text) + std::string(rest);
  Diagnostic& found = report.at(words, fmt::format("`{}` and `{}` are two zones", words[0].text, rest));
  found.label = "a space within a name?";
  found.help = fmt::format("write `{}` if one zone is meant", whole);
  found.fixes.push_back({fmt::format("write `{}`", whole), Safety::unsafe, {{config.place(words), whole}}});
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.keys().size() != 2 || block.fragment() || block.dropped() || key_mistake_of(block) != KeyMistake::none) continue;
    look(config, block.keys(), report);
  }
  for (const Directive directive : config.directives()) {
    if (directive.is(Plugin::template_)) look(config, directive.own_zones(), report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::zone_in_two_words
