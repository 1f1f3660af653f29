// SPDX-License-Identifier: Apache-2.0
#include <corefile/key.hpp>
#include <map>
#include <utility>

#include "../zones/zones.hpp"

namespace corefile::rules::tls_certificates_differ {
namespace {

constexpr Release compared{1, 15, 0};

bool is_encrypted(Transport transport) { return transport != Transport::dns && transport != Transport::unix_socket; }

/// The certificate and key files of the last `tls` of the block; null if they are not such.
const Word* certificate_of(ServerBlock block) {
  const Word* certificate = nullptr;
  for (const Directive directive : block.directives()) {
    if (!directive.is(Plugin::tls)) continue;
    const std::span<const Word> words = directive.arguments();
    certificate = words.size() >= 2 && !words[0].unknown && !words[1].unknown ? &words[0] : nullptr;
  }
  return certificate;
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  std::map<std::pair<Transport, std::string>, const Word*> first;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    // Blocks with a `bind` may have listeners of their own.
    if (word.text.find("://") == std::string_view::npos || !block.has(Plugin::tls) || block.has(Plugin::bind)) return;
    const Key key = read_key(word.text, context.release);
    const Word* const own = certificate_of(block);
    if (!is_zone(block, key) || !is_encrypted(key.transport) || own == nullptr) return;
    const auto [at, added] = first.try_emplace({key.transport, key.port}, own);
    if (added || at->second->text == own->text) return;
    Diagnostic& found = report.at(*own, fmt::format("another server block has another certificate for port {}", key.port));
    found.label = "one listener";
    found.labels.push_back({config.place(*at->second), "the other certificate"});
    found.notes.push_back(context.release < compared
                              ? "blocks share the listener, and one of their certificates is shown to every client: which one is not said"
                              : "blocks share the listener: CoreDNS refuses the file unless both files hold the same certificate");
    found.help = "use one certificate with all names in both blocks, or give one of them another port or `bind` address";
    at->second = own;
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tls}, .needs = Precondition::slash};

}  // namespace corefile::rules::tls_certificates_differ
