// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

namespace corefile::rules::kubernetes_pods_commented_out {
namespace {

/// Where `# pods MODE` stands in the text; empty: nowhere.
Span pods_in_comment(std::string_view text, std::size_t from, std::size_t end) {
  constexpr std::string_view blanks = " \t#";
  for (std::size_t at = text.find('#', from); at < end; at = text.find('#', at)) {
    const std::size_t word = std::min(text.find_first_not_of(blanks, at), end);
    const std::size_t line = std::min(text.find_first_of("\r\n", at), end);
    const std::string_view comment = text.substr(word, line > word ? line - word : 0);
    if (comment == "pods insecure" || comment == "pods verified") return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(line)};
    at = line;
  }
  return {};
}

void check(Directive kubernetes, const Context& context, Report& report) {
  if (context.role != Role::cluster || !context.load->loads()) return;
  const Properties lines = kubernetes.properties();
  if (!kubernetes.has_block() || lines.find("pods")) return;
  const Place name = kubernetes.config->place(kubernetes.name_word());
  const std::string_view text = kubernetes.config->document(name.document).source().text();
  const Span comment = pods_in_comment(text, name.span.end, std::min(text.find('}', name.span.end), text.size()));
  if (comment.size() == 0) return;
  Diagnostic& found = report.at(Place{name.document, comment}, "without `pods` every name of a pod is answered with NXDOMAIN");
  found.label = "commented out";
  found.notes.push_back(
      "Kubernetes documents names such as `10-244-0-5.NAMESPACE.pod.CLUSTER-DOMAIN`, and its installers write `pods insecure`");
  found.help = "take the `#` away, or remove the line if no pod is looked up by its address";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .needs = Precondition::in_cluster};

}  // namespace corefile::rules::kubernetes_pods_commented_out
