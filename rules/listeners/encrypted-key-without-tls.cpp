// SPDX-License-Identifier: Apache-2.0
#include "../zones/zones.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::encrypted_key_without_tls {
namespace {

/// Another block on the same listener brings `tls`.
const Word* key_with_tls(const Config& config, ServerBlock own, const Key& key, Release release) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock other = config.block(i);
    if (i == own.index || !other.has(Plugin::tls)) continue;
    for (const Word& word : other.keys()) {
      if (word.text.find("://") == std::string_view::npos) continue;
      const Key its = read_key(word.text, release);
      if (its.transport == key.transport && its.port == key.port) return &word;
    }
  }
  return nullptr;
}

void plain_text(const Key& key, Diagnostic& found) {
  if (key.transport == Transport::tls) {
    found.notes.push_back("the listener then speaks plain DNS over TCP: a client that wants TLS gets nothing");
  } else {
    found.severity = Severity::info;
    found.notes.push_back(fmt::format("the listener speaks {} in clear text, which is right behind a proxy that ends TLS",
                                      key.transport == Transport::https ? "HTTP" : "gRPC"));
  }
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (word.text.find("://") == std::string_view::npos || block.has(Plugin::tls)) return;
    const Key key = read_key(word.text, context.release);
    if (!is_zone(block, key) || key.transport == Transport::dns || key.transport == Transport::unix_socket) return;
    const bool clear = key.transport == Transport::https || key.transport == Transport::grpc;
    // Plain HTTP's own port: a proxy in front ends TLS.
    if (key.transport == Transport::https && key.port == "80") return;
    if ((clear && block.has(Plugin::bind)) || is_incomplete(block) || has_foreign_plugin(block)) return;
    const Word* other = key_with_tls(config, block, key, context.release);
    Diagnostic& found = report.at(word, fmt::format("`{}` without the `tls` plugin has no certificate", shown(word.text)));
    found.label = "nothing to encrypt with";
    if (other != nullptr) {
      found.labels.push_back({config.place(*other), "the same listener, with `tls`"});
      found.notes.push_back("blocks share a listener, and which one's `tls` counts is not said: give each of them the same");
    } else if (key.transport == Transport::quic || key.transport == Transport::https3) {
      found.severity = Severity::error;
      found.notes.push_back("QUIC is always encrypted: CoreDNS does not start");
    } else {
      plain_text(key, found);
    }
    found.help = "add `tls CERTIFICATE KEY` to this block";
    if (clear && other == nullptr) found.help += ", unless a proxy in front of it ends TLS";
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash};

}  // namespace corefile::rules::encrypted_key_without_tls
