// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "twice.hpp"

namespace corefile::rules::manifest_object_twice {
namespace {

std::string quoted(const ManifestFault& fault) {
  const std::size_t name = std::min(fault.object.find(' ') + 1, fault.object.size());
  return fault.object.substr(0, name) + "`" + fault.object.substr(name) + "`";
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  constexpr Twice twice{ManifestFault::Kind::object_twice, " in this file", "and takes the place of this one",
                        "`kubectl apply` writes one after the other, so that nothing of the first is left",
                        "put the keys of both into one object"};
  report_twice(manifest, twice, quoted, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::manifest_object_twice
