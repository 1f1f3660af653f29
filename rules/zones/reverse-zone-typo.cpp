// SPDX-License-Identifier: Apache-2.0
#include "base/byte_set.hpp"
#include "lint/zones.hpp"
#include "reverse_name.hpp"
#include "zones.hpp"

namespace corefile::rules::reverse_zone_typo {
namespace {

using reverse_name::meant;
using reverse_name::without_digits;

/// `in-addr.arpa,`: rules about signs and letters say what is wrong with it.
bool has_odd_letter(std::string_view text) {
  static constexpr ByteSet usual("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");
  return std::any_of(text.begin(), text.end(), [](char c) { return !usual.has(c); });
}

/// `next`: the word behind it on its line, if there is one.
void look(const Config& config, const Word& word, std::string_view name, const Word* next, bool through, Report& report) {
  const std::string_view right = meant(name);
  if (right.empty()) return;
  const std::string_view wrong = without_digits(name.ends_with('.') ? name.substr(0, name.size() - 1) : name);
  const bool glued = right.find(' ') != std::string_view::npos;
  const bool torn =
      next != nullptr && wrong.size() + next->text.size() == right.size() && right.starts_with(wrong) && right.ends_with(next->text);
  Place at = part(config, word, wrong);
  if (torn && config.place(*next).document == at.document && config.place(*next).span.begin > at.span.end)
    at.span.end = config.place(*next).span.end;
  Diagnostic& found = report.at(at, glued  ? fmt::format("`{}` is one name, and no reverse zone", wrong)
                                    : torn ? fmt::format("`{}` and `{}` are two names, and no reverse zone", wrong, next->text)
                                           : fmt::format("`{}` is not the reverse zone `{}`", wrong, right));
  found.label = glued ? "no space between" : torn ? "a space within" : "misspelt";
  // Most clusters have no IPv6 addresses, and nobody asks for their names.
  if (right == "ip6.arpa") found.severity = Severity::info;
  found.notes.push_back("reverse lookups are asked below `in-addr.arpa` (IPv4) and `ip6.arpa` (IPv6) only");
  if (through) found.notes.push_back(fmt::format("so that no name below `{}` falls through", right));
  found.help = fmt::format("write `{}`", right);
  found.fixes.push_back({fmt::format("write `{}`", right), Safety::unsafe, {{at, std::string(right)}}});
}

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (!is_like_reverse_zone(word.text)) return;
    const Key key = read_key(word.text, context.release);
    if (is_zone(block, key)) look(config, word, key.zone_text, nullptr, false, report);
  });
  for (const Directive directive : config.directives()) {
    const std::span<const Word> words = directive.words();
    if (words.size() < 2 || facts_of(directive.plugin()).zones == plugins::ZoneWords::none) continue;
    bool through = false;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const Word& word = words[i];
      if (word.line != words[i - 1].line) through = word.text == "fallthrough";
      if (!is_like_reverse_zone(word.text) || word.unknown || has_odd_letter(word.text)) continue;
      const bool follows = i + 1 < words.size() && words[i + 1].line == word.line;
      look(config, word, word.text, follows ? &words[i + 1] : nullptr, through, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::like_reverse, .fixes = Fixes::always};

}  // namespace corefile::rules::reverse_zone_typo
