// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::variable_not_in_pods {
namespace {

/// What every container has: of its own, and by Kubernetes, of Services (kubernetes.io, "Accessing the Service", environment variables).
bool is_given(std::string_view name) {
  for (const std::string_view own : {"PATH", "HOSTNAME", "HOME"}) {
    if (name == own) return true;
  }
  return name.find("_SERVICE_") != std::string_view::npos || name.ends_with("_PORT") || name.find("_PORT_") != std::string_view::npos;
}

struct Reference {
  std::string_view name;
  Span at{};
};

/// `{$NAME}` in the words of a text; a name that may be something else, as `{$NAME:-1}`, is none.
std::vector<Reference> references(const Document& document) {
  std::vector<Reference> out;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::word && document.kind(i) != TokenKind::quoted) continue;
    const std::string_view text = document.text(i);
    for (std::size_t at = text.find("{$"); at != std::string_view::npos; at = text.find("{$", at + 2)) {
      const std::size_t end = text.find('}', at);
      if (end == std::string_view::npos) break;
      const std::string_view name = text.substr(at + 2, end - at - 2);
      const bool plain = !name.empty() && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") ==
                                              std::string_view::npos;
      const std::uint32_t begin = document.token(i).span.begin + static_cast<std::uint32_t>(at);
      if (plain) out.push_back({name, {begin, begin + static_cast<std::uint32_t>(end + 1 - at)}});
    }
  }
  return out;
}

void check_run(const Run& run, ManifestReport& report) {
  const Container& container = *run.container;
  // Another image may bring variables of its own.
  if (container.more_variables || !is_official_image(container.image.text) ||
      run.base.text->source.text().find("{$") == std::string_view::npos)
    return;
  const Document document = parse(run.base.text->source);
  std::vector<std::string_view> told;
  for (const Reference& one : references(document)) {
    const auto& own = container.variables;
    if (is_given(one.name) || std::find(own.begin(), own.end(), one.name) != own.end()) continue;
    if (std::find(told.begin(), told.end(), one.name) != told.end()) continue;
    told.push_back(one.name);
    Diagnostic& found = report.at(Place{0, run.base.text->outer(one.at)}, fmt::format("the container has no variable `{}`", one.name));
    found.label = "nothing is written in its place";
    found.labels.push_back({{0, run.workload->name.span}, own.empty() ? "gives its container no variables" : "gives its container others"});
    found.help = fmt::format("add it to the container's `env`: `{{name: {}, value: …}}`", one.name);
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Run& run : read_runs(manifest)) check_run(run, report);
  for (const Run& run : read_other_runs(manifest)) check_run(run, report);
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::variable_not_in_pods
