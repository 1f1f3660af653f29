// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>
#include <iterator>
#include <utility>

#include "lint/broken_parts.hpp"
#include "lint/composed.hpp"
#include "lint/custom_alone.hpp"
#include "lint/join.hpp"
#include "lint/join_files.hpp"
#include "lint/manifests.hpp"
#include "lint/pipeline.hpp"
#include "lint/suppress.hpp"
#include "lint/verdicts.hpp"
#include "manifest/node_cache.hpp"
#include "manifest/template.hpp"
#include "syntax/reading.hpp"

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
  context.platform = options.platform;
  return context;
}

/// What is known of a Corefile beside its text.
struct Surroundings {
  Role role = Role::standalone;
  const Embedded* embedded = nullptr;  ///< where it stands in a manifest
  bool folded = false;                 ///< and lost its line ends there
  std::vector<Part> parts{};           ///< what lies beside it in its pod
  std::vector<std::string> service_addresses{};
  const Composed* composed = nullptr;
};

/// What is ignored, of all texts of an input, with places in the input.
struct Ignored {
  std::vector<suppress::Ignore> ignores;
  std::vector<Diagnostic> findings;
  void add(std::vector<suppress::Ignore> more, std::vector<Diagnostic> found) {
    std::move(more.begin(), more.end(), std::back_inserter(ignores));
    std::move(found.begin(), found.end(), std::back_inserter(findings));
  }
};

/// The words that node-cache fills in, where findings speak of what stands for them.
void restore(std::vector<Diagnostic>& found, const manifest_detail::NodeCacheWords& words) {
  for (Diagnostic& diagnostic : found) {
    const auto restore_place = [&](Place& place) {
      if (place.document == 0) place.span = words.restore(place.span);
    };
    restore_place(diagnostic.place);
    for (std::string* text : {&diagnostic.message, &diagnostic.label, &diagnostic.help}) *text = words.restore(std::move(*text));
    for (std::string& note : diagnostic.notes) note = words.restore(std::move(note));
    for (Label& label : diagnostic.labels) {
      restore_place(label.place);
      label.text = words.restore(std::move(label.text));
    }
    std::erase_if(diagnostic.fixes, [&](const Fix& fix) {
      return std::any_of(fix.edits.begin(), fix.edits.end(),
                         [&](const Edit& edit) { return words.touches(edit.place.span) || words.restore(edit.text) != edit.text; });
    });
  }
}

/// No word for another program: these have signs, or three hyphens on either side.
bool surely_no_template(const Document& document) {
  return detail::DocumentAccess::few_signs(document) && document.source().text().find("---") == std::string_view::npos;
}

void hold_off(const Source& source, const Surroundings& around, const Options& options, Context& context) {
  if (around.embedded != nullptr || options.live) return;
  const auto word = manifest_detail::find_template(
      source.text(), {.node_local = around.role == Role::node_local, .bare = true, .named = is_template_name(source.name())});
  if (!word) return;
  context.template_language = word->language;
  context.template_word = word->span;
}

/// Findings, and what must be where CoreDNS runs, with places in the file that was given.
struct Found {
  std::vector<Diagnostic> findings;
  std::vector<Need> outside;
};
// By the reading that was meant, and what only CoreDNS's own reading needs: `(s){` makes a file of what `import s` names.
std::vector<Need> needs_of(const Verdicts& verdicts) {
  std::vector<Need> needs = verdicts.meant.outside;
  if (!verdicts.as_written) return needs;
  for (const Need& need : verdicts.as_written->outside) {
    const bool told = std::any_of(needs.begin(), needs.end(), [&](const Need& other) { return other.subject == need.subject; });
    if (need.place.document == 0 && !told) needs.push_back(need);
  }
  return needs;
}

Found findings_of(const Source& given, const Surroundings& around, const Options& options, const Catalogue& catalogue,
                  std::vector<Source>& sources, Ignored& ignored) {
  Context context = context_of(options);
  context.role = around.role;
  if (around.role == Role::node_local) context.platform = find_platform("node-local");
  context.folded = around.folded;
  context.service_addresses = around.service_addresses;
  context.composed = around.composed;
  const MountedMaps mounted(around.parts);
  // What a container finds beside the Corefile of a ConfigMap does not lie beside the manifest.
  const MountedFiles opened(around.parts, given.text());
  if (around.embedded == nullptr) context.files = options.files;
  ResolveOptions resolving;
  resolving.files = around.parts.empty() ? context.files : &mounted;
  if (!around.parts.empty()) context.files = &opened;
  resolving.environment = options.environment;
  resolving.limits = options.limits;
  resolving.form = around.role == Role::custom_override ? Form::directives : Form::corefile;
  const std::string name = around.parts.empty() ? given.name() : std::string(base_path);
  Source source = around.parts.empty() ? given : Source(name, std::string(given.text()));
  const bool node_local = around.role == Role::node_local && given.text().find("__PILLAR__") != std::string_view::npos;
  const manifest_detail::NodeCacheWords words(node_local ? given.text() : std::string_view());
  if (words.any()) source = Source(name, words.text());
  const Readings readings = recover(parse(source), resolving);
  if (words.any() || !surely_no_template(readings.meant.document(0))) hold_off(given, around, options, context);
  const Verdicts verdicts = judge(readings, context);
  std::vector<Source> beside;
  context.beside = &beside;
  context.load = &verdicts.meant;
  context.literal_load = &verdicts.literal();

  Found found{lint(readings, context, catalogue, options.selection), {}};
  std::vector<suppress::Ignore> ignores = suppress::from_comments(readings.meant, options, catalogue, !context.template_language.empty());
  std::vector<Diagnostic> suppressed, needs;
  if (options.outside) found.outside = needs_of(verdicts);
  suppress::apply(ignores, catalogue, found.findings, suppressed);
  for (const Need& need : found.outside) needs.emplace_back().place = need.place;
  for (std::vector<Diagnostic>* some : {&found.findings, &suppressed, &needs}) {
    if (words.any()) restore(*some, words);
    pipeline::map_outward(*some, readings.meant, beside, around.embedded, around.parts, sources);
  }
  suppress::map_outward(ignores, readings.meant, around.embedded, around.parts, sources);
  ignored.add(std::move(ignores), std::move(suppressed));
  for (std::size_t i = 0; i < needs.size(); ++i) found.outside[i].place = needs[i].place;
  return found;
}

void check_corefile(const Source& source, const Surroundings& around, const Options& options, const Catalogue& catalogue,
                    Analysis& analysis, Ignored& ignored) {
  ++analysis.corefiles;
  // What another program will write is not known, so nothing about it is sure.
  if (around.embedded != nullptr && around.embedded->templated) return;
  Found found = findings_of(source, around, options, catalogue, analysis.sources, ignored);
  std::move(found.findings.begin(), found.findings.end(), std::back_inserter(analysis.diagnostics));
  std::move(found.outside.begin(), found.outside.end(), std::back_inserter(analysis.outside));
}

void check_file(const Source& source, Surroundings around, const Options& given, const Catalogue& catalogue, Analysis& analysis,
                Ignored& ignored) {
  std::optional<Composed> composed;
  if (around.role == Role::standalone && given.files != nullptr) composed = composed_of(source.name(), *given.files);
  if (!composed) return check_corefile(source, around, given, catalogue, analysis, ignored);
  around.composed = &*composed;
  Options options = given;
  options.environment = environment_of(*composed, given.environment);
  const auto release = release_of_image(composed->service.image.text);
  const auto known = known_releases();
  if (given.release_assumed && release && std::find(known.begin(), known.end(), *release) != known.end()) {
    analysis.release = options.release = *release;
    options.release_assumed = false;
  }
  check_corefile(source, around, options, catalogue, analysis, ignored);
}

void check_custom_alone(const Embedded& first, const Manifest& manifest, const Options& options, const Catalogue& catalogue,
                        Analysis& analysis, Ignored& ignored) {
  const Platform* platform = options.platform != nullptr && !options.platform->base.empty() ? options.platform : nullptr;
  const Source base{std::string(base_path), std::string(platform != nullptr ? platform->base : common_base)};
  Embedded outside;
  outside.source = base;
  outside.rendered = true;
  outside.map.push_back({0, CustomAlone::nowhere, false});
  const Surroundings around{Role::cluster, &outside, false, custom_parts(manifest, first)};
  Ignored own;
  const CustomAlone alone(platform, catalogue);
  std::vector<Diagnostic> found = alone.certain(findings_of(base, around, options, catalogue, analysis.sources, own).findings);
  ignored.add(std::move(own.ignores), alone.certain(std::move(own.findings)));
  for (Diagnostic& one : found) alone.reword(one);
  std::move(found.begin(), found.end(), std::back_inserter(analysis.diagnostics));
}

/// Line ends that YAML took away are the cause of all that CoreDNS says of the text.
void tell_folded(const Manifest& manifest, std::vector<Diagnostic>& found) {
  for (const Embedded& text : manifest.corefiles) {
    const auto cause = std::find_if(found.begin(), found.end(), [&](const Diagnostic& one) {
      return one.rule == "corefile-lines-folded" && one.place.document == 0 && one.place.span == text.key_span;
    });
    if (cause == found.end()) continue;
    const Span whole = text.outer({0, static_cast<std::uint32_t>(text.source.text().size())});
    const auto inside = [&](const Diagnostic& one) {
      return one.place.document == 0 && one.place.span.begin >= whole.begin && one.place.span.end <= whole.end;
    };
    const auto refused =
        std::find_if(found.begin(), found.end(), [&](const Diagnostic& one) { return inside(one) && one.severity == Severity::error; });
    if (refused == found.end()) continue;
    cause->severity = Severity::error;
    for (const std::string& note : refused->notes) {
      if (note.starts_with("CoreDNS ")) cause->notes.push_back(note);
    }
    std::erase_if(found, inside);
  }
}

/// Addresses of the Services that send queries to the cluster's CoreDNS.
std::vector<std::string> service_addresses(const Manifest& manifest) {
  std::vector<std::string> out;
  for (const Service& service : manifest.bundle.services) {
    const auto app = service.selector.find("k8s-app");
    const bool own = (app != service.selector.end() && (app->second == "kube-dns" || app->second == "coredns")) ||
                     service.name.name == "kube-dns" || service.name.name.find("coredns") != std::string::npos;
    if (own) out.insert(out.end(), service.addresses.begin(), service.addresses.end());
  }
  for (const ChartValues& chart : manifest.bundle.charts) {
    if (!chart.cluster_ip.text.empty()) out.push_back(chart.cluster_ip.text);
  }
  return out.empty() ? kubeadm_dns_addresses(manifest.bundle) : out;
}

/// What the manifests say of themselves, where nobody said otherwise.
Options options_for(const Manifest& manifest, const Options& given, Analysis& analysis) {
  Options options = given;
  if (given.release_assumed) analysis.release = release_of(manifest.bundle);
  if (analysis.release) {
    options.release = *analysis.release;
    options.release_assumed = false;
  }
  if (options.platform == nullptr) options.platform = platform_of(manifest);
  if (options.platform != nullptr) {
    for (const std::string_view plugin : options.platform->extra) options.plugins.add(plugin);
  }
  if (options.cluster_domain.empty()) options.cluster_domain = domain_of(manifest.bundle);
  if (!options.resolv_conf) {
    if (auto known = resolv_conf_of(manifest.bundle)) {
      options.resolv_conf = std::move(known->text);
      options.resolv_conf_name = std::move(known->name);
    }
  }
  return options;
}

/// node-local-dns has a CoreDNS of its own.
Options own_release(const Manifest& manifest, const Options& given, Options options) {
  const auto release = release_of(manifest.bundle, *find_platform("node-local"));
  if (given.release_assumed) {
    options.release = release.value_or(given.release);
    options.release_assumed = !release;
  }
  return options;
}

void check_manifest(const Manifest& manifest, const Options& given, const Catalogue& catalogue, Analysis& analysis, Ignored& ignored) {
  const Options options = options_for(manifest, given, analysis);
  analysis.diagnostics = lint(manifest, context_of(options), catalogue, options.selection);
  const std::vector<std::string> addresses = service_addresses(manifest);
  const Embedded* custom = nullptr;
  bool has_base = false;
  bool any_folded = false;
  std::vector<BrokenPart> broken;
  for (const Embedded& embedded : manifest.corefiles) {
    const bool folded = std::any_of(manifest.faults.begin(), manifest.faults.end(), [&](const ManifestFault& fault) {
      return fault.kind == ManifestFault::Kind::lines_folded && fault.span == embedded.key_span;
    });
    any_folded = any_folded || folded;
    Surroundings around{options.role.value_or(embedded.role), &embedded, folded};
    if (around.role == Role::cluster) around.service_addresses = addresses;
    if (is_base(embedded) || embedded.rendered || around.role == Role::other_configmap) around.parts = parts_beside(embedded, manifest);
    has_base = has_base || is_base(embedded);
    if (is_custom(embedded) && !embedded.templated && custom == nullptr) custom = &embedded;
    const std::size_t before = analysis.diagnostics.size();
    check_corefile(embedded.source, around, around.role == Role::node_local ? own_release(manifest, given, options) : options, catalogue,
                   analysis, ignored);
    if (const auto part = broken_part(embedded, analysis.diagnostics, before, catalogue)) broken.push_back(*part);
  }
  const bool read = options.platform == nullptr || options.platform->custom != Platform::Custom::no;
  if (custom != nullptr && !has_base && read) check_custom_alone(*custom, manifest, options, catalogue, analysis, ignored);
  if (!broken.empty()) keep_causes(broken, catalogue, analysis.diagnostics);
  if (any_folded) tell_folded(manifest, analysis.diagnostics);
  if (custom != nullptr) {
    pipeline::unite_places(analysis.diagnostics);
    pipeline::unite_places(ignored.findings);
  }
  std::vector<suppress::Ignore> annotated = suppress::from_annotations(manifest.ignores, options, catalogue);
  std::vector<Diagnostic> suppressed;
  suppress::apply(annotated, catalogue, analysis.diagnostics, suppressed);
  ignored.add(std::move(annotated), std::move(suppressed));
}

void keep_texts(Manifest manifest, Analysis& analysis) {
  analysis.embedded = std::move(manifest.corefiles);
  std::move(manifest.texts.begin(), manifest.texts.end(), std::back_inserter(analysis.embedded));
}

void tell_ignored(Ignored ignored, const Options& options, const Catalogue& catalogue, Analysis& analysis) {
  if (ignored.ignores.empty()) return;
  const std::vector<Suppression> all = suppress::merged(std::move(ignored.ignores));
  std::vector<Diagnostic> told = suppress::tell(all, context_of(options), catalogue, options.selection);
  std::move(told.begin(), told.end(), std::back_inserter(analysis.diagnostics));
  analysis.suppressed = std::move(ignored.findings);
  pipeline::sort(analysis.suppressed);
}

void finish(const Options& options, const Catalogue& catalogue, Analysis& analysis) {
  pipeline::set_severities(analysis.diagnostics, options.selection, catalogue);
  pipeline::sort(analysis.diagnostics);
  pipeline::cap(analysis, options.max_findings);
}

}  // namespace

std::string Selection::unknown(const Catalogue& catalogue) const {
  const auto known = [&](std::string_view name) {
    return name == "ALL" || std::any_of(catalogue.entries().begin(), catalogue.entries().end(),
                                        [name](const Catalogue::Entry& e) { return e.name == name || e.group == name; });
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
  Ignored ignored;
  if (is_manifest(input, options.kind)) {
    Manifest manifest = read_manifest(input);
    add_subnets(options.subnets, manifest.bundle.settings);
    check_manifest(manifest, options, catalogue, analysis, ignored);
    keep_texts(std::move(manifest), analysis);
  } else {
    check_file(input, {options.role.value_or(Role::standalone)}, options, catalogue, analysis, ignored);
  }
  tell_ignored(std::move(ignored), options, catalogue, analysis);
  finish(options, catalogue, analysis);
  return analysis;
}

std::vector<Analysis> check(std::span<const Source> cluster, const Options& options, const Catalogue& catalogue) {
  std::vector<Analysis> out;
  if (cluster.size() < 2 || !JoinedFiles::fit(cluster)) {
    for (const Source& file : cluster) out.push_back(check(file, options, catalogue));
    return out;
  }
  JoinedFiles files(cluster);
  Manifest manifest = files.read(options.kind);
  add_subnets(options.subnets, manifest.bundle.settings);
  Analysis all;
  all.sources.push_back(files.text());
  Ignored ignored;
  check_manifest(manifest, options, catalogue, all, ignored);
  tell_ignored(std::move(ignored), options, catalogue, all);
  out = files.split(std::move(all.diagnostics));
  std::vector<Analysis> suppressed = files.split(std::move(all.suppressed));
  for (std::size_t i = 0; i < out.size(); ++i) out[i].suppressed = std::move(suppressed[i].diagnostics);
  for (const Embedded& one : manifest.corefiles) ++out[files.file_at(one.key_span.begin)].corefiles;
  files.keep_texts(std::move(manifest), out);
  for (Analysis& analysis : out) {
    analysis.release = all.release;
    finish(options, catalogue, analysis);
  }
  return out;
}

}  // namespace corefile
