// SPDX-License-Identifier: Apache-2.0
#include "lint/precondition.hpp"

#include <algorithm>
#include <array>

#include "base/byte_set.hpp"
#include "base/short_text.hpp"
#include "lint/circles.hpp"
#include "lint/key_mistake.hpp"
#include "lint/misread.hpp"
#include "lint/upstream.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"
#include "syntax/reading.hpp"

namespace corefile {
namespace {

Precondition when(bool given, Precondition precondition) noexcept { return given ? precondition : Precondition::none; }

/// What does not stand in the text.
Precondition given_by(const Context& context) noexcept {
  return when(!context.load->loads(), Precondition::refused) | when(!context.circles->empty(), Precondition::circle) |
         when(context.platform != nullptr, Precondition::platform) | when(context.role == Role::cluster, Precondition::in_cluster) |
         when(context.readings->differ(), Precondition::brace_behind) | when(!context.template_language.empty(), Precondition::sign);
}

Precondition given_by(const Document& document) noexcept {
  using detail::DocumentAccess;
  return when(!DocumentAccess::shallow(document), Precondition::fault) | when(!document.plain(), Precondition::odd_byte) |
         when(!document.ascii(), Precondition::rune) | when(!DocumentAccess::few_signs(document), Precondition::sign) |
         when(!DocumentAccess::closing_braces_lead(document), Precondition::brace_behind);
}

Precondition given_by(const Upstream& upstream) noexcept {
  return when(upstream.kind == Upstream::Kind::address, Precondition::upstream_address) |
         when(upstream.kind == Upstream::Kind::name, Precondition::upstream_name) |
         when(upstream.scheme_written || upstream.port_written, Precondition::upstream_port);
}

Precondition given_by_key(std::string_view key) noexcept {
  static constexpr ByteSet usual("abcdefghijklmnopqrstuvwxyz0123456789-_.");
  static constexpr ByteSet digits("0123456789");
  Precondition found =
      when(!short_text::same(key, ".") && !short_text::same(key, ".:53"), Precondition::other_key | Precondition::other_zone);
  bool port = false;
  for (const char c : key) {
    if (c == '/') found = found | Precondition::slash;
    if (!(port ? digits : usual).has(c) && (port || c != ':')) found = found | Precondition::odd_key;
    port = port || c == ':';
  }
  return found;
}

constexpr std::string_view ipv4_tree = "in-addr.arpa";
constexpr std::string_view ipv6_tree = "ip6.arpa";
constexpr std::string_view usual_domain = "cluster.local";

bool is_other_zone(const Word& zone) noexcept {
  const std::string_view text = zone.text;
  return !short_text::same(text, ".") && !short_text::same(text, usual_domain) && !short_text::same(text, ipv4_tree) &&
         !short_text::same(text, ipv6_tree);
}

template <std::size_t N>
bool are(std::span<const Word> words, const std::array<std::string_view, N>& texts) noexcept {
  return std::equal(words.begin(), words.end(), texts.begin(), texts.end(),
                    [](const Word& word, std::string_view text) { return short_text::same(word.text, text); });
}

bool is_usual_kubernetes(Directive kubernetes) {
  if (!are(kubernetes.arguments(), std::array{usual_domain, ipv4_tree, ipv6_tree})) return false;
  std::size_t through = 0;
  for (const Property line : kubernetes.properties()) {
    if (!short_text::same(line.name(), "fallthrough")) continue;
    if (++through > 1 || !are(line.arguments(), std::array{ipv4_tree, ipv6_tree})) return false;
  }
  return through == 1;
}

bool is_like_reverse(const Word& word) noexcept {
  constexpr std::size_t shortest = 6;  // most words are shorter
  return word.text.size() >= shortest && is_like_reverse_zone(word.text);
}

Precondition given_by(Directive directive) noexcept {
  const plugins::Facts& facts = facts_of(directive.plugin());
  const Precondition given = when(!directive.properties().distinct(), Precondition::repeated_line);
  if (facts.zones == plugins::ZoneWords::none) return given;
  const std::span<const Word> words = directive.words().subspan(1);
  const std::span<const Word> zones = zones_among(facts, directive.arguments());
  return given | when(std::any_of(words.begin(), words.end(), is_like_reverse), Precondition::like_reverse) |
         when(std::any_of(zones.begin(), zones.end(), is_other_zone), Precondition::other_zone) |
         when(directive.is(Plugin::kubernetes) && !is_usual_kubernetes(directive), Precondition::cluster_zones);
}

Precondition given_by(ServerBlock block) {
  Precondition given = when(key_mistake_of(block) != KeyMistake::none, Precondition::key_mistake);
  for (const Word& key : block.keys()) {
    given = given | given_by_key(key.text) | when(is_like_reverse(key), Precondition::like_reverse);
  }
  for (const Directive directive : block.directives()) given = given | given_by(directive);
  const PluginSet& plugins = detail::ConfigAccess::data(*block.config).blocks[block.index].plugins;
  return given | when(plugins.size() < block.directives().size(), Precondition::repeated);
}

Precondition given_by(const Word& word) noexcept {
  const std::string_view text = word.text;
  if (text.empty()) return Precondition::none;
  static constexpr ByteSet begins("/;<-");
  static constexpr ByteSet ends(";,:=");
  return when(short_text::holds(text, '*'), Precondition::asterisk) |
         when(text.front() == '.' && text.size() > 1 && text[1] != ':', Precondition::leading_dot) |
         when(ends.has(text.back()) || (begins.has(text.front()) && !foreign_comment(text).empty()), Precondition::foreign_sign);
}

}  // namespace

Precondition preconditions(const Config& config, const Context& context) {
  Precondition given = given_by(context) | when(config.block_count() > 1, Precondition::several_blocks);
  for (const Document& document : config.documents()) given = given | given_by(document);
  for (const Upstream& upstream : context.upstreams->all()) given = given | given_by(upstream);
  for (std::uint32_t i = 0; i < config.block_count(); ++i) given = given | given_by(config.block(i));
  const bool signs = any(given, Precondition::sign);
  const auto is_brace_or_root = [](const Word& word) { return word.text.size() == 1 && word.text.front() != ':'; };
  for (const Word& word : config.words()) {
    if ((word.bare == 0 || word.text.front() <= '/') && (signs || !is_brace_or_root(word))) given = given | given_by(word);
  }
  return given;
}

}  // namespace corefile
