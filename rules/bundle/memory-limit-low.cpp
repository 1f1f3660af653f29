// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "lint/cache.hpp"
#include "reading.hpp"

namespace corefile::rules::memory_limit_low {
namespace {

// Measured: a process without queries, and an entry of `cache` at the peak before garbage is collected.
constexpr std::int64_t at_rest = 20'000'000;
constexpr std::int64_t per_entry = 1'000;
constexpr Release heavier_since{1, 11, 0};  // an entry took two thirds before
constexpr std::int64_t million = 1'000'000;

struct Unit {
  std::string_view suffix;
  std::int64_t factor;
};
// k8s.io/apimachinery, pkg/api/resource/suffix.go
constexpr std::array<Unit, 7> units{
    {{"Ki", 1 << 10}, {"Mi", 1 << 20}, {"Gi", 1 << 30}, {"k", 1'000}, {"M", million}, {"G", 1'000'000'000}, {"", 1}}};

std::optional<std::int64_t> bytes_of(std::string_view quantity) {
  for (const Unit& unit : units) {
    if (!quantity.ends_with(unit.suffix)) continue;
    const auto number = read_number(quantity.substr(0, quantity.size() - unit.suffix.size()));
    if (!number || *number > 1'000'000) return unit.suffix.empty() ? number : std::nullopt;
    return *number * unit.factor;
  }
  return {};
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  for (const Run& run : read_runs(manifest)) {
    const auto limit = bytes_of(run.container->memory_limit.text);
    if (!limit) continue;
    std::int64_t entries = 0;
    std::int64_t most = 0;
    std::optional<Directive> largest;
    for (const Directive directive : run.base.config.directives()) {
      if (!directive.is(Plugin::cache)) continue;
      const CacheSettings cache = read_cache(directive);
      const std::int64_t own = cache.success.entries() + cache.denial.entries();
      entries += own;
      if (own > most) largest = directive;
      most = std::max(most, own);
    }
    const std::int64_t needed = at_rest + entries * (context.release < heavier_since ? per_entry * 2 / 3 : per_entry);
    if (!largest || *limit >= needed) continue;
    Diagnostic& found = report.at(
        Place{0, run.container->memory_limit.span},
        fmt::format("CoreDNS takes about {} MB once `cache` is full, and may have {}", needed / million, run.container->memory_limit.text));
    found.labels.push_back({run.base.outer(largest->name_word()), fmt::format("keeps up to {} answers", most)});
    found.notes.push_back("the kernel kills the process at the limit; the cache is empty after that, and fills again");
    found.help = "raise the limit, or write smaller capacities of `success` and `denial`";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::memory_limit_low
