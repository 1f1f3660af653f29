// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::disruption_budget_blocks {
namespace {

/// A number, or a share of `all`, which counts up to the next whole pod.
std::optional<std::int64_t> pods_of(std::string_view text, std::optional<std::int64_t> all) {
  if (!text.ends_with('%')) return read_number(text);
  const auto share = read_number(text.substr(0, text.size() - 1));
  if (share == 0) return 0;
  if (!share || !all) return {};
  return (*share * *all + 99) / 100;
}

/// How many pods there are to be; none where an autoscaler says so.
std::optional<std::int64_t> replicas_of(const Workload& workload, const Manifest& manifest) {
  const auto scales = [&](const Autoscaler& one) { return one.target.name == workload.name.name; };
  if (std::any_of(manifest.bundle.autoscalers.begin(), manifest.bundle.autoscalers.end(), scales)) return {};
  return read_number(workload.replicas.text);
}

/// No pod may go, however well all of them are.
bool blocks(const DisruptionBudget& budget, std::optional<std::int64_t> replicas) {
  if (replicas == 0) return false;
  if (!budget.max_unavailable.text.empty()) return pods_of(budget.max_unavailable.text, replicas) == 0;
  const auto least = pods_of(budget.min_available.text, replicas);
  return budget.min_available.text == "100%" || (least && replicas && *least >= *replicas);
}

void report_one(const DisruptionBudget& budget, const Workload& workload, std::optional<std::int64_t> replicas, ManifestReport& report) {
  const bool least = budget.max_unavailable.text.empty();
  const Written& written = least ? budget.min_available : budget.max_unavailable;
  Diagnostic& found = report.at(Place{0, written.span}, fmt::format("{} lets no pod of CoreDNS go", shown_name(budget.name)));
  if (least && replicas) found.labels.push_back({{0, workload.replicas.span}, "as many as must be there"});
  found.notes.push_back("`kubectl drain` of a node with one of them is refused again and again, and does not end");
  found.help = replicas == 1 ? "run two pods or more, and write `maxUnavailable: 1`" : "write `maxUnavailable: 1`";
  if (least) found.help += " in place of `minAvailable`";
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  if (manifest.bundle.budgets.empty()) return;
  for (const Run& run : read_runs(manifest)) {
    // Nodes are drained without asking a DaemonSet's pods.
    if (run.workload->name.kind == "DaemonSet") continue;
    for (const DisruptionBudget& budget : manifest.bundle.budgets) {
      const auto selected = [&](const Workload& one) {
        return same_space(budget.name.name_space, one.name.name_space) && selects(budget.pods, one.labels);
      };
      const auto& all = manifest.bundle.workloads;
      const bool all_pods = budget.pods.labels.empty() && budget.pods.conditions.empty();
      if (all_pods || !selected(*run.workload) || std::count_if(all.begin(), all.end(), selected) != 1) continue;
      const auto replicas = replicas_of(*run.workload, manifest);
      if (blocks(budget, replicas)) report_one(budget, *run.workload, replicas, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::disruption_budget_blocks
