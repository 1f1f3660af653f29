// SPDX-License-Identifier: Apache-2.0
#include "flow/interests.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "flow/model.hpp"
#include "go/net.hpp"
#include "plugins/dns_types.hpp"
#include "plugins/facts.hpp"

namespace corefile::flow_detail {

bool NamePattern::matches(std::string_view name) const {
  switch (kind) {
    case Kind::exact:
      return name == text;
    case Kind::prefix:
      return name.starts_with(text);
    case Kind::suffix:
      return name.ends_with(text);
    case Kind::substring:
      return name.find(text) != std::string_view::npos;
    case Kind::regex:
      return regex.matches(name);
    case Kind::none:
      break;
  }
  return false;
}

void Interests::name(std::string_view text, std::string_view type) {
  if (text.empty() || !go::is_domain_name(text)) return;
  std::string name = go::normalize_name(text);
  if (name != "." && labels_of(name).empty()) return;
  auto at = names.find(name);
  if (at == names.end()) {
    left_out = left_out || names.size() >= most_names;
    if (names.size() >= most_names) return;
    at = names.emplace(std::move(name), std::set<std::string>()).first;
  }
  if (!type.empty()) at->second.emplace(type);
}

void Interests::test(NamePattern test) {
  if (std::find(tests.begin(), tests.end(), test) != tests.end()) return;
  left_out = left_out || tests.size() >= most_tests;
  if (tests.size() < most_tests) tests.push_back(std::move(test));
}

void Interests::network(std::string_view text) {
  std::string written(text);
  if (const auto ip = go::parse_ip(text)) written += ip->is4 ? "/32" : "/128";
  if (!go::parse_cidr(written)) return;
  left_out = left_out || networks.size() >= most_networks;
  if (networks.size() < most_networks) networks.insert(std::move(written));
}

void Interests::expression(std::string_view text) {
  tcp = tcp || text.find("proto") != std::string_view::npos;
  for (std::size_t open = text.find_first_of("'\""); open != std::string_view::npos; open = text.find_first_of("'\"", open)) {
    const std::size_t close = text.find(text[open], open + 1);
    if (close == std::string_view::npos) return;
    const std::string_view literal = text.substr(open + 1, close - open - 1);
    const bool address = go::parse_ip(literal) || go::parse_cidr(literal);
    const auto all = plugins::dns_types(newest_release());
    if (address) network(literal);
    if (std::find(all.begin(), all.end(), literal) != all.end()) {
      types.emplace(literal);
    } else if (!address && literal.find('.') != std::string_view::npos) {
      name(literal);
      test({NamePattern::Kind::suffix, ascii::to_lower(literal), {}});
      test({NamePattern::Kind::prefix, ascii::to_lower(literal), {}});
    }
    open = close + 1;
  }
}

namespace {

/// A word that a schema takes for something else than a name, or that cannot be one.
bool may_be_name(const plugins::Schema* schema, Release release, const Property& property, std::size_t argument) {
  const std::string_view text = property.arguments()[argument].text;
  if (text.empty() || text.find_first_of("/:\"{}()$ ") != std::string_view::npos) return false;
  if (std::none_of(text.begin(), text.end(), ascii::is_letter)) return text == ".";
  if (schema == nullptr) return true;
  for (const plugins::Property& one : schema->properties) {
    if (one.name != property.name() || !one.arguments.life.covers(release)) continue;
    if (one.setup != nullptr) break;
    if (argument >= one.arguments.types.size()) return true;
    const plugins::Kind kind = one.arguments.types[argument].kind;
    return kind == plugins::Kind::text || kind == plugins::Kind::name;
  }
  return text.find('.') != std::string_view::npos;
}

void gather_words(const Directive& directive, Release release, Interests& interests) {
  const auto zones = [&](std::string_view text, std::string_view type = {}) {
    for (const std::string& zone : normalize_zone(text, release)) interests.name(zone, type);
  };
  for (const Word& word : directive.own_zones()) {
    zones(word.text, "NS");
    zones(word.text, "SOA");
  }
  if (is_forwarder(directive.plugin())) {
    for (const Word& word : directive.zones()) zones(word.text);
  }
  const plugins::Schema* schema = plugins::schema_of(directive.plugin());
  for (const Property property : directive.properties()) {
    for (std::size_t i = 0; i < property.arguments().size(); ++i) {
      if (may_be_name(schema, release, property, i)) zones(property.arguments()[i].text);
    }
  }
  for (const std::string_view name : facts_of(directive.plugin()).names) interests.name(name);
}

}  // namespace

std::optional<std::string> Surroundings::file(const std::string& path) const {
  if (world.files == nullptr) return {};
  Files::Content content = world.files->read(path);
  return content.status == Files::Status::ok ? std::optional(std::move(content.text)) : std::nullopt;
}

void gather(const Model& model, const World& world, Interests& interests) {
  interests.name(".");
  for (const Server& server : model.servers) {
    for (const auto& [zone, blocks] : server.zones) interests.name(zone, "DS");
  }
  for (const Directive directive : model.config->directives()) gather_words(directive, model.release, interests);
  for (const Block& block : model.blocks) {
    for (const View& view : block.views) {
      for (const std::string& expression : view.expressions) interests.expression(expression);
    }
    for (const Handler& handler : block.chain) {
      if (handler.tell != nullptr) handler.tell(handler.settings.get(), {model, block, world}, interests);
    }
  }
}

}  // namespace corefile::flow_detail
