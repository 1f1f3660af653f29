// SPDX-License-Identifier: Apache-2.0
#include "../zones/zones.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::tls_without_encrypted_key {
namespace {

std::string_view usual_scheme(std::string_view port) {
  if (port == "443") return "https";
  return port == "5443" ? "grpc" : "tls";
}

void check(Directive tls, const Context& context, Report& report) {
  const ServerBlock block = tls.config->block(tls.block());
  if (!context.load->loads() || block.fragment() || block.dropped() || block.keys().empty()) return;
  const Word& first = block.keys().front();
  for (const Word& word : block.keys()) {
    const Key key = read_key(word.text, context.release);
    // A transport that is not known may be one of a CoreDNS built by others.
    if (word.text.find("://") != std::string_view::npos && !word.text.starts_with("dns://")) return;
    if (word.unknown != 0 || !key.error.empty() || key.transport != Transport::dns) return;
  }
  const Key key = read_key(first.text, context.release);
  Diagnostic& found = report.at(tls.name_word(), "`tls` does nothing in a block of plain DNS");
  found.label = "not used";
  found.labels.push_back({tls.config->place(first), fmt::format("plain DNS on port {}", key.port)});
  found.notes.push_back("what a block speaks is written before its zones, not by its port; clients that want TLS get nothing here");
  found.help = fmt::format("write `{}://{}`", usual_scheme(key.port), first.text.substr(first.text.starts_with("dns://") ? 6 : 0));
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tls}};

}  // namespace corefile::rules::tls_without_encrypted_key
