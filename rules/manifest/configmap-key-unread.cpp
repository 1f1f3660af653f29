// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "lint/join.hpp"
#include "manifest/manifest.hpp"
#include "resolve/import.hpp"

namespace corefile::rules::configmap_key_unread {
namespace {

using resolve_detail::Match;

/// The last part of what an `import` names, and whether it is looked for in the folder of `coredns-custom`.
struct Pattern {
  std::string name;
  bool custom;
  bool unknown;
};

std::vector<Pattern> patterns_of(const Embedded& base) {
  std::vector<Pattern> out;
  const Document document = parse(base.source);
  bool import = false;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::word && document.kind(i) != TokenKind::quoted) continue;
    const std::string_view text = document.text(i);
    if (import) {
      const std::size_t slash = text.rfind('/');
      const std::string_view folder = text.substr(0, slash == std::string_view::npos ? 0 : slash);
      out.push_back({std::string(text.substr(slash == std::string_view::npos ? 0 : slash + 1)),
                     folder.find("custom") != std::string_view::npos, text.find('$') != std::string_view::npos});
    }
    import = text == "import";
  }
  return out;
}

bool read_by(const std::vector<Pattern>& patterns, const Embedded& text, bool custom) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& pattern) {
    return pattern.unknown || (pattern.custom == custom && resolve_detail::match(pattern.name, text.key) == Match::yes);
  });
}

/// Another text names it: a zone file, a hosts file, a part that is imported.
bool named(const Manifest& manifest, const Embedded& text) {
  const auto names = [&](const Embedded& other) { return &other != &text && other.source.text().find(text.key) != std::string_view::npos; };
  return std::any_of(manifest.corefiles.begin(), manifest.corefiles.end(), names) ||
         std::any_of(manifest.texts.begin(), manifest.texts.end(), names);
}

/// Every line begins with the name of a plugin.
bool holds_directives(const Embedded& text) {
  ResolveOptions options;
  options.form = Form::directives;
  const Config config = resolve(parse(text.source), options);
  const auto known = [](Directive directive) { return directive.plugin() != Plugin::unknown; };
  return config.accepted() && config.directive_count() > 0 && std::all_of(config.directives().begin(), config.directives().end(), known);
}

/// The key was to be one that is imported, or the text to be read by CoreDNS.
bool meant_for_import(const Embedded& text) {
  const std::size_t first = text.source.text().find_first_not_of(" \n");
  if (text.key.ends_with(".json") || (first != std::string_view::npos && text.source.text()[first] == '{')) return false;
  return ascii::contains_letters(text.key, "server") || ascii::contains_letters(text.key, "override") ||
         text.source.text().find(" {\n") != std::string_view::npos || holds_directives(text);
}

const Embedded* base_of(const Manifest& manifest, const Embedded& text) {
  for (const Embedded& base : manifest.corefiles) {
    const bool beside = base.object == text.object && base.document == text.document;
    const bool near = beside || (is_custom(text) && same_space(base.name_space, text.name_space));
    if (is_base(base) && &base != &text && near) return &base;
  }
  return nullptr;
}

/// What the Corefile imports of `coredns-custom`, for a sentence.
std::string imported_names(const Embedded& base) {
  std::string out;
  for (const Pattern& pattern : patterns_of(base)) {
    if (pattern.custom && !pattern.unknown) out += (out.empty() ? "`" : " and `") + pattern.name + "`";
  }
  return out;
}

Diagnostic& report_custom(const Embedded& text, bool part, const Embedded* base, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, text.key_span}, "no `import` reads the key `" + text.key + "`");
  found.label = "never read";
  if (part) {
    const std::string names = base == nullptr ? std::string() : imported_names(*base);
    found.notes.push_back("the Corefile beside it imports " + (names.empty() ? "other names than this" : names + " alone") +
                          ", and CoreDNS reads no file by itself");
    const std::string_view ending = std::string_view(text.key).substr(std::min(text.key.rfind('.'), text.key.size()));
    found.help = ending != ".server"
                     ? "add `import custom/*" + std::string(ending) + "` to the Corefile's server block, or end the key as its imports do"
                     : "add `import custom/*.server` to the Corefile, outside of its server blocks";
    return found;
  }
  if (base != nullptr && patterns_of(*base).empty()) {
    found.notes.push_back("the Corefile beside it has no `import`, and CoreDNS reads no file by itself");
    found.help = "write it into the Corefile, or name it there: `import " + text.key + "`";
    return found;
  }
  found.notes.push_back(
      base != nullptr ? "the Corefile imports other names; capital letters matter"
                      : "clusters import `custom/*.server` and `custom/*.override`, Linode's `custom/*.include`; capital letters matter");
  found.help = "end the key in `.server` for server blocks, in `.override` for lines inside `.:53`";
  return found;
}

void report_platform(const Embedded& text, const Platform& platform, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, text.key_span}, "no `import` reads the key `" + text.key + "`");
  found.label = "never read";
  found.notes.push_back("the Corefile of " + std::string(platform.doc) + " imports nothing");
  found.help = "write it into the Corefile itself, or add `import`s to that and mount this ConfigMap beside it";
}

/// A part whose Corefile is the platform's.
void report_beside_platform(const Embedded& text, const Context& context, ManifestReport& report) {
  if (context.platform == nullptr || context.platform->base.empty()) return;
  Embedded base;
  base.source = Source(std::string(context.platform->name), std::string(context.platform->base));
  const std::vector<Pattern> patterns = patterns_of(base);
  if (read_by(patterns, text, true)) return;
  Diagnostic& found = report.at(Place{0, text.key_span}, "no `import` reads the key `" + text.key + "`");
  found.label = "never read";
  std::string names;
  for (const Pattern& pattern : patterns) names += (names.empty() ? "`" : " and `") + pattern.name + "`";
  found.notes.push_back("the Corefile of " + std::string(context.platform->doc) + " imports " + names + " alone");
  found.help = "end the key so";
}

constexpr std::string_view usual_name = "coredns-custom";
constexpr std::string_view usual_space = "kube-system";

bool is_mounted(const Embedded& text, const Manifest& manifest) {
  return std::any_of(manifest.bundle.workloads.begin(), manifest.bundle.workloads.end(), [&](const Workload& workload) {
    return same_space(workload.name.name_space, text.name_space) &&
           std::any_of(workload.volumes.begin(), workload.volumes.end(),
                       [&](const Volume& volume) { return volume.config_map == text.name; });
  });
}

/// A namespace whose pods have a base that is given; empty if one of them may be the text's own.
std::string_view other_space(const Embedded& text, const Manifest& manifest) {
  std::string_view out;
  for (const Embedded& base : manifest.corefiles) {
    if (!is_base(base)) continue;
    if (same_space(base.name_space, text.name_space)) return {};
    out = base.name_space;
  }
  return out;
}

/// The ConfigMap is one that no cluster mounts. Whether that is all there is to say.
bool report_misplaced(const Embedded& text, const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (is_mounted(text, manifest)) return false;
  const std::string_view other = other_space(text, manifest);
  const bool platform = context.platform != nullptr && context.platform->custom == Platform::Custom::yes;
  if (!other.empty() ||
      (text.name == usual_name && !text.name_space.empty() && text.name_space != usual_space && base_of(manifest, text) == nullptr)) {
    Diagnostic& found = report.at(Place{0, text.key_span}, "CoreDNS does not read a ConfigMap of the namespace `" + text.name_space + "`");
    if (other.empty() && !platform && text.name_space != "default") found.severity = Severity::info;
    found.notes.push_back("pods mount ConfigMaps of their own namespace, which is " +
                          (other.empty() ? "`kube-system` in clusters that read `coredns-custom`" : "`" + std::string(other) + "`"));
    found.help = "write `namespace: " + std::string(other.empty() ? usual_space : other) + "`";
    return true;
  }
  if (text.name == usual_name) return false;
  Diagnostic& found = report.at(Place{0, text.key_span}, "clusters read the ConfigMap `coredns-custom`, not `" + text.name + "`");
  if (!platform) found.severity = Severity::info;
  found.help = "write `name: coredns-custom`, unless your own Deployment mounts this one";
  return false;
}

/// A key `Corefile` is what a Deployment of one's own mounts; clusters import others.
void report_corefile(const Embedded& text, const Manifest& manifest, const Context& context, ManifestReport& report) {
  const Embedded* base = base_of(manifest, text);
  if (is_mounted(text, manifest) || (base != nullptr && read_by(patterns_of(*base), text, true))) return;
  Diagnostic& found = report_custom(text, false, base, report);
  const bool platform = context.platform != nullptr && context.platform->custom != Platform::Custom::unknown;
  if (base == nullptr && !platform) found.severity = Severity::info;
}

/// A path beside the Corefile where none of the `zoneFiles` lies, of which file-not-mounted speaks.
bool names_another(std::string_view corefile, const Manifest& manifest, const Embedded& base) {
  constexpr std::string_view folder = "/etc/coredns/";
  for (std::size_t at = corefile.find(folder); at != std::string_view::npos; at = corefile.find(folder, at + 1)) {
    const std::string_view rest = corefile.substr(at + folder.size());
    const std::string_view name = rest.substr(0, rest.find_first_of(" \t\n"));
    const auto lies = [&](const Embedded& text) {
      return text.object == base.object && text.document == base.document && text.key == name;
    };
    if (std::none_of(manifest.texts.begin(), manifest.texts.end(), lies)) return true;
  }
  return false;
}

/// Values of the chart: a file of `zoneFiles` lies beside the Corefile, and some plugin must name it.
void check_zone_files(const Manifest& manifest, ManifestReport& report) {
  for (const Embedded& base : manifest.corefiles) {
    if (!base.rendered || base.key != "servers" || base.templated) continue;
    for (const Embedded& text : manifest.texts) {
      if (text.object != base.object || text.document != base.document || text.templated) continue;
      // By `auto` or an `import` of several, too.
      const std::string_view corefile = base.source.text();
      if (names_another(corefile, manifest, base) || corefile.find(text.key) != std::string_view::npos ||
          corefile.find("auto") != std::string_view::npos || corefile.find('*') != std::string_view::npos || named(manifest, text))
        continue;
      Diagnostic& found = report.at(Place{0, text.key_span}, "no plugin of the `servers` reads the file `" + text.key + "`");
      found.label = "never read";
      found.notes.push_back("the chart puts `zoneFiles` beside the Corefile, and says no word of them in it");
      found.help = "add a server for the zone with the plugin `file` and the parameters `/etc/coredns/" + text.key + "`";
    }
  }
}

/// What kube-dns read, in a ConfigMap that CoreDNS reads.
bool is_of_kube_dns(const Embedded& text) { return text.key == "stubDomains" || text.key == "upstreamNameservers"; }
void report_kube_dns(const Embedded& text, ManifestReport& report) {
  Diagnostic& found = report.at(Place{0, text.key_span}, "CoreDNS does not read `" + text.key + "`");
  found.label = "never read";
  found.notes.push_back("it is a key of kube-dns, which CoreDNS took the place of");
  found.help = text.key == "stubDomains" ? "write a server block with `forward . ADDRESS` for each of the domains into the Corefile"
                                         : "name the addresses in the Corefile's `forward .`";
}

/// Keys as in `coredns-custom`, in a ConfigMap that nobody mounts.
void report_other_name(const Embedded& text, const Manifest& manifest, const Context& context, ManifestReport& report) {
  if (is_mounted(text, manifest)) return;
  Diagnostic& found = report.at(Place{0, text.key_span}, "clusters read the ConfigMap `coredns-custom`, not `" + text.name + "`");
  if (context.platform == nullptr || context.platform->custom != Platform::Custom::yes) found.severity = Severity::info;
  found.help = "write `name: coredns-custom`, unless your own Deployment mounts this one";
}

/// The pods with the base have no volume of the ConfigMap that its imports are for.
void report_unmounted(const Embedded& text, const Embedded& base, const Manifest& manifest, ManifestReport& report) {
  for (const Workload& workload : manifest.bundle.workloads) {
    if (!same_space(workload.name.name_space, base.name_space)) continue;
    const auto mounts = [&](std::string_view name) {
      return std::any_of(workload.volumes.begin(), workload.volumes.end(),
                         [name](const Volume& volume) { return volume.config_map == name; });
    };
    // A volume of several sources may bring it.
    const bool open =
        std::any_of(workload.volumes.begin(), workload.volumes.end(), [](const Volume& volume) { return volume.config_map.empty(); });
    if (!mounts(base.name) || mounts(text.name) || open) continue;
    Diagnostic& found = report.at(Place{0, text.key_span}, "the pods with the Corefile do not mount the ConfigMap `" + text.name + "`");
    found.label = "never read";
    found.labels.push_back({{0, workload.name.span}, "has no volume of it"});
    found.notes.push_back("an `import` with a `*` that finds no file is logged, and nothing more");
    found.help = "add a volume of the ConfigMap, `optional: true`, and mount it at `/etc/coredns/custom`";
    return;
  }
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  check_zone_files(manifest, report);
  std::set<std::pair<std::string_view, std::uint32_t>> misplaced, placed;
  const auto missing = [&](const Embedded& text) {
    return std::any_of(manifest.faults.begin(), manifest.faults.end(), [&](const ManifestFault& fault) {
      return fault.kind == ManifestFault::Kind::corefile_missing && fault.span == text.key_span;
    });
  };
  const auto look = [&](const Embedded& text) {
    const bool part = text.role == Role::custom_server || text.role == Role::custom_override;
    if (text.rendered || text.templated || missing(text)) return;
    const bool custom = is_custom(text);
    const bool elsewhere = part && !custom && text.name_space == usual_space && base_of(manifest, text) == nullptr;
    if (elsewhere && !text.name.empty() && placed.insert({std::string_view(text.object), text.document}).second) {
      report_other_name(text, manifest, context, report);
    }
    if (elsewhere) return;
    const std::pair object{std::string_view(text.object), text.document};
    if (custom && (part || text.key == "Corefile") && placed.insert(object).second && report_misplaced(text, manifest, context, report)) {
      misplaced.insert(object);
    }
    if (misplaced.contains(object)) return;
    if (text.key == "Corefile") {
      if (custom) report_corefile(text, manifest, context, report);
      return;
    }
    const Embedded* base = base_of(manifest, text);
    if (base != nullptr && is_of_kube_dns(text)) return report_kube_dns(text, report);
    if (base != nullptr && part && custom && read_by(patterns_of(*base), text, custom)) {
      if (placed.insert({std::string_view(text.name), text.document}).second) report_unmounted(text, *base, manifest, report);
      return;
    }
    const bool unread = context.platform != nullptr && context.platform->custom == Platform::Custom::no;
    if (custom && base == nullptr && unread) return report_platform(text, *context.platform, report);
    if (base == nullptr && part && custom) return report_beside_platform(text, context, report);
    if ((base == nullptr && (part || !custom)) || (!part && !custom)) return;
    if (base != nullptr && read_by(patterns_of(*base), text, custom)) return;
    if (!part && (named(manifest, text) || !meant_for_import(text))) return;
    report_custom(text, part, base, report);
  };
  for (const Embedded& text : manifest.corefiles) look(text);
  for (const Embedded& text : manifest.texts) look(text);
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::configmap_key_unread
