// SPDX-License-Identifier: Apache-2.0
#include "flow/plugins.hpp"

#include <algorithm>
#include <corefile/key.hpp>

#include "plugins/facts.hpp"

namespace corefile::flow_detail {

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

}  // namespace

Handlers make_handlers(const Setup& setup) {
  switch (setup.plugin) {
    case Plugin::acl:
      return acl(setup);
    case Plugin::any:
      return any(setup);
    case Plugin::autopath:
      return autopath(setup);
    case Plugin::auto_:
      return auto_(setup);
    case Plugin::cache:
      return cache(setup);
    case Plugin::chaos:
      return chaos(setup);
    case Plugin::dns64:
      return dns64(setup);
    case Plugin::dnssec:
      return dnssec(setup);
    case Plugin::erratic:
      return erratic(setup);
    case Plugin::file:
      return file(setup);
    case Plugin::forward:
    case Plugin::proxy:
      return forward(setup);
    case Plugin::grpc:
      return grpc(setup);
    case Plugin::header:
      return header(setup);
    case Plugin::hosts:
      return hosts(setup);
    case Plugin::k8s_external:
      return k8s_external(setup);
    case Plugin::kubernetes:
      return kubernetes(setup);
    case Plugin::loadbalance:
      return loadbalance(setup);
    case Plugin::local:
      return local(setup);
    case Plugin::minimal:
      return minimal(setup);
    case Plugin::rewrite:
      return rewrite(setup);
    case Plugin::siit:
      return siit(setup);
    case Plugin::template_:
      return template_(setup);
    case Plugin::transfer:
      return transfer(setup);
    case Plugin::tsig:
      return tsig(setup);
    case Plugin::whoami:
      return whoami(setup);
    default:
      break;
  }
  switch (facts_of(setup.plugin).queries) {
    case plugins::Queries::nothing:
      return without_queries(setup);
    case plugins::Queries::passes:
      return passes(setup);
    case plugins::Queries::answers:
      return backend(setup);
    default:
      return unknown(setup, to_string(setup.plugin));
  }
}

}  // namespace corefile::flow_detail
