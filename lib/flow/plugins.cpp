// SPDX-License-Identifier: Apache-2.0
#include "flow/plugins.hpp"

#include <algorithm>
#include <array>
#include <corefile/key.hpp>

#include "plugins/facts.hpp"

namespace corefile::flow_detail {

std::string joined(std::span<const Word> words) {
  std::string text;
  for (const Word& word : words) {
    if (!text.empty()) text += ' ';
    text += word.text;
  }
  return text;
}

bool contains(const std::vector<std::string>& all, std::string_view one) noexcept {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::vector<std::string> Setup::zones_of(std::span<const Word> arguments) const {
  if (arguments.empty()) return block_zones;
  std::vector<std::string> zones;
  for (const Word& word : arguments) {
    for (std::string& zone : normalize_zone(word.text, release)) zones.push_back(std::move(zone));
  }
  return zones;
}

Fallthrough Setup::fallthrough_of(const Line& property) const {
  Fallthrough fallthrough;
  if (property.arguments().empty()) {
    fallthrough.zones = {"."};
    return fallthrough;
  }
  for (const Word& word : property.arguments()) {
    for (std::string& zone : normalize_zone(word.text, release)) fallthrough.zones.push_back(std::move(zone));
  }
  return fallthrough;
}

std::string Setup::path(std::string_view text) const {
  if (text.starts_with('/') || root.empty()) return std::string(text);
  return std::string(root) + (root.ends_with('/') ? "" : "/") + std::string(text);
}

std::span<const Word> Stanza::own_zones() const noexcept { return zones_among(facts_of(plugin), arguments); }

std::span<const Word> Stanza::upstreams() const noexcept { return arguments.empty() ? arguments : arguments.subspan(1); }

bool Stanza::has(std::string_view property) const noexcept {
  return std::any_of(properties.begin(), properties.end(), [property](const Line& line) { return line.name() == property; });
}

namespace {

bool has_property(const Setup& setup, std::string_view name) {
  for (const Stanza& directive : setup.stanzas) {
    if (directive.has(name)) return true;
  }
  return false;
}

// Those that the schemas know to add no handler, but for a few that add one all the same.
Handlers without_queries(const Setup& setup) {
  switch (setup.plugin) {
    case Plugin::view:
      return passes(setup);
    case Plugin::proxyproto:
      return has_property(setup, "tlv_metadata") ? passes(setup) : Handlers{};
    default:
      return {};
  }
}

struct Maker {
  Plugin plugin;
  Handlers (*make)(const Setup& setup);
};
constexpr std::array makers{
    Maker{Plugin::acl, acl},
    Maker{Plugin::any, any},
    Maker{Plugin::autopath, autopath},
    Maker{Plugin::auto_, auto_},
    Maker{Plugin::cache, cache},
    Maker{Plugin::chaos, chaos},
    Maker{Plugin::dns64, dns64},
    Maker{Plugin::dnssec, dnssec},
    Maker{Plugin::erratic, erratic},
    Maker{Plugin::file, file},
    Maker{Plugin::forward, forward},
    Maker{Plugin::proxy, forward},
    Maker{Plugin::grpc, grpc},
    Maker{Plugin::header, header},
    Maker{Plugin::hosts, hosts},
    Maker{Plugin::k8s_external, k8s_external},
    Maker{Plugin::kubernetes, kubernetes},
    Maker{Plugin::loadbalance, loadbalance},
    Maker{Plugin::local, local},
    Maker{Plugin::minimal, minimal},
    Maker{Plugin::rewrite, rewrite},
    Maker{Plugin::siit, siit},
    Maker{Plugin::template_, template_},
    Maker{Plugin::transfer, transfer},
    Maker{Plugin::tsig, tsig},
    Maker{Plugin::whoami, whoami},
};

}  // namespace

Handlers make_handlers(const Setup& setup) {
  const auto* const found =
      std::find_if(makers.begin(), makers.end(), [&setup](const Maker& maker) { return maker.plugin == setup.plugin; });
  if (found != makers.end()) return found->make(setup);
  switch (facts_of(setup.plugin).queries) {
    case plugins::Queries::nothing:
      return without_queries(setup);
    case plugins::Queries::passes:
      return passes(setup);
    case plugins::Queries::answers:
      return backend(setup);
    default:
      return unknown(setup, Directive{&setup.config, setup.stanzas.front().index}.name());
  }
}

}  // namespace corefile::flow_detail
