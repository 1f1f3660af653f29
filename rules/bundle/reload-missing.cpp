// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::reload_missing {
namespace {

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  const auto may_lack_it = [&](const Embedded& one) {
    const std::string_view text = one.source.text();
    return one.role == Role::cluster && !is_of_chart(one, manifest) && text.find("kubernetes") != std::string_view::npos &&
           text.find("reload") == std::string_view::npos;
  };
  for (const Read& base : read_corefiles(manifest, may_lack_it)) {
    if (!base.whole() || base.config.has(Plugin::reload) || !load(base.config, context.release).loads()) continue;
    for (const Directive directive : base.config.directives()) {
      if (!directive.is(Plugin::kubernetes)) continue;
      Diagnostic& found = report.at(base.outer(base.config.block(directive.block()).head()), "no `reload` stands in this Corefile");
      found.notes.push_back("a changed ConfigMap comes into the pods by itself, but CoreDNS goes on with what it read at its start");
      found.help = "write `reload` into one of the server blocks, or restart the pods behind each change";
      break;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::reload_missing
