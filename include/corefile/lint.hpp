// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/catalogue.hpp>
#include <corefile/diagnostic.hpp>
#include <corefile/manifest.hpp>
#include <corefile/platform.hpp>
#include <corefile/problem.hpp>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace corefile {

/// `name` is a rule's, a group's, or `ALL`.
struct Selector {
  enum class Verb : std::uint8_t { select, ignore } verb;
  std::string name;
};

/// Which rules speak, and how loudly.
struct Selection {
  /// The most precise name that is a rule's decides about it, and of equally precise ones the last. Where nothing is selected, all are.
  /// A refused Corefile keeps an error: where the rule that tells of it is ignored, the rule of group `load` beneath it speaks.
  std::vector<Selector> rules;
  std::map<std::string, Severity, std::less<>> severity;
  /// The first name that is neither a rule, a group nor `ALL`; empty if all are.
  std::string unknown(const Catalogue& catalogue) const;
};

/// Whose word against a finding counts (docs/suppressions.md).
struct Suppressions {
  bool comments = true;     ///< `# corefile-lint: ignore[RULE] REASON`
  bool annotations = true;  ///< `ignore.corefile-lint.dev/RULE: REASON` of a ConfigMap
  std::string today{};      ///< as `2026-11-29`, for those that end with a day; empty: none has ended
};

/// Networks of the cluster, such as `10.96.0.0/12`.
struct Subnets {
  std::vector<std::string> services, pods;
  /// The first that is none; empty if all are.
  std::string unknown() const;
};

struct Options {
  Release release = newest_release();
  /// Nobody said which: where manifests name one, that is taken.
  bool release_assumed = true;
  InputKind kind = InputKind::detect;
  /// Unset: by what the input is.
  std::optional<Role> role{};
  std::string cluster_domain{};
  /// Where Services and pods have their addresses, unless the manifests say.
  Subnets subnets{};
  std::optional<std::string> resolv_conf{};
  std::string resolv_conf_name{};
  /// Built into CoreDNS beside its own plugins.
  ExternalPlugins plugins{};
  /// Whose CoreDNS it is; null: by marks and images of the manifests.
  const Platform* platform = nullptr;
  const Files* files = nullptr;
  Environment environment{};
  Limits limits{};
  Selection selection{};
  Suppressions suppressions{};
  /// More findings than this are counted, not kept; the severest are.
  std::uint32_t max_findings = 10'000;
  /// Tell what must be where CoreDNS runs, in Analysis::outside.
  bool outside = false;
  /// CoreDNS reads the text as it stands: `{{ .Values.x }}` in it is for nobody else.
  bool live = false;
};

/// One input's findings. Every Place is in `sources`: 0 is the input itself (the YAML file, not the Corefile in it), the
/// others are files it imports.
struct Analysis {
  std::vector<Source> sources;
  std::vector<Diagnostic> diagnostics;      ///< by file, place, rule; none twice
  std::vector<Need> outside;                ///< LoadVerdict::outside of its Corefiles, if Options::outside
  std::uint32_t dropped = 0;                ///< findings beyond Options::max_findings
  std::optional<Severity> worst_dropped{};  ///< of them; nothing less severe was kept
  std::vector<Diagnostic> suppressed{};     ///< findings that are ignored where they stand; the last label says where, and why
  std::vector<Embedded> embedded{};         ///< the texts in sources[0], if it is a manifest
  std::optional<Release> release{};         ///< the one that the manifests name, where none was asked for
  std::uint32_t corefiles = 0;              ///< how many the input held; 0 with no finding: nothing here for this tool
  bool any(Severity at_least) const noexcept;
};

/// Everything the tools say comes from here. Total; thread-safe; reads nothing but through `options.files`. O(rules * words) for each
/// Corefile, imports expanded.
Analysis check(const Source& input, const Options& options = {}, const Catalogue& catalogue = Catalogue::builtin());

/// Manifests of one cluster, judged together: what one holds counts for the others, and a finding stands in the file where its remedy
/// belongs. A Corefile among them counts as the key of a ConfigMap that a kustomization makes of it. One Analysis a file, in their order.
/// Files that are more than Source::max_size together are judged one by one.
std::vector<Analysis> check(std::span<const Source> cluster, const Options& options = {},
                            const Catalogue& catalogue = Catalogue::builtin());

/// Calls `work` with each number below `count`, in any order, on as many threads as it likes.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

/// Which of the files belong to one cluster: their indices, ascending. Manifests of one folder that have to do with DNS do, unless two of
/// them hold the same object, and the Corefiles that a kustomization there makes ConfigMaps of; every other file is on its own. Files are
/// read by `for_each`; without one, one after the other. O(size).
std::vector<std::vector<std::size_t>> clusters_of(std::span<const Source> files, const ForEach& for_each = {});

/// The rules alone, over a Corefile. Places are in the Config's documents. Sorted. Total. O(rules * words) and the sorting.
std::vector<Diagnostic> lint(const Readings& readings, const Context& context, const Catalogue& catalogue = Catalogue::builtin(),
                             const Selection& selection = {});

/// The first fix of each finding whose safety is at least `at_least`, applied to `text` (document 0); a fix that
/// overlaps one before it is left out, so apply again after another check until nothing changes. O(size).
std::string apply(std::string_view text, const std::vector<Diagnostic>& diagnostics, Safety at_least = Safety::safe);

}  // namespace corefile
