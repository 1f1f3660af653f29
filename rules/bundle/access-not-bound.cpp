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

/// Two bindings of one name for these pods, and nowhere the role that both name: the first was to be the role.
void check_role(const Manifest& manifest, Account account, ManifestReport& report) {
  const auto& bindings = manifest.bundle.bindings;
  for (std::size_t i = 1; i < bindings.size(); ++i) {
    const Binding& binding = bindings[i];
    if (!binds(binding, account) || !is_of_coredns(binding) || binding.role_kind != "ClusterRole") continue;
    const auto same = [&](const Binding& other) {
      return other.name.kind == binding.name.kind && other.name.name == binding.name.name && other.role == binding.role;
    };
    const auto first = std::find_if(bindings.begin(), bindings.begin() + static_cast<std::ptrdiff_t>(i), same);
    const auto grants = [&](const AccessRole& role) { return role.name.kind == "ClusterRole" && role.name.name == binding.role; };
    if (first == bindings.begin() + static_cast<std::ptrdiff_t>(i) ||
        std::any_of(manifest.bundle.roles.begin(), manifest.bundle.roles.end(), grants))
      continue;
    Diagnostic& found =
        report.at(Place{0, binding.name.span},
                  fmt::format("{} stands twice, and the ClusterRole `{}` that it binds nowhere", shown_name(binding.name), binding.role));
    found.labels.push_back({{0, first->name.span}, "the first one"});
    found.notes.emplace_back(consequence);
    found.help =
        fmt::format("write the ClusterRole `{}` in place of one of them: `list` and `watch` for what `kubernetes` reads", binding.role);
    return;
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  if (manifest.bundle.bindings.empty()) return;
  for (const Run& run : read_runs(manifest)) {
    if (!kubernetes_as_account(run.base.config)) continue;
    const std::string_view name = run.workload->account.text.empty() ? std::string_view("default") : run.workload->account.text;
    const Account account{name, run.workload->name.name_space};
    check_role(manifest, account, report);
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
