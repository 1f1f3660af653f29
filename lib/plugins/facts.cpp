// SPDX-License-Identifier: Apache-2.0
#include "plugins/facts.hpp"

#include <algorithm>

#include "go/number.hpp"

namespace corefile {

using plugins::ZoneWords;

bool brings(Release release, Plugin plugin) noexcept {
  const plugins::Schema* own = plugins::schema_of(plugin);
  return own != nullptr && own->life.covers(release);
}

bool takes(Plugin plugin, std::string_view property, Release release) noexcept {
  const plugins::Schema* own = plugins::schema_of(plugin);
  if (own == nullptr) return false;
  return std::any_of(own->properties.begin(), own->properties.end(),
                     [&](const plugins::Property& one) { return one.name == property && one.arguments.life.covers(release); });
}

bool stands_once(Plugin plugin, Release release) noexcept {
  const plugins::Schema* own = plugins::schema_of(plugin);
  if (own == nullptr) return false;
  return std::any_of(own->mentions.begin(), own->mentions.end(), [release](const plugins::MentionsRule& rule) {
    return rule.mentions == plugins::Mentions::once && rule.life.covers(release);
  });
}

int chain_position(Plugin plugin, Release release) noexcept {
  const plugins::Schema* own = plugins::schema_of(plugin);
  if (own == nullptr || own->facts.queries == plugins::Queries::nothing) return -1;
  const std::uint8_t rank = plugins::ranks(release)[static_cast<std::size_t>(own - plugins::builtin().data())];
  return rank == plugins::no_rank ? -1 : rank;
}

std::span<const Word> zones_among(const plugins::Facts& facts, std::span<const Word> arguments) noexcept {
  const auto behind = [arguments](std::size_t count) { return arguments.subspan(std::min(count, arguments.size())); };
  switch (facts.zones) {
    case ZoneWords::none:
      break;
    case ZoneWords::all:
      return arguments;
    case ZoneWords::behind_one:
      return behind(1);
    case ZoneWords::behind_two:
      return behind(2);
    case ZoneWords::behind_ttl:
      return behind(!arguments.empty() && go::atoi(arguments.front().text) ? 1 : 0);
    case ZoneWords::before_one:
      return arguments.first(arguments.empty() ? 0 : arguments.size() - 1);
    case ZoneWords::one:
      return arguments.first(std::min<std::size_t>(1, arguments.size()));
  }
  return {};
}

std::span<const Word> Directive::own_zones() const noexcept { return zones_among(facts_of(plugin()), arguments()); }

std::span<const Word> Directive::zones() const noexcept {
  const plugins::Facts& facts = facts_of(plugin());
  const std::span<const Word> own = zones_among(facts, arguments());
  return own.empty() && facts.zones != ZoneWords::one ? config->block(block()).keys() : own;
}

std::span<const Word> Directive::upstreams() const noexcept {
  const std::span<const Word> words = arguments();
  return words.empty() || !facts_of(plugin()).upstreams ? std::span<const Word>{} : words.subspan(1);
}

bool has_foreign_plugin(ServerBlock block) noexcept {
  for (const Directive directive : block.directives()) {
    if (!is_stock_plugin(directive.plugin())) return true;
  }
  return false;
}

}  // namespace corefile
