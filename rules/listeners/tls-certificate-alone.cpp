// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "certificate_files.hpp"
#include "lint/fixer.hpp"

namespace corefile::rules::tls_certificate_alone {
namespace {

/// certbot's folder of one certificate: `cert.pem`, `chain.pem`, `fullchain.pem`, `privkey.pem`.
bool is_of_certbot(std::string_view certificate, std::string_view key) {
  return file_name(certificate) == "cert.pem" && file_name(key) == "privkey.pem" &&
         certificate.substr(0, certificate.rfind('/') + 1) == key.substr(0, key.rfind('/') + 1);
}

void check(Directive tls, const Context& context, Report& report) {
  const std::span<const Word> files = tls.arguments();
  if (!context.load->loads() || files.size() < 2 || files[0].unknown || files[1].unknown || !is_of_certbot(files[0].text, files[1].text))
    return;
  const std::string full = std::string(files[0].text.substr(0, files[0].text.rfind('/') + 1)) + "fullchain.pem";
  Diagnostic& found = report.at(files[0], "`cert.pem` holds the server's certificate alone, and clients want those above it as well");
  found.label = "without its chain";
  found.notes.push_back(
      "who does not know the certificates above it by chance ends the connection: Android's private DNS, systemd-resolved");
  const bool chain = files.size() > 2 && !files[2].unknown && file_name(files[2].text) == "chain.pem";
  if (!chain && files[0].text.find("letsencrypt/") == std::string_view::npos) {
    found.severity = Severity::info;
    found.notes.push_back("so it is where the file is certbot's, as its name and its neighbour's are");
  }
  if (chain) found.labels.push_back({tls.config->place(files[2]), "not sent: a third file is a CA for certificates of clients"});
  found.help = fmt::format("write `tls {} {}`", full, files[1].text);
  const Fixer fixer(*tls.config);
  Fix fix{"take `fullchain.pem`", Safety::unsafe, {fixer.replace(files[0], full)}};
  if (!chain) found.fixes.push_back(std::move(fix));
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tls}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::tls_certificate_alone
