// SPDX-License-Identifier: Apache-2.0
#include "lint/zones.hpp"
#include "zones.hpp"

namespace corefile::rules::bind_beside_node_local {
namespace {

constexpr std::string_view usual_domain = "cluster.local";

/// The `bind` of the block for the cluster's names: pods ask one of its addresses.
std::optional<Directive> asked_addresses(const Config& config, std::string_view domain) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    const auto keys = block.keys();
    const bool cluster = std::any_of(keys.begin(), keys.end(), [&](const Word& key) { return same_name(zone_of(key), domain); });
    if (cluster) return block.find(Plugin::bind);
  }
  return {};
}

void check(const Config& config, const Context& context, Report& report) {
  if (context.role != Role::node_local) return;
  const std::string_view domain = context.cluster_domain.empty() ? usual_domain : zone_of(context.cluster_domain);
  const auto asked = asked_addresses(config, domain);
  if (!asked || asked->arguments().empty() || !all_known(asked->arguments())) return;
  for (const Directive bind : config.directives()) {
    if (!bind.is(Plugin::bind) || bind.arguments().empty() || !all_known(bind.arguments())) continue;
    const auto shared = [&](const Word& address) {
      const auto all = asked->arguments();
      return std::any_of(all.begin(), all.end(), [&](const Word& other) { return other.text == address.text; });
    };
    if (std::any_of(bind.arguments().begin(), bind.arguments().end(), shared)) continue;
    Diagnostic& found = report.at(bind.arguments(), "pods do not ask here: the other blocks are bound to other addresses");
    found.labels.push_back({config.place(asked->arguments()), "asked here"});
    found.notes.push_back(
        fmt::format("queries for its names go to {}, and to the block that serves them there", asked->arguments().front().text));
    found.help = "bind it to the addresses of the other blocks";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::bind}, .severity = Severity::info};

}  // namespace corefile::rules::bind_beside_node_local
