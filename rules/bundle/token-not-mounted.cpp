// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::token_not_mounted {
namespace {

/// Where it is said that the pods get no token; null where they get one. The pod's own word counts for more than its account's.
const Written* refused_by(const Workload& workload, const Manifest& manifest) {
  if (!workload.token.text.empty()) return workload.token.text == "false" ? &workload.token : nullptr;
  const std::string_view name = workload.account.text.empty() ? std::string_view("default") : workload.account.text;
  for (const ServiceAccount& account : manifest.bundle.accounts) {
    const bool own = account.name.name == name && same_space(account.name.name_space, workload.name.name_space);
    if (own && account.token.text == "false") return &account.token;
  }
  return nullptr;
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (context.platform != nullptr && context.platform->token_added) return;
  for (const Run& run : read_runs(manifest)) {
    const Written* refused = refused_by(*run.workload, manifest);
    const auto kubernetes = kubernetes_as_account(run.base.config);
    const auto has_token = [](const Volume& volume) { return volume.token; };
    if (refused == nullptr || !kubernetes || std::any_of(run.workload->volumes.begin(), run.workload->volumes.end(), has_token)) continue;
    Diagnostic& found = report.at(Place{0, refused->span}, "the pods of CoreDNS get no token for the API server");
    found.labels.push_back({run.base.outer(kubernetes->name_word()), "needs one"});
    found.notes.push_back("CoreDNS ends at once: open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory");
    found.help = "leave `automountServiceAccountToken` out, or mount a projected token there";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::token_not_mounted
