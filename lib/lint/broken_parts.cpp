// SPDX-License-Identifier: Apache-2.0
#include "lint/broken_parts.hpp"

#include <algorithm>
#include <utility>

namespace corefile {
namespace {

bool is_unbalanced(const Diagnostic& one, const Catalogue& catalogue) {
  const Catalogue::Entry* entry = catalogue.find(one.rule);
  return entry != nullptr && entry->rule->unbalanced;
}

}  // namespace

std::optional<BrokenPart> broken_part(const Embedded& embedded, const std::vector<Diagnostic>& found, std::size_t begin,
                                      const Catalogue& catalogue) {
  if (embedded.role != Role::custom_server && embedded.role != Role::custom_override) return {};
  const auto of_braces = [&](const Diagnostic& one) { return one.severity == Severity::error && is_unbalanced(one, catalogue); };
  if (std::none_of(found.begin() + static_cast<std::ptrdiff_t>(begin), found.end(), of_braces)) return {};
  return BrokenPart{embedded.outer({0, static_cast<std::uint32_t>(embedded.source.text().size())}), begin, found.size()};
}

void keep_causes(const std::vector<BrokenPart>& parts, const Catalogue& catalogue, std::vector<Diagnostic>& found) {
  std::vector<Diagnostic> kept;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto comes_of = [&](const BrokenPart& part) {
      const Place& at = found[i].place;
      return at.document == 0 && part.span.begin <= at.span.begin && at.span.end <= part.span.end && (i < part.begin || i >= part.end) &&
             !is_unbalanced(found[i], catalogue);
    };
    if (std::none_of(parts.begin(), parts.end(), comes_of)) kept.push_back(std::move(found[i]));
  }
  found = std::move(kept);
}

}  // namespace corefile
