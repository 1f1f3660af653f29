// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>
#include <iterator>
#include <utility>

#include "lint/pipeline.hpp"
#include "lint/verdicts.hpp"

namespace corefile {
namespace {

bool is_manifest(const Source& input, InputKind kind) {
  return kind == InputKind::manifest || (kind == InputKind::detect && looks_like_manifest(input.name(), input.text()));
}

Context context_of(const Options& options) {
  Context context;
  context.release = options.release;
  context.release_assumed = options.release_assumed;
  context.cluster_domain = options.cluster_domain;
  if (options.resolv_conf) context.resolv_conf = &*options.resolv_conf;
  context.resolv_conf_name = options.resolv_conf_name;
  context.plugins = &options.plugins;
  return context;
}

/// What is known of a Corefile beside its text.
struct Surroundings {
  Role role = Role::standalone;
  const Embedded* embedded = nullptr;  ///< where it stands in a manifest
  bool folded = false;                 ///< and lost its line ends there
};

void check_corefile(const Source& source, const Surroundings& around, const Options& options, const Catalogue& catalogue,
                    Analysis& analysis) {
  Context context = context_of(options);
  context.role = around.role;
  context.folded = around.folded;
  // What a container finds beside the Corefile of a ConfigMap does not lie beside the manifest.
  if (around.embedded == nullptr) context.files = options.files;
  ResolveOptions resolving;
  resolving.files = context.files;
  resolving.environment = options.environment;
  resolving.limits = options.limits;
  resolving.form = around.role == Role::custom_override ? Form::directives : Form::corefile;
  const Readings readings = recover(parse(source), resolving);
  const Verdicts verdicts = judge(readings, context);
  std::vector<Source> beside;
  context.beside = &beside;
  context.load = &verdicts.meant;
  context.literal_load = &verdicts.literal();

  std::vector<Diagnostic> found = lint(readings, context, catalogue, options.selection);
  // What a template will write is not known, so nothing about it is sure.
  if (around.embedded != nullptr && around.embedded->templated) {
    std::erase_if(found, [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; });
  }
  pipeline::map_outward(found, readings.meant, beside, around.embedded, analysis.sources);
  std::move(found.begin(), found.end(), std::back_inserter(analysis.diagnostics));
  ++analysis.corefiles;
}

void check_manifest(const Source& input, const Options& options, const Catalogue& catalogue, Analysis& analysis) {
  const Manifest manifest = read_manifest(input);
  analysis.diagnostics = lint(manifest, context_of(options), catalogue, options.selection);
  for (const Embedded& embedded : manifest.corefiles) {
    const bool folded = std::any_of(manifest.faults.begin(), manifest.faults.end(), [&](const ManifestFault& fault) {
      return fault.kind == ManifestFault::Kind::lines_folded && fault.span == embedded.key_span;
    });
    check_corefile(embedded.source, {options.role.value_or(embedded.role), &embedded, folded}, options, catalogue, analysis);
  }
}

}  // namespace

std::string Selection::unknown(const Catalogue& catalogue) const {
  const auto known = [&](std::string_view name) {
    return name == "ALL" || std::any_of(catalogue.entries().begin(), catalogue.entries().end(),
                                        [name](const Catalogue::Entry& e) { return e.rule->name == name || e.group == name; });
  };
  for (const Selector& selector : rules) {
    if (!known(selector.name)) return selector.name;
  }
  for (const auto& [name, level] : severity) {
    if (!known(name)) return name;
  }
  return {};
}

bool Analysis::any(Severity at_least) const noexcept {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [at_least](const Diagnostic& d) { return d.severity >= at_least; });
}

Analysis check(const Source& input, const Options& options, const Catalogue& catalogue) {
  Analysis analysis;
  analysis.sources.push_back(input);
  if (is_manifest(input, options.kind)) {
    check_manifest(input, options, catalogue, analysis);
  } else {
    check_corefile(input, {options.role.value_or(Role::standalone)}, options, catalogue, analysis);
  }
  pipeline::set_severities(analysis.diagnostics, options.selection, catalogue);
  pipeline::sort(analysis.diagnostics);
  pipeline::cap(analysis, options.max_findings);
  return analysis;
}

}  // namespace corefile
