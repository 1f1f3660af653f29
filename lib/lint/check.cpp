// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>
#include <iterator>
#include <utility>

#include "lint/pipeline.hpp"
#include "lint/verdicts.hpp"

namespace corefile {
namespace {

/// Under which name a fault is reported; none for those of the parser, each of which has a rule of its own.
std::string_view rule_of(const LoadFault& fault) {
  switch (fault.kind) {
    case LoadFault::Kind::syntax:
      return {};
    case LoadFault::Kind::unknown_directive:
      return "unknown-directive";
    case LoadFault::Kind::removed_directive:
      return fault.subject == "proxy" ? "proxy-removed" : "plugin-removed";
    case LoadFault::Kind::future_directive:
      return "plugin-too-new";
    case LoadFault::Kind::unknown_property:
      return "unknown-property";
    case LoadFault::Kind::argument_count:
      return "argument-count";
    case LoadFault::Kind::invalid_value:
      return "invalid-value";
    case LoadFault::Kind::once:
      return "plugin-only-once";
    case LoadFault::Kind::invalid_key:
      return "invalid-key";
    case LoadFault::Kind::duplicate_zone:
      return "duplicate-zone";
    case LoadFault::Kind::conflict:
      return "plugin-conflict";
  }
  return {};
}

bool has_error(const std::vector<Diagnostic>& found) {
  return std::any_of(found.begin(), found.end(), [](const Diagnostic& one) { return one.severity == Severity::error; });
}

/// A rule may put a load fault into better words. Where it is ignored, the fault is reported as it is, unless that is ignored too.
void keep_refusal(const Config& config, const LoadVerdict& verdict, const Options& options, const Catalogue& catalogue,
                  std::vector<Diagnostic>& found) {
  const Selection& selection = options.selection;
  const auto selected = [&](std::string_view rule) -> const Catalogue::Entry* {
    const Catalogue::Entry* entry = catalogue.find(rule);
    return entry != nullptr && pipeline::is_selected(selection, *entry) ? entry : nullptr;
  };
  if (selection.ignore.empty() || !has_error(found)) return;
  if (std::any_of(found.begin(), found.end(), [&](const Diagnostic& one) { return one.severity == Severity::error && selected(one.rule); }))
    return;
  for (const LoadFault& fault : verdict.faults) {
    const Catalogue::Entry* entry = selected(rule_of(fault));
    if (entry == nullptr || fault.place.document >= config.documents.size()) continue;
    Report(*entry->rule, &config, found).at(fault, options.release).severity = Severity::error;
    return;
  }
}

}  // namespace

bool Analysis::any(Severity at_least) const noexcept {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [at_least](const Diagnostic& d) { return d.severity >= at_least; });
}

namespace {

/// The parts of one input, each checked and brought into the Analysis.
class Checker {
 public:
  Checker(const Options& options, const Catalogue& catalogue, Analysis& analysis)
      : options_(options), catalogue_(catalogue), analysis_(analysis) {
    context_.release = options.release;
    context_.release_assumed = options.release_assumed;
    context_.cluster_domain = options.cluster_domain;
    if (options.resolv_conf) context_.resolv_conf = &*options.resolv_conf;
    context_.resolv_conf_name = options.resolv_conf_name;
    context_.plugins = &options.plugins;
  }

  void manifest(const Source& input) {
    const Manifest found = read_manifest(input);
    add(lint(found, context_, catalogue_));
    for (const Embedded& embedded : found.corefiles) {
      context_.folded = std::any_of(found.faults.begin(), found.faults.end(), [&](const ManifestFault& fault) {
        return fault.kind == ManifestFault::Kind::lines_folded && fault.span == embedded.key_span;
      });
      corefile(embedded.source, &embedded, options_.role.value_or(embedded.role));
    }
  }

  /// `embedded`: none where the input is the Corefile itself.
  void corefile(const Source& source, const Embedded* embedded, Role role) {
    ++analysis_.corefiles;
    context_.role = role;
    // What a container finds beside the Corefile of a ConfigMap does not lie beside the manifest.
    context_.files = embedded == nullptr ? options_.files : nullptr;
    ResolveOptions resolving{context_.files, options_.environment, options_.limits, Form::corefile};
    if (role == Role::custom_override) resolving.form = Form::directives;
    const Config config = resolve(parse(source), resolving);
    const Verdicts verdicts = judge(config, context_);
    std::vector<Diagnostic> found = lint(config, context_, verdicts, catalogue_);
    // What a template will write is not known, so nothing about it is sure.
    if (embedded != nullptr && embedded->templated) {
      std::erase_if(found, [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; });
    }
    keep_refusal(config, verdicts.as_read(), options_, catalogue_, found);
    if (embedded != nullptr) pipeline::map_outward(found, *embedded);
    pipeline::map_to_sources(found, config, analysis_.sources);
    add(std::move(found));
  }

 private:
  void add(std::vector<Diagnostic> found) {
    analysis_.diagnostics.insert(analysis_.diagnostics.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }

  const Options& options_;
  const Catalogue& catalogue_;
  Analysis& analysis_;
  Context context_;
};

}  // namespace

Analysis check(const Source& input, const Options& options, const Catalogue& catalogue) {
  Analysis analysis;
  analysis.sources.push_back(input);
  Checker checker(options, catalogue, analysis);
  if (options.kind == InputKind::manifest || (options.kind == InputKind::detect && looks_like_manifest(input.name(), input.text()))) {
    checker.manifest(input);
  } else {
    checker.corefile(input, nullptr, options.role.value_or(Role::standalone));
  }
  pipeline::select(analysis.diagnostics, options.selection, catalogue);
  pipeline::sort(analysis.diagnostics);
  const pipeline::Cut cut = pipeline::cap(analysis.diagnostics, options.max_findings);
  analysis.dropped = cut.infos + cut.warnings + cut.errors;
  analysis.dropped_errors = cut.errors;
  return analysis;
}

}  // namespace corefile
