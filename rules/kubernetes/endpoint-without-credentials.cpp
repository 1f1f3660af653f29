// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "base/ascii.hpp"

namespace corefile::rules::endpoint_without_credentials {
namespace {

/// kubeadm's certificate of the API server, which is for servers alone.
void check_server_certificate(const Property& tls, Report& report) {
  const std::span<const Word> words = tls.arguments();
  if (words.size() < 2 || words.front().unknown != 0 || !words.front().text.ends_with("/pki/apiserver.crt")) return;
  Diagnostic& found = report.at(words.front(), fmt::format("`{}` is the API server's own certificate", words.front().text));
  found.label = "for a server, not for its clients";
  found.notes.push_back("the API server takes certificates for clients alone, and answers Unauthorized");
  found.help = "make a certificate for CoreDNS, with the cluster's CA and a user that may list Services";
}

void check(Directive kubernetes, const Context& context, Report& report) {
  const Properties lines = kubernetes.properties();
  const auto endpoint = lines.find("endpoint");
  if (const auto tls = lines.find("tls"); endpoint && tls) check_server_certificate(*tls, report);
  if (!endpoint || endpoint->arguments().empty() || lines.has("tls") || lines.has("kubeconfig") || !context.load->loads()) return;
  const Word& url = endpoint->arguments().front();
  if (url.unknown != 0 || !ascii::same_letters(url.text.substr(0, 8), "https://")) return;
  Diagnostic& found = report.at(url, fmt::format("nothing tells `{}` who CoreDNS is", url.text));
  found.label = "asked without a certificate";
  found.notes.push_back(
      "with `endpoint` the pod's own account and its CA are not used: the API server answers Unauthorized, or its certificate is not "
      "trusted");
  found.help = "add `tls CERT KEY CA`, or a `kubeconfig` with the server and a token; in a pod leave out `endpoint`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .lines = {"endpoint"}};

}  // namespace corefile::rules::endpoint_without_credentials
