// SPDX-License-Identifier: Apache-2.0
#include "lint/cache.hpp"

#include <algorithm>

#include "base/short_text.hpp"
#include "go/number.hpp"
#include "lint/zones.hpp"

namespace corefile {
namespace {

void read_store(Property line, CacheStore& store) noexcept {
  const std::span<const Word> arguments = line.arguments();
  const auto take = [&](std::size_t index, std::int64_t lowest, std::int64_t& value, const Word*& word) {
    if (index >= arguments.size() || arguments[index].unknown != 0) return;
    const auto number = go::atoi(arguments[index].text);
    if (!number || *number < lowest) return;
    value = *number;
    word = &arguments[index];
  };
  constexpr std::int64_t any = -1'000'000'000'000;
  store.capacity_alone = arguments.size() == 1;
  take(0, any, store.capacity, store.capacity_word);
  take(1, 1, store.ttl, store.ttl_word);
  take(2, 0, store.min_ttl, store.min_ttl_word);
}

}  // namespace

std::int64_t CacheStore::entries() const noexcept { return std::max<std::int64_t>(capacity / 256, 4) * 256; }

bool looks_like_ttl(const CacheStore& store) noexcept {
  const std::int64_t value = store.capacity;
  const bool time = (value >= 1 && value <= 900 && value % 256 != 0) || value == 1800 || value == 3600 || value == 7200 || value == 86400;
  return store.capacity_alone && time;
}

bool CacheSettings::covers(std::string_view zone) const noexcept { return any_covers(zones, zone); }

CacheSettings read_cache(Directive cache) noexcept {
  CacheSettings settings;
  settings.success.ttl = 3600;
  settings.denial.ttl = 1800;
  const std::span<const Word> arguments = cache.arguments();
  if (const auto ttl = arguments.empty() ? std::nullopt : go::atoi(arguments[0].text); ttl && *ttl > 0) {
    settings.success.ttl = settings.denial.ttl = *ttl;
    settings.success.ttl_word = settings.denial.ttl_word = &arguments[0];
  }
  const std::span<const Word> own = cache.own_zones();
  settings.own_zones = !own.empty();
  settings.zones = own.empty() ? cache.config->block(cache.block()).keys() : own;
  for (const Property line : cache.properties()) {
    if (short_text::same(line.name(), "success")) read_store(line, settings.success);
    if (short_text::same(line.name(), "denial")) read_store(line, settings.denial);
    if (!short_text::same(line.name(), "disable") || line.arguments().empty()) continue;
    const Word& store = line.arguments().front();
    if (short_text::same(store.text, "success")) settings.without_success = line.arguments().subspan(1);
    if (short_text::same(store.text, "denial")) settings.without_denial = line.arguments().subspan(1);
  }
  return settings;
}

}  // namespace corefile
