// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::nested_too_deep {
namespace {

void check(const Config& config, const Context&, Report& report) {
  for (std::uint32_t index = 0; index < config.documents().size(); ++index) {
    for (const Fault& fault : config.document(index).faults()) {
      if (fault.kind != FaultKind::too_deep) continue;
      Diagnostic& found =
          report.at(Place{index, fault.span}, fmt::format("blocks are nested more than {} levels deep", Document::max_depth));
      found.label = "one level too many";
      found.notes.push_back("no plugin of CoreDNS reads more than two levels; what is deeper is not checked");
      found.help = "look for `}` that are missing above";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::fault};

}  // namespace corefile::rules::nested_too_deep
