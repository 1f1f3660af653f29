// SPDX-License-Identifier: Apache-2.0
#include "lint/custom_alone.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace corefile {

std::vector<Diagnostic> CustomAlone::certain(std::vector<Diagnostic> found) const {
  for (Diagnostic& one : found) {
    const auto at_home = std::find_if(one.labels.begin(), one.labels.end(), [](const Label& label) { return !in_base(label.place); });
    if (in_base(one.place) && said_by(one).here && at_home != one.labels.end()) std::swap(one.place, at_home->place);
  }
  std::erase_if(found, [&](const Diagnostic& one) {
    const bool sure =
        one.severity == Severity::error || said_by(one).warnings || (platform_ != nullptr && one.severity == Severity::warning);
    return !sure || in_base(one.place);
  });
  return found;
}

void CustomAlone::reword(Diagnostic& one) const {
  std::erase_if(one.fixes, [](const Fix& fix) {
    return std::any_of(fix.edits.begin(), fix.edits.end(), [](const Edit& edit) { return in_base(edit.place); });
  });
  if (std::erase_if(one.labels, [](const Label& label) { return in_base(label.place); }) == 0) return;
  if (platform_ != nullptr) {
    one.notes.push_back("the Corefile of " + std::string(platform_->doc) + " has it already");
    return;
  }
  const BesideBase& said = said_by(one);
  if (said.bases_differ) one.severity = Severity::warning;
  one.notes.emplace_back(!said.in_bases.empty()
                             ? said.in_bases
                             : "the Corefiles that import `coredns-custom`, those of k3s and AKS among them, have it already");
}

const BesideBase& CustomAlone::said_by(const Diagnostic& one) const {
  static constexpr BesideBase usual;
  const Catalogue::Entry* entry = catalogue_.find(one.rule);
  return entry == nullptr ? usual : entry->rule->beside_base;
}

}  // namespace corefile
