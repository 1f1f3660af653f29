// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::noendpoints_panics {
namespace {

constexpr Release last{1, 10, 1};

void check(Directive kubernetes, const Context& context, Report& report) {
  if (context.release > last) return;
  const auto property = kubernetes.properties().find("noendpoints");
  if (!property) return;
  Diagnostic& found = report.at(property->words.front(), "this release panics on queries for headless Services under `noendpoints`");
  found.notes.push_back(
      "such queries, and those for the address of an endpoint, get SERVFAIL, and the log says: Recovered from panic in server");
  found.help = "upgrade to 1.11 or later, or remove `noendpoints`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::kubernetes}, .lines = {"noendpoints"}};

}  // namespace corefile::rules::noendpoints_panics
