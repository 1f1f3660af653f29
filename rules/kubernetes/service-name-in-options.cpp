// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::service_name_in_options {
namespace {

/// The host of `http://HOST:PORT/…`, `tcp://HOST:PORT`, `HOST:PORT`.
std::string_view host_of(std::string_view text) {
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  return text.substr(0, text.find_first_of(":/"));
}

bool is_service(std::string_view host, const Context& context) {
  const std::string_view domain = context.cluster_domain.empty() ? std::string_view("cluster.local") : zone_of(context.cluster_domain);
  while (host.ends_with('.')) host.remove_suffix(1);
  return host.ends_with(".svc") || host.ends_with(fmt::format(".svc.{}", domain));
}

void tell(const Word& word, std::string_view what, bool answers, const Context& context, Report& report) {
  if (word.unknown || !is_service(host_of(word.text), context)) return;
  Diagnostic& found =
      report.at(word, fmt::format("`{}` is a name of this cluster, which CoreDNS asks its node's resolver for", host_of(word.text)));
  if (!answers) found.severity = Severity::info;
  found.label = "not known there";
  found.notes.push_back(fmt::format(
      "the pods of the cluster's DNS have `dnsPolicy: Default`, so {} looks names up at the resolvers of the node, which know no Service",
      what));
  found.help = "write the Service's ClusterIP";
}

void check(Directive directive, const Context& context, Report& report) {
  if (context.role != Role::cluster || !context.load->loads()) return;
  if (directive.is(Plugin::etcd)) {
    for (const Property line : directive.properties()) {
      if (line.name() != "endpoint") continue;
      for (const Word& word : line.arguments()) tell(word, "`etcd`", true, context, report);
    }
    return;
  }
  for (const Word& word : directive.arguments()) tell(word, fmt::format("`{}`", directive.name()), false, context, report);
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::etcd, Plugin::trace, Plugin::dnstap}, .needs = Precondition::in_cluster};

}  // namespace corefile::rules::service_name_in_options
