// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <optional>
#include <string_view>

/// Words for a program that writes the text: Helm, Jinja, a script with sed.
namespace corefile::manifest_detail {

struct TemplateWord {
  std::string_view language;  ///< `Helm`, `Go`, `Jinja`, `Terraform`, …; `placeholder` for single words
  Span span;
};

/// What a text is decides which words are for another program.
struct Held {
  bool node_local = false;      ///< node-cache fills in words of its own when it starts (kubernetes/dns, cmd/node-cache/app/configmap.go)
  bool bare = false;            ///< no manifest: `${NAME}` may be meant for CoreDNS
  std::string_view manifest{};  ///< the whole of it: `image: $IMAGE` tells that `$NAME` in the Corefile is no slip
  bool named = false;           ///< the file's name says that it is a template: `Corefile.j2`
};

/// The first such word in a Corefile's text. CoreDNS's own `{{ .Name }}` in answers of its plugin template, `{$NAME}`,
/// `{%NAME%}` and `{remote}` are none. Words that a slip may be as well (`$NAME`, `<name>`) count where there are two different ones.
std::optional<TemplateWord> find_template(std::string_view corefile, Held held = {});

/// The same in YAML that is not YAML: only where it stands in the way of it.
std::optional<TemplateWord> find_template_lines(std::string_view yaml);

}  // namespace corefile::manifest_detail
