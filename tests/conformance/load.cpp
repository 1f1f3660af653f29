// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "conformance.hpp"

namespace conformance {

using nlohmann::json;

namespace {

std::uint32_t line_of(const corefile::Config& config, const corefile::Problem& fault) {
  return config.document(fault.place.document).source().position(fault.place.span.begin).line;
}

// A quotation may leave out who speaks and where: `plugin/NAME: `, `Corefile:N - Error during parsing: `, and the picture below.
bool quoted(std::string_view verdict, std::string_view says) {
  verdict = verdict.substr(0, verdict.find('\n'));
  if (!verdict.ends_with(says)) return false;
  const std::string_view before = verdict.substr(0, verdict.size() - says.size());
  return before.ends_with(": ") || before.ends_with(" - ");
}

/// What a refusal says, compared; `told` keeps disagreements from being printed for each release.
void compare_words(const std::string& verdict, const corefile::Problem& ours, corefile::Release release, const LoadOptions& options,
                   std::string& told, LoadTotals& totals) {
  if (ours.says.empty()) return;
  ++totals.quotes;
  if (quoted(verdict, ours.says)) {
    ++totals.quotes_agree;
  } else if (options.quotes && verdict != told) {
    told = verdict;
    fmt::print("other words {} CoreDNS: {}\n  we: {}\n", to_string(release), verdict, ours.says);
  }
}

}  // namespace

void compare_load(const json& recorded, const std::string& plugin, const std::vector<corefile::Release>& releases,
                  const RecordedFiles& files, const LoadOptions& options, LoadTotals& totals) {
  corefile::ResolveOptions resolving;
  resolving.files = &files;
  resolving.environment = recorded_environment();
  const corefile::Config read =
      corefile::resolve(corefile::parse(corefile::Source(std::string(working_folder) + "/Corefile", recorded.at("corefile"))), resolving);
  const json& verdicts = recorded.at("verdicts");
  const std::string set = recorded.at("set");
  const corefile::Release newest = releases[releases.size() - std::min<std::size_t>(releases.size(), 5)];
  std::size_t next = 0;
  json current;
  std::string told, told_words;  // a disagreement is printed once for each run of releases
  for (const corefile::Release release : releases) {
    while (next < verdicts.size() && *corefile::parse_release(verdicts[next][0].get<std::string>()) <= release)
      current = verdicts[next++][1];
    if (!current.is_string()) continue;
    const std::string verdict = current;
    if (verdict.starts_with("outside")) continue;
    if (release < options.since) continue;
    const bool refused = verdict.starts_with("refused");
    const corefile::LoadVerdict ours = corefile::load(read, release, {}, &files);
    Count& by_plugin = totals.plugins[plugin];
    Count& by_release = totals.releases[release];
    Count& by_set = totals.sets[set];
    std::vector<Count*> counts{&totals.all, &by_plugin, &by_release, &by_set};
    if (release >= newest) counts.push_back(&totals.newest);
    for (Count* count : counts) ++count->asked;
    if (refused && !ours.loads()) {
      compare_words(verdict, ours.problems.front(), release, options, told_words, totals);
      if (const std::uint32_t line = blamed_line(verdict); line != 0) {
        ++totals.lines;
        if (line_of(read, ours.problems.front()) == line) ++totals.lines_agree;
      }
    }
    if (refused == !ours.loads()) continue;
    for (Count* count : counts) ++(refused ? count->missed : count->false_errors);
    std::string tell = refused ? verdict : "loads; we say: " + ours.problems.front().message + " (" + ours.problems.front().says + ")";
    if (options.quiet || tell == told) continue;
    told = tell;
    fmt::print("{} {} {} {} {}\n  {}\n", refused ? "missed" : "false error", to_string(release), plugin, set,
               recorded.at("corefile").dump(), tell);
  }
}

void print(const LoadTotals& totals) {
  const auto row = [](const std::string& name, const Count& count) {
    fmt::print("{:<16} {:>8} {:>8} {:>8} {:>9.3f} %\n", name, count.asked, count.false_errors, count.missed,
               100.0 * static_cast<double>(count.agree()) / static_cast<double>(std::max<std::size_t>(count.asked, 1)));
  };
  fmt::print("{:<16} {:>8} {:>8} {:>8} {:>11}\n", "plugin", "asked", "false", "missed", "agree");
  for (const auto& [name, count] : totals.plugins) row(name, count);
  fmt::print("{:<16} {:>8} {:>8} {:>8} {:>11}\n", "release", "asked", "false", "missed", "agree");
  for (const auto& [release, count] : totals.releases) row(to_string(release), count);
  fmt::print("{:<16} {:>8} {:>8} {:>8} {:>11}\n", "set", "asked", "false", "missed", "agree");
  for (const auto& [name, count] : totals.sets) row(name, count);
  fmt::print("first error on the line CoreDNS blames: {} of {}\n", totals.lines_agree, totals.lines);
  fmt::print("words of CoreDNS quoted exactly: {} of {}\n", totals.quotes_agree, totals.quotes);
  fmt::print("load: {} of {} agree, {} false errors, {} missed\n", totals.all.agree(), totals.all.asked, totals.all.false_errors,
             totals.all.missed);
}

bool reached(const LoadTotals& totals) {
  bool good = true;
  const auto require = [&good](bool holds, const std::string& what) {
    if (!holds) fmt::print("fallen short: {}\n", what);
    good = good && holds;
  };
  const auto share = [](std::size_t part, const Count& of) {
    return 100.0 * static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(of.asked, 1));
  };
  require(totals.newest.asked > 0, "nothing was asked of the newest five releases");
  require(share(totals.newest.agree(), totals.newest) >= 99.9, "less than 99.9 % agree in the newest five releases");
  require(share(totals.all.agree(), totals.all) >= 99.5, "less than 99.5 % agree in all releases");
  require(share(totals.all.false_errors, totals.all) <= 0.1, "more than 0.1 % false errors");
  require(1000 * totals.quotes_agree >= 995 * totals.quotes, "less than 99.5 % of the quotations are CoreDNS's words");
  for (const char* set : {"real", "readme", "server", "setup"}) {
    const auto count = totals.sets.find(set);
    require(count != totals.sets.end() && count->second.false_errors == 0, fmt::format("false errors, or no case, in set {}", set));
  }
  return good;
}

}  // namespace conformance
