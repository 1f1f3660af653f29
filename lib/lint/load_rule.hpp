// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>

#include "lint/faults.hpp"

namespace corefile::rules {

/// The check of a rule that puts one kind of load fault before the reader.
template <LoadFault::Kind kind>
void report_load_faults(const Config&, const Context& context, Report& report) {
  for (const LoadFault& fault : context.load->faults) {
    if (fault.kind == kind && !context.faults->is_consequence(fault)) report.at(fault, context.release);
  }
}

}  // namespace corefile::rules
