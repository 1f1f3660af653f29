// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::port_beside_service {
namespace {

/// The port that the cluster's queries come to: that of the block with `kubernetes`.
std::string cluster_port(const Config& config, Release release) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (!block.has(Plugin::kubernetes)) continue;
    for (const Word& word : block.keys()) {
      if (word.unknown != 0) return {};
      const Key key = read_key(word.text, release);
      if (key.error.empty() && key.transport == Transport::dns) return key.port;
    }
  }
  return {};
}

void check(const Config& config, const Context& context, Report& report) {
  if (context.role != Role::cluster || !config.has(Plugin::kubernetes)) return;
  const std::string port = cluster_port(config, context.release);
  if (port.empty()) return;
  each_key(config, [&](const ZoneBlock& site, const Word& word) {
    const Key key = read_key(word.text, context.release);
    if (!is_zone(site, key) || key.transport != Transport::dns || key.port == port || site.has(Plugin::kubernetes)) return;
    Diagnostic& found =
        report.at(word, fmt::format("`{}` listens on port {}, where the cluster's queries do not come", word.text, key.port));
    if (context.platform != nullptr && !context.platform->base.empty()) found.severity = Severity::warning;
    found.notes.push_back(fmt::format("the Service sends what pods ask to the port of the block with `kubernetes`, {}", port));
    found.help = fmt::format("write `{}:{}`, unless something else asks on this port", key.zone_text, port);
  });
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::in_cluster, .severity = Severity::info};

}  // namespace corefile::rules::port_beside_service
