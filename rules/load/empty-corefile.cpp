// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::empty_corefile {
namespace {

/// Something that is not known here may bring server blocks.
bool may_bring_blocks(const Problem& remark) { return remark.kind != ProblemKind::environment_unknown; }

void check(const Config& config, const Context& context, Report& report) {
  if (config.block_count() != 0 || !config.accepted()) return;
  if (context.role == Role::custom_server || context.role == Role::custom_override) return;
  if (std::any_of(config.remarks().begin(), config.remarks().end(), may_bring_blocks)) return;
  const Document& document = config.document(0);
  Span first{};
  for (std::uint32_t i = 0; i < document.token_count() && first.empty(); ++i) {
    if (is_significant(document.kind(i)) || document.kind(i) == TokenKind::comment) first = document.token(i).span;
  }
  Diagnostic& found = report.at(Place{0, first}, "there is no server block");
  found.notes.push_back(
      "CoreDNS starts all the same, with a server block of its own, `.:53 { whoami log }`: every name gets an answer without an address");
  found.help = "write a server block such as `.:53 { … }`";
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::empty_corefile
