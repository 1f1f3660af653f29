// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "zone/rdata.hpp"

namespace corefile::rules::tsig_secret_not_base64 {
namespace {

/// A word that a template or somebody else is to replace.
bool is_placeholder(std::string_view text) { return text.find_first_of("{}<>$%") != std::string_view::npos; }

void check(Directive tsig, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : tsig.properties()) {
    if (line.name() != "secret" || line.arguments().size() != 2) continue;
    const Word& secret = line.arguments()[1];
    if (secret.unknown != 0 || is_placeholder(secret.text) || zone::from_base64(secret.text)) continue;
    Diagnostic& found = report.at(secret, fmt::format("the secret of `{}` is not base64", line.arguments()[0].text));
    found.label = "no key";
    found.notes.push_back("it is read when a signed query comes, not at the start: each one fails, as if its key were wrong");
    found.help = "write the key in base64, as `tsig-keygen` prints it";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tsig}, .lines = {"secret"}};

}  // namespace corefile::rules::tsig_secret_not_base64
