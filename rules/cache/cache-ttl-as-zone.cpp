// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "go/number.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::cache_ttl_as_zone {
namespace {

/// Milliseconds of a unit as people write it; 0 for other words.
std::int64_t milliseconds_of(std::string_view unit) {
  struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
  };
  static constexpr std::array units{Unit{"ms", 1},           Unit{"s", 1000},          Unit{"sec", 1000},       Unit{"secs", 1000},
                                    Unit{"second", 1000},    Unit{"seconds", 1000},    Unit{"m", 60'000},       Unit{"min", 60'000},
                                    Unit{"mins", 60'000},    Unit{"minute", 60'000},   Unit{"minutes", 60'000}, Unit{"h", 3'600'000},
                                    Unit{"hour", 3'600'000}, Unit{"hours", 3'600'000}, Unit{"d", 86'400'000},   Unit{"day", 86'400'000},
                                    Unit{"days", 86'400'000}};
  const auto found = std::find_if(units.begin(), units.end(), [unit](const Unit& one) { return same_name(one.name, unit); });
  return found == units.end() ? 0 : found->milliseconds;
}

/// Seconds of `30s`, `5min`, `1h30m`, `1d`; none for other texts.
std::optional<std::int64_t> seconds(std::string_view text) {
  std::int64_t milliseconds = 0;
  if (text.empty()) return {};
  while (!text.empty()) {
    std::size_t digits = 0;
    while (digits < text.size() && ascii::is_digit(text[digits])) ++digits;
    if (digits == 0 || digits > 9 || digits == text.size()) return {};
    const std::int64_t value = *go::atoi(text.substr(0, digits));
    text.remove_prefix(digits);
    const std::string_view unit = text.substr(0, text.find_first_of("0123456789"));
    const std::int64_t factor = milliseconds_of(unit);
    if (factor == 0) return {};
    milliseconds += value * factor;
    text.remove_prefix(unit.size());
  }
  return milliseconds / 1000;
}

void report_unit(Directive cache, const Word& first, std::int64_t ttl, Report& report) {
  const std::string text(first.text);
  Diagnostic& found = report.at(first, "`" + text + "` is a zone here, not a TTL");
  found.label = "no unit here";
  found.notes.push_back(cache.arguments().size() == 1
                            ? "only names under `" + text + ".` are cached, which is none at all, and CoreDNS does not complain"
                            : "`cache` takes the first word for a TTL only if it is a whole number; the TTL stays at most 3600 seconds");
  if (ttl == 0) {
    found.help = "write whole seconds, at least 1";
    return;
  }
  found.help = "write the TTL in seconds: `cache " + std::to_string(ttl) + "`";
  found.fixes.push_back({"replace `" + text + "` with `" + std::to_string(ttl) + "`",
                         Safety::safe,
                         {Fixer(*cache.config).replace(first, std::to_string(ttl))}});
}

void report_number(Directive cache, std::size_t index, bool ttl_given, Report& report) {
  const Config& config = *cache.config;
  const Word& word = cache.arguments()[index];
  const Word& before = cache.words()[index];
  const std::string text(word.text);
  Diagnostic& found = report.at(word, "`" + text + "` is a zone here, not a TTL");
  found.label = "behind the zones";
  found.notes.push_back("`cache` takes a number for the TTL only as its first word; what follows are zones, and no name is under `" + text +
                        ".`");
  if (ttl_given) {
    found.help = "write different TTLs in a block: `success CAPACITY TTL` and `denial CAPACITY TTL`";
    return;
  }
  found.help = "write the TTL first: `cache " + text + " " + std::string(cache.arguments()[0].text) + "`";
  const Place gap = config.place(std::span(&before, 2));
  if (word.expansion != cache.arguments()[0].expansion) return;
  found.fixes.push_back(
      {"write the TTL first",
       Safety::unsafe,
       {Fixer(config).insert_before(cache.arguments()[0], text + " "), Edit{{gap.document, {before.span.end, word.span.end}}, ""}}});
}

void check(Directive cache, const Context&, Report& report) {
  const std::span<const Word> arguments = cache.arguments();
  if (arguments.empty() || !all_known(arguments)) return;
  // foreign-punctuation speaks of it.
  if (arguments.front().text == "=" || arguments.front().text == ":") return;
  if (const auto ttl = seconds(arguments.front().text)) return report_unit(cache, arguments.front(), *ttl, report);
  const bool ttl_given = go::atoi(arguments.front().text).has_value();
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (go::atoi(arguments[i].text)) return report_number(cache, i, ttl_given, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::cache_ttl_as_zone
