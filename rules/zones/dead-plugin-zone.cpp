// SPDX-License-Identifier: Apache-2.0
#include <unordered_set>

#include "lint/witness.hpp"
#include "zones.hpp"

namespace corefile::rules::dead_plugin_zone {
namespace {

bool is_path(std::string_view text) { return text.find('/') != std::string_view::npos || text.starts_with("."); }

/// Calls `see` with the name and each one above it, down to the root.
template <typename See>
bool any_above(std::string_view name, See see) {
  for (; name != "."; name.remove_prefix(std::min(name.find('.') + 1, name.size()))) {
    if (name.empty()) break;
    if (see(std::string(name))) return true;
  }
  return see(std::string("."));
}

/// The block's zones, to be found by any of them and by what stands above and below.
class Served {
 public:
  void add(const std::string& zone) {
    zones_.insert(zone);
    any_above(zone, [this](std::string name) {
      above_.insert(std::move(name));
      return false;
    });
  }
  /// `zone` is one of them, or above or below one.
  bool meets(const std::string& zone) const {
    return above_.contains(zone) || any_above(zone, [this](const std::string& name) { return zones_.contains(name); });
  }

 private:
  std::unordered_set<std::string> zones_, above_;
};

/// The arguments that name zones; of the clouds' plugins with more behind or before a colon.
std::span<const Word> zone_words(Directive directive) {
  switch (directive.plugin()) {
    case Plugin::route53:
    case Plugin::clouddns:
    case Plugin::azure:
      return directive.arguments();
    default:
      return directive.own_zones();
  }
}

std::string_view zone_in(Plugin plugin, std::string_view word) {
  const std::size_t colon = word.find(':');
  if (plugin == Plugin::route53 || plugin == Plugin::clouddns) return word.substr(0, colon);
  if (plugin == Plugin::azure) return colon == std::string_view::npos ? std::string_view() : word.substr(colon + 1);
  return word;
}

/// `cache` and forwarders have rules of their own.
bool is_asked_about(Plugin plugin) {
  const plugins::Queries queries = facts_of(plugin).queries;
  if (plugin == Plugin::cache) return false;
  return queries == plugins::Queries::answers || queries == plugins::Queries::passes || queries == plugins::Queries::some;
}

enum class Zone : std::uint8_t { unknown, served, outside };

Zone look_at(const Word& written, Plugin plugin, const Served& served, Release release) {
  Word word = written;
  word.text = zone_in(plugin, written.text);
  if (word.unknown || std::any_of(word.text.begin(), word.text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; }))
    return Zone::unknown;
  const std::vector<std::string> zones = normalize_zone(word.text, release);
  if (zones.empty() || (is_path(word.text) && word.text != "." && zones.front().find("arpa.") == std::string::npos)) return Zone::unknown;
  const bool met = std::any_of(zones.begin(), zones.end(), [&](const std::string& zone) { return served.meets(zone); });
  return met ? Zone::served : Zone::outside;
}

void check_directive(Directive directive, const Served& served, const Context& context, Report& report) {
  if (!is_asked_about(directive.plugin())) return;
  const std::span<const Word> words = zone_words(directive);
  std::size_t first = 0, last = 0, outside = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Zone zone = look_at(words[i], directive.plugin(), served, context.release);
    if (zone == Zone::unknown) return;
    if (zone == Zone::served) continue;
    first = outside == 0 ? i : first;
    last = i;
    ++outside;
  }
  if (outside == 0) return;
  // Others of its zones are served: of what only answers that is a zone too much.
  const bool some = outside < words.size();
  if (some && (!is_backend(directive.plugin()) || outside != last - first + 1)) return;
  const std::span<const Word> dead = words.subspan(first, last - first + 1);
  const std::string zone(zone_in(directive.plugin(), dead.front().text));
  const std::string all = dead.size() == 1   ? fmt::format("`{}`", zone)
                          : dead.size() == 2 ? fmt::format("`{}` and `{}`", zone, zone_in(directive.plugin(), dead.back().text))
                                             : fmt::format("`{}` and {} more zones", zone, dead.size() - 1);
  Diagnostic& found = report.at(dead, fmt::format("`{}` never sees a query for {}", directive.name(), all));
  if (some && directive.is(Plugin::kubernetes)) found.severity = Severity::info;
  const ServerBlock block = directive.config->block(directive.block());
  const std::span<const Word> keys = block.keys();
  found.labels.push_back({directive.config->place(keys.front()), "the block's zone"});
  if (const std::vector<std::string> zones = normalize_zone(zone, context.release); !zones.empty())
    context.ways->elsewhere(block, names_in(zones.front())).add_to(found);
  found.notes.push_back("queries are given to server blocks first, by zone: what is not below the block's zones never gets into it");
  found.help = some ? fmt::format("add {} to the block's keys, or give it a block of its own", all)
                    : fmt::format("move it into a block `{} {{ … }}` of its own, or add {} to the keys of this one", zone, all);
}

void check_block(ServerBlock block, const Context& context, Report& report) {
  if (block.fragment() || block.dropped() || block.keys().empty()) return;
  for (const Word& key : block.keys()) {
    if (key.unknown || key.text == "." || key.text.starts_with(".:")) return;
  }
  // These ask for other names than the client did.
  if (block.has(Plugin::rewrite) || block.has(Plugin::autopath) || key_mistake_of(block) != KeyMistake::none || has_odd_key(block)) return;
  Served served;
  for (const Word& word : block.keys()) {
    const Key key = read_key(word.text, context.release);
    if (!key.error.empty() || key.zone_text.find("://") != std::string_view::npos) return;
    for (const std::string& zone : key.zones) {
      for (const std::string& name : normalize_zone(zone, context.release)) served.add(name);
    }
  }
  for (const Directive directive : block.directives()) check_directive(directive, served, context, report);
}

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) check_block(config.block(i), context, report);
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::dead_plugin_zone
