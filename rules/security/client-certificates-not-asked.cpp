// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"

namespace corefile::rules::client_certificates_not_asked {
namespace {

void check(Directive tls, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const auto mode = tls.properties().find("client_auth");
  const bool has_ca = tls.arguments().size() > 2;
  if (mode && !mode->arguments().empty()) {
    const std::string_view how = mode->arguments().front().text;
    if (how != "request" && how != "require") return;
    Diagnostic& found = report.at(mode->words, "certificates of clients are asked for, and not verified");
    found.label = "any certificate will do";
    found.help = "write `client_auth require_and_verify`, with a CA behind certificate and key";
    return;
  }
  // Of certbot's files tls-certificate-alone says what was meant.
  if (!has_ca || (tls.arguments()[0].text.ends_with("cert.pem") && tls.arguments()[2].text.ends_with("chain.pem"))) return;
  Diagnostic& found = report.at(tls.arguments()[2], "this CA is for certificates of clients, and no client is asked for one");
  found.severity = Severity::info;
  found.label = "not used";
  found.notes.push_back("without `client_auth` the mode is `nocert`");
  found.help = "write `client_auth require_and_verify` in the block of `tls`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tls}};

}  // namespace corefile::rules::client_certificates_not_asked
