// SPDX-License-Identifier: Apache-2.0
#include "outside.hpp"

#include <algorithm>
#include <array>
#include <corefile/resolve.hpp>
#include <string>
#include <vector>

namespace corefile::webhook {
namespace {

constexpr std::string_view mounted_folder = "/etc/coredns/";

// What kubelet puts into a container, the service account's token of a pod that asks the API server, and the image's own.
constexpr std::array<std::string_view, 10> standard_files{"/etc/resolv.conf",
                                                          "/etc/hosts",
                                                          "/etc/hostname",
                                                          "/etc/ssl/certs/ca-certificates.crt",
                                                          "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
                                                          "/var/run/secrets/kubernetes.io/serviceaccount/token",
                                                          "/var/run/secrets/kubernetes.io/serviceaccount/namespace",
                                                          "/run/secrets/kubernetes.io/serviceaccount/ca.crt",
                                                          "/run/secrets/kubernetes.io/serviceaccount/token",
                                                          "/run/secrets/kubernetes.io/serviceaccount/namespace"};
constexpr std::array<std::string_view, 3> variables{"HOSTNAME", "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT"};

bool has(const auto& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

// The X of each `{$X}` and `{%X%}`.
std::vector<std::string_view> variables_in(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    if (at + 1 >= text.size() || (text[at + 1] != '$' && text[at + 1] != '%')) continue;
    const std::size_t end = text.find(text[at + 1] == '$' ? "}" : "%}", at + 2);
    if (end != std::string_view::npos) out.push_back(text.substr(at + 2, end - at - 2));
  }
  return out;
}

}  // namespace

bool Pods::named(std::string_view subject) const {
  return std::any_of(policy_.in_pods.begin(), policy_.in_pods.end(), [&](std::string_view name) {
    return name.ends_with('*') ? subject.starts_with(name.substr(0, name.size() - 1)) : subject == name;
  });
}

bool Pods::in_folder(std::string_view subject) const {
  if (files_ == nullptr) return false;
  const std::string path = (subject.starts_with('/') ? std::string() : std::string(mounted_folder)) + std::string(subject);
  return files_->read(path).status == Files::Status::ok;
}

bool Pods::surely_have(std::string_view subject) const {
  const std::vector<std::string_view> names = variables_in(subject);
  if (names.empty()) return has(standard_files, subject) || named(subject) || in_folder(subject);
  return std::all_of(names.begin(), names.end(),
                     [&](std::string_view name) { return has(variables, name) || named('$' + std::string(name)); });
}

void Pods::tell(const Need& need, Finding& finding) const {
  finding.rule = outside_rule;
  finding.outside = true;
  finding.severity = Severity::warning;
  finding.message = need.message();
  finding.note = "only the pods know whether it is, and CoreDNS may refuse the Corefile without it";
  std::string_view key = need.subject;
  if (key.starts_with(mounted_folder)) key.remove_prefix(mounted_folder.size());
  if (!variables_in(need.subject).empty()) {
    finding.help = "set it under `env` of the pods' container";
  } else if (need.subject.find_first_of("*?[") != std::string::npos) {
    finding.help = "write a pattern that the Corefile does not fit, as `import conf.d/*.conf`";
  } else if (find(map_.data, key) != nullptr || find(map_.binary_data, key) != nullptr) {
    finding.help = "have the pods mount that key too: those of kubeadm mount `Corefile` alone";
  } else {
    finding.help = "see that every pod of CoreDNS has it";
  }
}

}  // namespace corefile::webhook
