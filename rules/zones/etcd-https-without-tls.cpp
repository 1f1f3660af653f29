// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

namespace corefile::rules::etcd_https_without_tls {
namespace {

void check(Directive etcd, const Context& context, Report& report) {
  if (!context.load->loads() || etcd.properties().has("tls")) return;
  for (const Property line : etcd.properties()) {
    if (line.name() != "endpoint") continue;
    for (const Word& word : line.arguments()) {
      if (word.unknown != 0 || !word.text.starts_with("https://")) continue;
      Diagnostic& found = report.at(word, fmt::format("`etcd` asks `{}` without a certificate of its own", word.text));
      found.label = "and trusts the system's authorities alone";
      found.notes.push_back(
          "clusters of etcd have an authority of their own, and most want a client's certificate: without both no connection is made, and "
          "nothing is logged at start");
      found.help = "write `tls CERT KEY CA` beside it, unless its certificate is one of a public authority";
      return;
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::etcd}, .lines = {"endpoint"}, .severity = Severity::info};

}  // namespace corefile::rules::etcd_https_without_tls
