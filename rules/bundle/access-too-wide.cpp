// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::access_too_wide {
namespace {

const std::string* too_wide(const std::vector<std::string>& words) {
  const auto found = std::find_if(words.begin(), words.end(), [](const std::string& word) { return word == "*" || word == "secrets"; });
  return found == words.end() ? nullptr : &*found;
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const AccessRole& role : manifest.bundle.roles) {
    if (role.name.name.find("coredns") == std::string::npos) continue;
    for (const Grant& grant : role.grants) {
      const std::string* word = too_wide(grant.resources);
      const bool all_verbs = std::find(grant.verbs.begin(), grant.verbs.end(), "*") != grant.verbs.end();
      if (word == nullptr && !all_verbs) continue;
      Diagnostic& found = report.at(Place{0, grant.span}, word != nullptr && *word == "secrets"
                                                              ? fmt::format("{} lets CoreDNS read Secrets", shown_name(role.name))
                                                              : fmt::format("{} lets CoreDNS do more than it does", shown_name(role.name)));
      found.notes.push_back(
          "`kubernetes` lists and watches Services, Namespaces, EndpointSlices and, for some options, Pods; it changes nothing");
      found.help = "name these resources, with `verbs: [list, watch]`";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::info};

}  // namespace corefile::rules::access_too_wide
