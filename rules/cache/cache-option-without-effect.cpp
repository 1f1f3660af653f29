// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "go/number.hpp"
#include "lint/cache.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::cache_option_without_effect {
namespace {

// Of these only the last mention counts; success and denial keep what a later one does not name.
constexpr std::array<std::string_view, 4> single{"disable", "prefetch", "serve_stale", "servfail"};

/// A line, and what a later line of the same overwrites.
struct Option {
  std::string_view name, store;
  Property line;
  bool same(const Option& other) const { return name == other.name && store == other.store; }
};

/// Those of one name and store stand together, in the file's order.
std::vector<Option> options(Directive cache) {
  std::vector<Option> found;
  found.reserve(single.size());
  for (const Property line : cache.properties()) {
    if (std::find(single.begin(), single.end(), line.name()) == single.end()) continue;
    const bool disable = line.name() == "disable";
    if (!disable || !line.arguments().empty()) found.push_back({line.name(), disable ? line.arguments().front().text : "", line});
  }
  std::sort(found.begin(), found.end(), [](const Option& a, const Option& b) {
    return std::tuple(a.name, a.store, a.line.words.data()) < std::tuple(b.name, b.store, b.line.words.data());
  });
  return found;
}

/// No option stands twice, and none of them can be a zero: most caches.
bool are_all_different(Directive cache) {
  std::array<std::string_view, 2> disabled{};
  for (const Property line : cache.properties()) {
    if (line.name() != "disable") {
      if (std::find(single.begin(), single.end(), line.name()) != single.end()) return false;
      continue;
    }
    if (line.arguments().empty()) continue;
    const std::string_view store = line.arguments().front().text;
    if (!disabled[1].empty() || disabled[0] == store) return false;
    disabled[disabled[0].empty() ? 0 : 1] = store;
  }
  return true;
}

std::string called(Property line) {
  return "`" + std::string(line.name()) + (line.name() == "disable" ? " " + std::string(line.arguments().front().text) : "") + "`";
}

void check_overwritten(Property line, Property later, Report& report) {
  const Config& config = *line.config;
  Diagnostic& found = report.at(line.words, "this " + called(line) + " is overwritten by a later one");
  const bool same = std::equal(line.words.begin(), line.words.end(), later.words.begin(), later.words.end(),
                               [](const Word& a, const Word& b) { return a.text == b.text; });
  found.severity = same ? Severity::info : Severity::warning;
  found.label = "has no effect";
  found.labels.push_back({config.place(later.words), "this one counts"});
  if (line.name() != "disable") {
    found.help = "remove one of the two";
    return;
  }
  found.notes.push_back("each `disable` replaces the zones of the one before, so those of this line are cached");
  found.help = "write all zones on one line";
  if (line.arguments().size() < 2 || later.arguments().size() < 2 || !all_known(line.words)) return;
  std::string zones;
  for (const Word& zone : line.arguments().subspan(1)) zones += " " + std::string(zone.text);
  auto removal = Fixer(config).remove_lines(line.words);
  const Edit addition = Fixer(config).insert_behind(later.words.back(), zones);
  if (!removal || removal->place.document != addition.place.document) return;
  found.fixes.push_back({"write all zones on one line", Safety::unsafe, {*removal, addition}});
}

void check_zero(Property line, Report& report) {
  if (line.arguments().empty()) return;
  const std::string_view value = line.arguments().front().text;
  const bool zero = line.name() == "serve_stale" ? go::parse_duration(value) == 0 : line.name() == "prefetch" && go::atoi(value) == 0;
  if (!zero) return;
  Diagnostic& found = report.at(line.words, "`" + std::string(line.name()) + " " + std::string(value) + "` does nothing");
  found.label = "switched off";
  found.help = line.name() == "prefetch"
                   ? "write how many queries make a name worth prefetching, or remove the line"
                   : "write how long answers may be served past their life, as in `serve_stale 1h`, or remove the line";
  if (const auto edit = Fixer(*line.config).remove_lines(line.words)) found.fixes.push_back({"remove the line", Safety::safe, {*edit}});
}

// The cache never sees these zones.
void check_outside(Property line, std::span<const Word> cached, Report& report) {
  if (line.name() != "disable" || !all_known(cached)) return;
  const std::span<const Word> zones = line.arguments().subspan(std::min<std::size_t>(1, line.arguments().size()));
  if (zones.empty() || !all_known(zones) || any_overlaps(zones, cached)) return;
  Diagnostic& found =
      report.at(zones, "`" + std::string(zones.front().text) + "` is not among the zones of `cache`, so there is nothing to disable");
  found.labels.push_back({line.config->place(cached), "what is cached"});
  found.help = "remove the line, or name a zone within those of `cache`";
}

void check(Directive cache, const Context&, Report& report) {
  if (!cache.has_block()) return;
  const std::span<const Word> arguments = cache.arguments();
  const bool own_zones = arguments.size() > 1 || (arguments.size() == 1 && !go::atoi(arguments[0].text));
  if (!own_zones && are_all_different(cache)) return;
  const std::vector<Option> lines = options(cache);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i + 1 < lines.size() && lines[i].same(lines[i + 1])) {
      check_overwritten(lines[i].line, lines[i + 1].line, report);
      continue;
    }
    check_zero(lines[i].line, report);
    if (own_zones) check_outside(lines[i].line, cache.zones(), report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::cache_option_without_effect
