// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>
#include <tuple>
#include <utility>

namespace corefile {
namespace {

// Which setting speaks of a rule most precisely: its name, its group, ALL; among equals the last.
template <typename Names>
int precision(const Names& names, const Catalogue::Entry& entry) {
  int best = 0;
  for (const auto& name : names) {
    best = std::max(best, name == entry.rule->name ? 3 : name == entry.group ? 2 : name == "ALL" ? 1 : 0);
  }
  return best;
}

bool speaks(const Selection& selection, const Catalogue::Entry& entry) {
  const int selected = selection.select.empty() ? 1 : precision(selection.select, entry);
  return selected > 0 && selected > precision(selection.ignore, entry);
}

std::optional<Severity> override_of(const Selection& selection, const Catalogue::Entry& entry) {
  for (const std::string_view name : {entry.rule->name, entry.group, std::string_view("ALL")}) {
    if (const auto found = selection.severity.find(name); found != selection.severity.end()) return found->second;
  }
  return {};
}

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
void keep_refusal(const Config& config, const Context& context, const Selection& selection, const Catalogue& catalogue,
                  std::vector<Diagnostic>& found) {
  const auto selected = [&](std::string_view rule) -> const Catalogue::Entry* {
    const Catalogue::Entry* entry = catalogue.find(rule);
    return entry != nullptr && speaks(selection, *entry) ? entry : nullptr;
  };
  if (selection.ignore.empty() || !has_error(found)) return;
  if (std::any_of(found.begin(), found.end(), [&](const Diagnostic& one) { return one.severity == Severity::error && selected(one.rule); }))
    return;
  const ExternalPlugins external = context.plugins != nullptr ? *context.plugins : ExternalPlugins();
  const Config& read = config.as_read();
  const LoadVerdict verdict = load(read, context.release, external, context.files);
  for (const LoadFault& fault : verdict.faults) {
    const Catalogue::Entry* entry = selected(rule_of(fault));
    if (entry == nullptr || fault.place.document >= config.documents.size()) continue;
    Report(*entry->rule, &config, found).at(fault, context.release).severity = Severity::error;
    return;
  }
}

/// Moves findings about one Corefile into the Analysis: its documents become sources, embedded places become the file's.
class Collector {
 public:
  Collector(Analysis& analysis, const Options& options) : analysis_(analysis), options_(options) {}

  void add(const Config& config, const Embedded* embedded, std::vector<Diagnostic> found) {
    if (found.empty() && config.documents.size() == 1) return;
    std::vector<std::uint32_t> sources{0};
    for (std::size_t i = 1; i < config.documents.size(); ++i) sources.push_back(source(config.documents[i].source()));
    for (Diagnostic& diagnostic : found) {
      const auto move = [&](Place& place) {
        if (place.document == 0 && embedded != nullptr) place.span = embedded->outer(place.span);
        place.document = sources[place.document];
      };
      if (embedded != nullptr) {
        for (Fix& fix : diagnostic.fixes) outward(fix, *embedded);
        std::erase_if(diagnostic.fixes, [](const Fix& fix) { return fix.edits.empty(); });
      }
      move(diagnostic.place);
      for (Label& label : diagnostic.labels) move(label.place);
      for (Fix& fix : diagnostic.fixes) {
        for (Edit& edit : fix.edits) {
          if (embedded != nullptr && edit.place.document == 0) continue;  // done by outward
          edit.place.document = sources[edit.place.document];
        }
      }
      add(std::move(diagnostic));
    }
  }

  void add(Diagnostic diagnostic) {
    if (analysis_.diagnostics.size() >= options_.max_findings) {
      ++analysis_.dropped;
    } else {
      analysis_.diagnostics.push_back(std::move(diagnostic));
    }
  }

 private:
  static void outward(Fix& fix, const Embedded& embedded) {
    for (Edit& edit : fix.edits) {
      if (edit.place.document != 0) continue;
      Span at;
      std::string text;
      if (!embedded.outer_edit(edit.place.span, edit.text, at, text)) {
        fix.edits.clear();
        return;
      }
      edit = {{0, at}, std::move(text)};
    }
  }

  std::uint32_t source(const Source& wanted) {
    for (std::uint32_t i = 1; i < analysis_.sources.size(); ++i) {
      if (analysis_.sources[i].name() == wanted.name()) return i;
    }
    analysis_.sources.push_back(wanted);
    return static_cast<std::uint32_t>(analysis_.sources.size() - 1);
  }

  Analysis& analysis_;
  const Options& options_;
};

}  // namespace

std::string Selection::unknown(const Catalogue& catalogue) const {
  const auto known = [&](std::string_view name) {
    return name == "ALL" || std::any_of(catalogue.entries().begin(), catalogue.entries().end(),
                                        [name](const Catalogue::Entry& e) { return e.rule->name == name || e.group == name; });
  };
  for (const auto* names : {&select, &ignore}) {
    for (const std::string& name : *names) {
      if (!known(name)) return name;
    }
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
  Collector collector(analysis, options);

  Context context;
  context.release = options.release;
  context.release_assumed = options.release_assumed;
  context.cluster_domain = options.cluster_domain;
  if (options.resolv_conf) context.resolv_conf = &*options.resolv_conf;
  context.resolv_conf_name = options.resolv_conf_name;
  context.plugins = &options.plugins;

  ResolveOptions resolving;
  resolving.environment = options.environment;
  resolving.limits = options.limits;
  const auto lint_one = [&](const Source& source, const Embedded* embedded, Role role, bool folded) {
    ++analysis.corefiles;
    context.role = role;
    // What a container finds beside the Corefile of a ConfigMap does not lie beside the manifest.
    resolving.files = context.files = embedded == nullptr ? options.files : nullptr;
    context.folded = folded;
    resolving.form = role == Role::custom_override ? Form::directives : Form::corefile;
    const Config config = resolve(parse(source), resolving);
    std::vector<Diagnostic> found = lint(config, context, catalogue);
    // What a template will write is not known, so nothing about it is sure.
    if (embedded != nullptr && embedded->templated) {
      std::erase_if(found, [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; });
    }
    keep_refusal(config, context, options.selection, catalogue, found);
    collector.add(config, embedded, std::move(found));
  };

  const bool manifest =
      options.kind == InputKind::manifest || (options.kind == InputKind::detect && looks_like_manifest(input.name(), input.text()));
  if (manifest) {
    const Manifest found = read_manifest(input);
    for (Diagnostic& diagnostic : lint(found, context, catalogue)) collector.add(std::move(diagnostic));
    for (const Embedded& embedded : found.corefiles) {
      const bool folded = std::any_of(found.faults.begin(), found.faults.end(), [&](const ManifestFault& fault) {
        return fault.kind == ManifestFault::Kind::lines_folded && fault.span == embedded.key_span;
      });
      lint_one(embedded.source, &embedded, options.role.value_or(embedded.role), folded);
    }
  } else {
    lint_one(input, nullptr, options.role.value_or(Role::standalone), false);
  }

  std::vector<Diagnostic>& all = analysis.diagnostics;
  if (!options.selection.select.empty() || !options.selection.ignore.empty() || !options.selection.severity.empty()) {
    std::erase_if(all, [&](Diagnostic& diagnostic) {
      const Catalogue::Entry* entry = catalogue.find(diagnostic.rule);
      if (entry == nullptr) return false;
      if (const auto severity = override_of(options.selection, *entry)) diagnostic.severity = *severity;
      return !speaks(options.selection, *entry);
    });
  }
  const auto order = [](const Diagnostic& d) { return std::tuple(d.place, d.rule, std::string_view(d.message)); };
  std::stable_sort(all.begin(), all.end(), [&](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
  return analysis;
}

}  // namespace corefile
