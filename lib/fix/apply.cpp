// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>
#include <span>

namespace corefile {

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
  std::vector<const Fix*> chosen;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.fixes.empty()) continue;
    const Fix& fix = diagnostic.fixes.front();
    const auto in_root = [](const Edit& edit) { return edit.place.document == 0; };
    if (fix.safety < at_least || fix.edits.empty() || !std::all_of(fix.edits.begin(), fix.edits.end(), in_root)) continue;
    chosen.push_back(&fix);
  }
  const auto begin = [](const Fix* fix) { return fix->edits.front().place.span; };
  std::stable_sort(chosen.begin(), chosen.end(), [&](const Fix* a, const Fix* b) { return begin(a) < begin(b); });

  std::vector<Edit> edits;
  for (const Fix* fix : chosen) {
    // Two edits at one place would depend on their order: the second waits for the next round.
    if (!edits.empty() && begin(fix).begin <= edits.back().place.span.end) continue;
    edits.insert(edits.end(), fix->edits.begin(), fix->edits.end());
  }
  return apply_edits(text, edits);
}

}  // namespace corefile
