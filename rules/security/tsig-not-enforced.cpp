// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "../zones/zones.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::tsig_not_enforced {
namespace {

constexpr Release mended{1, 14, 3};

void check(Directive tsig, const Context& context, Report& report) {
  if (context.release >= mended || !context.load->loads()) return;
  const auto require = tsig.properties().find("require");
  if (!require || require->arguments().empty() || require->arguments().front().text == "none") return;
  for (const Word& key : tsig.config->block(tsig.block()).keys()) {
    if (key.text.find("://") == std::string_view::npos || key.unknown) continue;
    const Transport transport = read_key(key.text, context.release).transport;
    if (transport == Transport::dns || transport == Transport::unix_socket) continue;
    Diagnostic& found = report.at(require->words, fmt::format("`require` is not enforced on the `{}://` listener in CoreDNS {}",
                                                              to_string(transport), to_string(context.release)));
    found.label = "signatures are not checked";
    found.labels.push_back({tsig.config->place(key), "an encrypted listener"});
    found.notes.push_back("a query with any signature at all is taken for a signed one there (CVE-2026-33190, CVE-2026-35579)");
    found.help = "update to CoreDNS 1.14.3 or later, or offer what `tsig` protects on plain DNS alone";
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tsig}, .lines = {"require"}};

}  // namespace corefile::rules::tsig_not_enforced
