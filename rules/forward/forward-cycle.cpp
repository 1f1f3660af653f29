// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include "lint/circles.hpp"

namespace corefile::rules::forward_cycle {
namespace {

void check(const Config&, const Context& context, Report& report) {
  for (const Circle& circle : *context.circles) {
    if (circle.hops.size() < 2) continue;
    const Circle::Hop& hop = circle.hops.front();
    Diagnostic& found = report.at(*hop.upstream, "queries sent to `" + std::string(hop.upstream->text) + "` come back to this block");
    found.label = "sent from here";
    if (!circle.certain) found.severity = Severity::warning;
    label_circle(circle, found);
    found.notes.push_back(circle_note(circle));
    found.help = "let the last block of the chain forward to a resolver outside this Corefile";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy},
                                 .needs = Precondition::circle,
                                 .severity = Severity::error};

}  // namespace corefile::rules::forward_cycle
