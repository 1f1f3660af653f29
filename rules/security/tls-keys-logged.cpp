// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

namespace corefile::rules::tls_keys_logged {
namespace {

void check(Directive tls, const Context& context, Report& report) {
  const auto line = tls.properties().find("keylog");
  if (!line || !context.load->loads()) return;
  Diagnostic& found = report.at(line->words, "the keys of every TLS connection are written to a file");
  found.label = "for debugging alone";
  found.notes.push_back("who has the file can read what was recorded of the connections");
  found.help = "remove it when you are done";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tls}, .lines = {"keylog"}};

}  // namespace corefile::rules::tls_keys_logged
