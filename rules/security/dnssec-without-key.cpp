// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::dnssec_without_key {
namespace {

void check(Directive dnssec, const Context& context, Report& report) {
  if (!context.load->loads() || has_unresolved_import(*dnssec.config, dnssec.config->place(dnssec.words()))) return;
  std::optional<Property> odd;
  for (const Property line : dnssec.properties()) {
    if (line.name() != "key") continue;
    if (line.arguments().empty() || line.arguments().front().unknown) return;
    const std::string_view source = line.arguments().front().text;
    if (source == "file" || source == "aws_secretsmanager") return;
    odd = line;
  }
  if (odd) {
    Diagnostic& found = report.at(odd->words, "this `key` is passed over: `file` is missing before the key's name");
    found.label = "no key";
    found.notes.push_back("without a key no answer is signed, and CoreDNS says nothing about it");
    found.help = "write `key file NAME`";
    found.fixes.push_back({"insert `file`", Safety::safe, {Fixer(*dnssec.config).insert_before(odd->arguments().front(), "file ")}});
    return;
  }
  Diagnostic& found = report.at(dnssec.name_word(), "`dnssec` has no key, so no answer is signed");
  found.label = "no `key`";
  found.notes.push_back("it loads, and says nothing about it");
  found.help = "name a key that `dnssec-keygen` made in its block: `key file Kexample.org.+013+45330`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::dnssec}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::dnssec_without_key
