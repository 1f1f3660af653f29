// SPDX-License-Identifier: Apache-2.0
#include "lint/stanzas.hpp"

namespace corefile {

Stanzas::Stanzas(const Config& config) : at_(config.directive_count()) {
  const auto add = [this](Directive directive, auto& kind, auto stanza) {
    at_[directive.index] = static_cast<std::uint32_t>(kind.size());
    kind.push_back(std::move(stanza));
  };
  for (const Directive directive : config.directives()) {
    if (directive.is(Plugin::cache)) add(directive, caches_, read_cache(directive));
    if (directive.is(Plugin::template_)) add(directive, templates_, read_template(directive));
    if (directive.is(Plugin::rewrite)) add(directive, name_rules_, read_name_rule(directive));
  }
}

}  // namespace corefile
