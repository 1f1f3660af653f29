// SPDX-License-Identifier: Apache-2.0
#include "twice.hpp"

namespace corefile::rules::manifest_duplicate_key {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  constexpr Twice twice{ManifestFault::Kind::duplicate_key, "", "this one is lost", "kubectl keeps the last one without a word",
                        "keep one of them"};
  report_twice(
      manifest, twice, [](const ManifestFault& fault) { return "`" + fault.subject + "`"; }, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::manifest_duplicate_key
