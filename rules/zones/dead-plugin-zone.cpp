// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules {
namespace {

/// Where a plugin's zones begin among its arguments; none for plugins that take none, or have a rule of their own.
std::optional<std::size_t> first_zone(std::string_view plugin) {
  if (plugin == "kubernetes" || plugin == "etcd" || plugin == "secondary" || plugin == "k8s_external") return 0;
  if (plugin == "file" || plugin == "hosts") return 1;
  if (plugin == "template") return 2;
  return {};
}

bool is_path(std::string_view text) { return text.find('/') != std::string_view::npos || text.starts_with("."); }

std::span<const Word> zone_words_of(Directive directive) {
  const std::span<const Word> arguments = directive.arguments();
  const auto begin = first_zone(directive.name());
  return begin && *begin < arguments.size() ? arguments.subspan(*begin) : std::span<const Word>{};
}

bool meets(std::string_view zone, const std::vector<std::string>& served) {
  return std::any_of(served.begin(), served.end(),
                     [zone](const std::string& other) { return is_below(zone, other) || is_below(other, zone); });
}

void check_directive(Directive directive, const std::vector<std::string>& served, const Context& context, Report& report) {
  const std::span<const Word> words = zone_words_of(directive);
  std::size_t dead = 0;
  for (const Word& word : words) {
    if (word.unknown || std::any_of(word.text.begin(), word.text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; })) return;
    const std::vector<std::string> zones = normalize_zone(word.text, context.release);
    if (zones.empty() || (is_path(word.text) && word.text != "." && zones.front().find("arpa.") == std::string::npos)) return;
    if (std::none_of(zones.begin(), zones.end(), [&](const std::string& zone) { return meets(zone, served); })) ++dead;
  }
  if (dead == 0 || dead != words.size()) return;
  Diagnostic& found =
      report.at(words, fmt::format("`{}` never sees a query for {}", directive.name(), words.size() == 1 ? "this zone" : "these zones"));
  const std::span<const Word> keys = ServerBlock{directive.config, directive.block()}.keys();
  found.labels.push_back({directive.config->place(keys.front()), "the block's zone"});
  found.notes.push_back("queries are given to server blocks first, by zone: what is not below the block's zones never gets into it");
  found.help = fmt::format("move it into a block for that zone, or name a zone of this block");
}

void check_block(ServerBlock block, const Context& context, Report& report) {
  if (block.fragment() || block.dropped() || block.keys().empty()) return;
  for (const Word& key : block.keys()) {
    if (key.unknown || key.text == "." || key.text.starts_with(".:")) return;
  }
  // These ask for other names than the client did.
  if (block.has("rewrite") || block.has("autopath") || accident_of(block) != Accident::none) return;
  std::vector<std::string> served;
  for (const Word& word : block.keys()) {
    const Key key = read_key(word.text, context.release);
    if (!key.error.empty() || key.zone_text.find("://") != std::string_view::npos) return;
    for (const std::string& zone : key.zones) {
      for (std::string& name : normalize_zone(zone, context.release)) served.push_back(std::move(name));
    }
  }
  for (const Directive directive : block.directives()) check_directive(directive, served, context, report);
}

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) check_block(config.block(i), context, report);
}

}  // namespace

extern constinit const Rule dead_plugin_zone{
    .name = "dead-plugin-zone",
    .summary = "A plugin for zones that its server block is never asked for",
    .check = check,
};

}  // namespace corefile::rules
