// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>
#include <span>

#include "fix/choose.hpp"

namespace corefile {
namespace fixing {
namespace {

const Edit& first(const Fix* fix) { return fix->edits.front(); }

/// Of two edits at one place the order would matter, unless both only delete: then the second waits for the next round.
bool waits(const Edit& before, const Edit& edit) {
  const std::uint32_t end = before.place.span.end;
  const std::uint32_t begin = edit.place.span.begin;
  const auto deletes = [](const Edit& one) { return one.text.empty() && !one.place.span.empty(); };
  return begin < end || (begin == end && !(deletes(before) && deletes(edit)));
}

}  // namespace

std::vector<const Fix*> choose(const std::vector<Diagnostic>& diagnostics, Safety at_least, std::uint32_t document) {
  std::vector<const Fix*> found;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.fixes.empty()) continue;
    const Fix& fix = diagnostic.fixes.front();
    const auto inside = [document](const Edit& edit) { return edit.place.document == document; };
    if (fix.safety < at_least || fix.edits.empty() || !std::all_of(fix.edits.begin(), fix.edits.end(), inside)) continue;
    found.push_back(&fix);
  }
  std::stable_sort(found.begin(), found.end(), [](const Fix* a, const Fix* b) { return first(a).place.span < first(b).place.span; });
  std::vector<const Fix*> chosen;
  for (const Fix* fix : found) {
    if (chosen.empty() || !waits(chosen.back()->edits.back(), first(fix))) chosen.push_back(fix);
  }
  return chosen;
}

}  // namespace fixing

std::string apply_edits(std::string_view text, std::span<const Edit> edits) {
  std::string out;
  std::uint32_t done = 0;
  for (const Edit& edit : edits) {
    out.append(text.substr(done, edit.place.span.begin - done));
    out.append(edit.text);
    done = edit.place.span.end;
  }
  return out.append(text.substr(done));
}

std::string apply(std::string_view text, const std::vector<Diagnostic>& diagnostics, Safety at_least) {
  std::vector<Edit> edits;
  for (const Fix* fix : fixing::choose(diagnostics, at_least, 0)) edits.insert(edits.end(), fix->edits.begin(), fix->edits.end());
  return apply_edits(text, edits);
}

}  // namespace corefile
