// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::access_missing {
namespace {

constexpr Release slices_since{1, 8, 4};  // 1.8.1 to 1.8.3 take either
constexpr Release endpoints_until{1, 8, 0};
constexpr Release streamed_since{1, 14, 2};  // its client-go

struct Resource {
  std::string_view name, group;
};

bool has_word(const std::vector<std::string>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(), [word](const std::string& one) { return one == word || one == "*"; });
}

/// The rules that reach the account, and the role where one that is missing is to be written.
struct Access {
  std::vector<const Grant*> grants;
  const AccessRole* role = nullptr;
};

/// None if no role that is given is bound to the account, or one that is bound is not given.
std::optional<Access> access_of(const Manifest& manifest, std::string_view account, std::string_view name_space) {
  Access out;
  for (const Binding& binding : manifest.bundle.bindings) {
    const bool bound = std::any_of(binding.subjects.begin(), binding.subjects.end(), [&](const ObjectName& subject) {
      return subject.kind == "ServiceAccount" && subject.name == account && same_space(subject.name_space, name_space);
    });
    if (!bound || binding.name.kind != "ClusterRoleBinding") continue;
    const auto role = std::find_if(manifest.bundle.roles.begin(), manifest.bundle.roles.end(), [&](const AccessRole& one) {
      return one.name.kind == binding.role_kind && one.name.name == binding.role;
    });
    if (role == manifest.bundle.roles.end() || role->aggregated) return {};
    for (const Grant& grant : role->grants) out.grants.push_back(&grant);
    out.role = &*role;
  }
  if (out.role == nullptr) return {};
  return out;
}

std::vector<Resource> needed(Directive kubernetes, Release release) {
  std::vector<Resource> out{{"services", ""}, {"namespaces", ""}};
  const Properties properties = kubernetes.properties();
  if (!properties.has("noendpoints")) {
    if (release >= slices_since) out.push_back({"endpointslices", "discovery.k8s.io"});
    if (release <= endpoints_until) out.push_back({"endpoints", ""});
  }
  const auto pods = properties.find("pods");
  if (pods && pods->arguments().size() == 1 && pods->arguments().front().text == "verified") out.push_back({"pods", ""});
  if (properties.has("multicluster")) out.push_back({"serviceimports", "multicluster.x-k8s.io"});
  return out;
}

bool granted(const Access& access, const Resource& resource, std::string_view verb) {
  return std::any_of(access.grants.begin(), access.grants.end(), [&](const Grant* grant) {
    return has_word(grant->groups, resource.group) && has_word(grant->resources, resource.name) && has_word(grant->verbs, verb);
  });
}

const Grant* grant_of(const Access& access, const Resource& resource) {
  for (const Grant* grant : access.grants) {
    if (has_word(grant->groups, resource.group) && has_word(grant->resources, resource.name)) return grant;
  }
  return nullptr;
}

void report_verb(const Resource& resource, std::string_view missing, const Access& access, const Context& context, ManifestReport& report) {
  const Grant* grant = grant_of(access, resource);
  Diagnostic& found = report.at(Place{0, grant->span}, fmt::format("CoreDNS may not {} `{}`", missing, resource.name));
  if (missing == "watch") {
    found.severity = Severity::warning;
    found.notes.push_back(
        "a Service or endpoint that is made later is seen only when CoreDNS asks for the whole list again, seconds to minutes later");
  } else {
    // Newer ones get the first list as a stream, where the API server gives one.
    if (context.release >= streamed_since) found.severity = Severity::warning;
    found.notes.push_back("without the first list CoreDNS never becomes ready, and names that need it get SERVFAIL");
  }
  found.help = "write `verbs: [list, watch]`";
}

Diagnostic& report_missing(const Resource& resource, const Access& access, const Context& context, ManifestReport& report) {
  const auto elsewhere = std::find_if(access.grants.begin(), access.grants.end(), [&](const Grant* grant) {
    return has_word(grant->resources, resource.name) && !has_word(grant->groups, resource.group);
  });
  const bool wrong_group = elsewhere != access.grants.end();
  const Span at = wrong_group ? (*elsewhere)->span : !access.grants.empty() ? access.grants.front()->span : access.role->name.span;
  Diagnostic& found = report.at(
      Place{0, at}, wrong_group ? fmt::format("`{}` are of the API group `{}`, not of this one", resource.name, resource.group)
                                : fmt::format("{} does not let CoreDNS list and watch `{}`", shown_name(access.role->name), resource.name));
  if (wrong_group) found.label = "grants nothing that CoreDNS asks for";
  found.notes.push_back(fmt::format("CoreDNS {}.{}.{} waits for them: `/ready` stays 503, and names that need them get SERVFAIL",
                                    context.release.major, context.release.minor, context.release.patch));
  found.help = fmt::format("add `apiGroups: [\"{}\"]`, `resources: [{}]`, `verbs: [list, watch]` to the role's rules", resource.group,
                           resource.name);
  return found;
}

/// 1.8.1 to 1.8.3 take slices of v1beta1, which Kubernetes 1.25 has no more, or else endpoints.
void check_either(Directive kubernetes, const Access& access, const Context& context, ManifestReport& report) {
  if (context.release <= endpoints_until || context.release >= slices_since || kubernetes.properties().has("noendpoints")) return;
  const Resource endpoints{"endpoints", ""}, slices{"endpointslices", "discovery.k8s.io"};
  for (const Resource& one : {endpoints, slices}) {
    if (granted(access, one, "list") && granted(access, one, "watch")) return;
  }
  Diagnostic& found = report_missing(endpoints, access, context, report);
  found.severity = Severity::warning;
  found.notes.push_back("below Kubernetes 1.25 it asks for `endpointslices` of `discovery.k8s.io` instead");
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (manifest.bundle.bindings.empty() || manifest.bundle.roles.empty()) return;
  for (const Read& base : read_bases(manifest)) {
    const Workload* workload = workload_of(*base.text, manifest);
    const std::string account = workload == nullptr || workload->account.text.empty() ? "coredns" : workload->account.text;
    const auto access = access_of(manifest, account, base.text->name_space);
    if (!access) continue;
    std::vector<std::string_view> told;
    std::vector<const Grant*> one_verb;
    for (const Directive directive : base.config.directives()) {
      if (!as_account(directive)) continue;
      if (told.empty()) check_either(directive, *access, context, report);
      for (const Resource& resource : needed(directive, context.release)) {
        const bool lists = granted(*access, resource, "list");
        const bool watches = granted(*access, resource, "watch");
        if ((lists && watches) || std::find(told.begin(), told.end(), resource.name) != told.end()) continue;
        told.push_back(resource.name);
        const Grant* grant = grant_of(*access, resource);
        if (grant != nullptr && (lists || watches) && std::find(one_verb.begin(), one_verb.end(), grant) != one_verb.end()) continue;
        one_verb.push_back(grant);
        if (grant != nullptr && (lists || watches)) {
          report_verb(resource, lists ? "watch" : "list", *access, context, report);
        } else {
          report_missing(resource, *access, context, report);
        }
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::access_missing
