// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::kubernetes_default_hidden {
namespace {

constexpr std::string_view api = "kubernetes.default.svc";

void tell(const Property& line, std::string why, Report& report) {
  Diagnostic& found = report.at(line.words, fmt::format("with this line `{}` does not exist for the cluster's pods", api));
  found.notes.push_back(std::move(why));
  found.notes.push_back(fmt::format("programs that ask the API server as `{}` fail; those that go by KUBERNETES_SERVICE_HOST do not", api));
  found.help = line.name() == "namespaces" ? "add `default`, and the other namespaces whose Services pods ask for"
                                           : "leave the line to a CoreDNS of its own, beside the cluster's";
}

void check(Directive kubernetes, const Context& context, Report& report) {
  if (context.role != Role::cluster || !context.load->loads()) return;
  const auto namespaces = kubernetes.properties().find("namespaces");
  if (namespaces && !namespaces->arguments().empty() && all_known(namespaces->arguments())) {
    const auto names = namespaces->arguments();
    if (std::none_of(names.begin(), names.end(), [](const Word& word) { return word.text == "default"; }))
      return tell(*namespaces, "namespaces that are not named have no names in DNS", report);
  }
  const auto labels = kubernetes.properties().find("labels");
  if (labels && !labels->arguments().empty() && all_known(labels->arguments()))
    tell(*labels,
         "Services without these labels have no names in DNS; the API server's has `component=apiserver` and `provider=kubernetes` alone",
         report);
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::kubernetes},
                                 .lines = {"namespaces", "labels"},
                                 .needs = Precondition::in_cluster,
                                 .severity = Severity::info};

}  // namespace corefile::rules::kubernetes_default_hidden
