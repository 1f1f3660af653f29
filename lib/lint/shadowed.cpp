// SPDX-License-Identifier: Apache-2.0
#include "lint/shadowed.hpp"

#include <algorithm>

#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile {
namespace {

bool begins_with_zone(Directive backend) {
  const std::span<const Word> zones = backend.zones();
  const std::span<const Word> arguments = backend.arguments();
  return !arguments.empty() && !zones.empty() && &zones.front() == &arguments.front();
}

}  // namespace

std::vector<Directive> shadowed_backends(Directive directive, std::span<const Word> zones, Release release) {
  const int own = chain_position(directive.plugin(), release);
  std::vector<Directive> found;
  for (const Directive other : directive.config->block(directive.block()).directives()) {
    if (!is_backend(other.plugin()) || chain_position(other.plugin(), release) <= own) continue;
    if (!any_overlaps(zones, other.zones())) continue;
    const auto later = [release](Directive a, Directive b) {
      return chain_position(a.plugin(), release) < chain_position(b.plugin(), release);
    };
    found.insert(std::upper_bound(found.begin(), found.end(), other, later), other);
  }
  return found;
}

std::string called(Directive backend) {
  std::string text = "`" + std::string(backend.name());
  if (begins_with_zone(backend)) text += " " + std::string(backend.arguments().front().text);
  return text + "`";
}

std::string listed(const std::vector<Directive>& backends) {
  std::string text;
  for (std::size_t i = 0; i < backends.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == backends.size() ? " and " : ", ") + called(backends[i]);
  }
  return text;
}

Place place_of(Directive backend) {
  const Config& config = *backend.config;
  return begins_with_zone(backend) ? config.place(backend.words().first(2)) : config.place(backend.name_word());
}

}  // namespace corefile
