// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::access_not_bound {
namespace {

struct Account {
  std::string_view name, name_space;
};

bool is(const ObjectName& subject, Account account) {
  if (subject.kind == "ServiceAccount") return subject.name == account.name && same_space(subject.name_space, account.name_space);
  // Groups of accounts, and an account by its user name: nothing is said about these.
  return subject.name.starts_with("system:serviceaccount") || subject.name.starts_with("system:authenticated");
}

bool binds(const Binding& binding, Account account) {
  return std::any_of(binding.subjects.begin(), binding.subjects.end(), [account](const ObjectName& one) { return is(one, account); });
}

bool is_of_coredns(const Binding& binding) { return binding.role.find("coredns") != std::string::npos; }

constexpr std::string_view consequence = "CoreDNS gets no list of Services: `/ready` stays 503, and names of the cluster get SERVFAIL";

void report_subject(const Workload& workload, Account account, const ObjectName& subject, ManifestReport& report) {
  const std::string name(account.name);
  Diagnostic& found = report.at(Place{0, subject.span}, fmt::format("the pods of {} run as the ServiceAccount `{}`, not as `{}`",
                                                                    shown_name(workload.name), name, subject.name));
  if (subject.name == account.name) {
    found.message = fmt::format("the pods of {} run in the namespace `{}`, not in `{}`", shown_name(workload.name), account.name_space,
                                subject.name_space);
  }
  found.label = "bound to the role";
  const Span at = workload.account.text.empty() ? workload.name.span : workload.account.span;
  found.labels.push_back({{0, at}, workload.account.text.empty() ? "no `serviceAccountName`" : "what the pods are"});
  found.notes.emplace_back(consequence);
  found.help = "name the same ServiceAccount in both places";
}

void report_namespaced(const Binding& binding, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, binding.name.span}, "a RoleBinding lets CoreDNS read one namespace only");
  found.notes.push_back("`kubernetes` watches the whole cluster, also with `namespaces`");
  found.notes.emplace_back(consequence);
  found.help = "make it a ClusterRoleBinding";
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  if (manifest.bundle.bindings.empty()) return;
  for (const Run& run : read_runs(manifest)) {
    if (!kubernetes_as_account(run.base.config)) continue;
    const std::string_view name = run.workload->account.text.empty() ? std::string_view("default") : run.workload->account.text;
    const Account account{name, run.workload->name.name_space};
    const auto& bindings = manifest.bundle.bindings;
    const auto of_cluster = [](const Binding& one) { return one.name.kind == "ClusterRoleBinding"; };
    if (std::any_of(bindings.begin(), bindings.end(), [&](const Binding& one) { return of_cluster(one) && binds(one, account); })) continue;
    for (const Binding& binding : bindings) {
      if (!is_of_coredns(binding)) continue;
      if (!of_cluster(binding)) {
        if (binds(binding, account)) report_namespaced(binding, report);
      } else if (binding.subjects.size() == 1 && binding.subjects.front().kind == "ServiceAccount") {
        report_subject(*run.workload, account, binding.subjects.front(), report);
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::access_not_bound
