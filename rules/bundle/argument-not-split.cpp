// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::argument_not_split {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Workload& workload : manifest.bundle.workloads) {
    for (const Container& container : workload.containers) {
      const Written* argument = is_coredns_image(container.image.text) ? unsplit_option(container.arguments) : nullptr;
      if (argument == nullptr) continue;
      explain_unsplit(*argument, report.at({0, argument->span}, "an option and its value stand in one argument"));
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::argument_not_split
