// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <optional>
#include <string_view>

/// Words for a program that writes the manifest: Helm, Jinja, a script with sed.
namespace corefile::manifest_detail {

struct TemplateWord {
  std::string_view language;  ///< `Helm`, `Go`, `Jinja`; `placeholder` for single words
  Span span;
};

/// The first such word in a Corefile's text. CoreDNS's own `{{ .Name }}` in answers of its plugin template, `{$NAME}`,
/// `{%NAME%}` and `{remote}` are none; nor, on each node, are the words that node-local-dns replaces itself when it starts
/// (kubernetes/dns, cmd/node-cache/app/configmap.go).
std::optional<TemplateWord> find_template(std::string_view corefile, bool node_local = false);

/// The same in YAML that is no YAML: only where it stands in the way of it.
std::optional<TemplateWord> find_template_lines(std::string_view yaml);

}  // namespace corefile::manifest_detail
