// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/ascii.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"
#include "zone_file.hpp"

namespace corefile::rules::zone_file_alias_to_nothing {
namespace {

constexpr std::size_t most_asked = 1000;

bool is_asked_about(std::uint16_t type) { return type == zone::type::cname || type == zone::type::mx || type == zone::type::srv; }

/// By the zone itself the target does not exist.
bool is_missing(const zone::Tree& tree, const std::string& target) {
  const zone::Answer answer = zone::answer(tree, {target, zone::type::a});
  return answer.result == zone::Answer::Result::name_error && !answer.lookup;
}

/// Somebody else in front of the file may have names of its zone.
bool has_another_source(ServerBlock block) {
  return has_foreign_plugin(block) || std::any_of(block.directives().begin(), block.directives().end(), [](Directive one) {
           return is_backend(one.plugin()) && !is_forwarder(one.plugin()) && !one.is(Plugin::file) && !one.is(Plugin::auto_);
         });
}

/// Another server block is asked for it.
bool is_elsewhere(const Config& config, ServerBlock own, std::string_view target) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const auto keys = config.block(i).keys();
    const auto is_for = [&](const Word& key) {
      return key.unknown != 0 || (!zone_of(key).empty() && covers(zone_of(key), without_dot(target)));
    };
    if (i != own.index && std::any_of(keys.begin(), keys.end(), is_for)) return true;
  }
  return false;
}

void check_zone(const zone::Zone& zone, Directive file, Report& report) {
  std::set<std::string_view> owners;
  for (const zone::Record& record : zone.records) owners.insert(record.owner);
  std::optional<zone::Tree> tree;
  std::set<std::string> told;
  std::size_t asked = 0;
  for (const zone::Record& record : zone.records) {
    const std::string target = ascii::to_lower(record.target);
    const bool inside = target.size() > zone.origin.size() && target.ends_with('.' + zone.origin);
    if (!is_asked_about(record.type) || !inside || owners.contains(target) || told.contains(target)) continue;
    if (++asked > most_asked) return;
    if (!tree) tree.emplace(zone);
    // zone-file-target-doubled names the cause.
    if (target.ends_with('.' + std::string(without_dot(zone.origin)) + '.' + zone.origin) || !is_missing(*tree, target) ||
        is_elsewhere(*file.config, file.config->block(file.block()), target))
      continue;
    told.insert(target);
    Diagnostic& found = at_record(zone, record, file, fmt::format("`{}` is not in this zone", without_dot(target)), report);
    found.notes.push_back(record.type == zone::type::cname
                              ? fmt::format("whoever asks for `{}` gets an alias of a name that does not exist", without_dot(record.owner))
                              : "clients that look the host up are told that it does not exist");
    found.help = "add a record of this name, or write the name that is meant";
  }
}

void check(Directive file, const Context& context, Report& report) {
  // A name that the file lacks may be somebody else's.
  if (file.properties().has("fallthrough") || has_another_source(file.config->block(file.block()))) return;
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    if (zone.verdict == zone::Verdict::loads) check_zone(zone, file, report);
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_alias_to_nothing
