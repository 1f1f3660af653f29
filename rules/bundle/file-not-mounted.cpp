// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "plugins/facts.hpp"
#include "reading.hpp"

namespace corefile::rules::file_not_mounted {
namespace {

bool inside(std::string_view folder, std::string_view path) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
  return path == folder || (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

/// The volume that a path of the container lies in, by the longest folder; null if none does.
struct Where {
  const Mount* mount = nullptr;
  const Volume* volume = nullptr;
};
Where find_mount(const Workload& workload, const Container& container, std::string_view path) {
  Where out;
  for (const Mount& mount : container.mounts) {
    if (inside(mount.path, path) && (out.mount == nullptr || mount.path.size() > out.mount->path.size())) out.mount = &mount;
  }
  if (out.mount == nullptr) return out;
  for (const Volume& volume : workload.volumes) {
    if (volume.name == out.mount->volume) out.volume = &volume;
  }
  return out;
}

/// What comes of a file that is not there.
constexpr std::string_view goes_on = "CoreDNS warns that it cannot open the file, and goes on without it";
constexpr std::string_view ends = "CoreDNS does not start: not an IP address or file";

void report_item(const Read& base, const Word& word, const Where& where, std::string_view then, ManifestReport& report) {
  Diagnostic& found =
      report.at(base.outer(word), fmt::format("`{}` is not among the `items` of the volume `{}`", word.text, where.volume->name));
  found.label = "not in the pod";
  if (!where.volume->items.empty()) found.labels.push_back({{0, where.volume->items.back().span}, "the keys that are mounted"});
  found.notes.push_back(fmt::format("a volume with `items` holds these keys alone; {}", then));
  found.help = "list the key under `items` of the Deployment's volume, for `hosts` and the other plugins that read files";
}

/// What the kubelet or the image puts there.
bool is_given(std::string_view path) {
  constexpr std::array<std::string_view, 8> given{
      "/etc/hosts", "/etc/resolv.conf", "/etc/ssl", "/etc/hostname", "/var/run", "/run", "/proc", "/dev"};
  return std::any_of(given.begin(), given.end(), [path](std::string_view one) { return inside(one, path); });
}

void report_nowhere(const Read& base, const Word& word, const Container& container, std::string_view then, ManifestReport& report) {
  Diagnostic& found = report.at(base.outer(word), fmt::format("`{}` lies in no volume of the container `{}`", word.text, container.name));
  found.label = "not in the pod";
  found.notes.push_back(fmt::format("the image of CoreDNS has no such file; {}", then));
  found.help = "mount a volume there, for example one of the ConfigMap with a key for it";
}

void report_key(const Read& base, const Word& word, const Volume& volume, std::string_view then, ManifestReport& report) {
  Diagnostic& found =
      report.at(base.outer(word), fmt::format("ConfigMap `{}`, which is mounted here, has no key for `{}`", volume.config_map, word.text));
  found.label = "not in the pod";
  found.notes.push_back(std::string(then));
  found.help = "add the key to the ConfigMap";
}

bool has_key(const Manifest& manifest, std::string_view map, std::string_view key) {
  const auto is = [&](const Embedded& one) { return one.name == map && one.key == key; };
  return std::any_of(manifest.corefiles.begin(), manifest.corefiles.end(), is) ||
         std::any_of(manifest.texts.begin(), manifest.texts.end(), is);
}

void check_file(const Read& base, const Workload& workload, const Container& container, const Word& word, std::string_view then,
                const Manifest& manifest, ManifestReport& report) {
  if (word.unknown != 0 || !word.text.starts_with('/') || is_given(word.text)) return;
  const Where where = find_mount(workload, container, word.text);
  if (where.mount == nullptr && !container.mounts.empty() && is_official_image(container.image.text)) {
    return report_nowhere(base, word, container, then, report);
  }
  if (where.volume == nullptr || where.volume->config_map.empty() || !where.mount->sub_path.empty()) return;
  const std::string_view rest = word.text.substr(std::min(where.mount->path.size() + 1, word.text.size()));
  if (where.volume->all_keys) {
    const bool given = where.volume->config_map == base.text->name && !base.text->rendered;
    if (given && !has_key(manifest, base.text->name, rest)) report_key(base, word, *where.volume, then, report);
    return;
  }
  const auto& items = where.volume->items;
  if (std::any_of(items.begin(), items.end(), [&](const VolumeItem& item) { return item.path == rest; })) return;
  report_item(base, word, where, then, report);
}

/// A file of the base's folder that is a key of `coredns-custom`, which lies in a folder of its own.
void check_folder(const Read& read, const Word& word, const Manifest& manifest, ManifestReport& report) {
  constexpr std::string_view folder = "/etc/coredns/";
  if (word.unknown != 0 || !word.text.starts_with(folder)) return;
  const std::string_view key = word.text.substr(folder.size());
  const Embedded* custom = nullptr;
  for (const Embedded& one : manifest.texts) {
    if (one.key != key) continue;
    if (!is_custom(one)) return;
    custom = &one;
  }
  if (custom == nullptr) return;
  Diagnostic& found =
      report.at(read.outer(word), fmt::format("`{}` lies in `{}custom`, with the other keys of `{}`", key, folder, custom->name));
  found.label = "not in the pod";
  found.labels.push_back({{0, custom->key_span}, "this key"});
  found.notes.push_back("CoreDNS warns that it cannot open the file, and goes on without it");
  found.help = fmt::format("write `{}custom/{}`", folder, key);
}

/// Values of the chart: its `zoneFiles` lie beside the Corefile, under their `filename`.
void check_zone_files(const Read& read, const Word& word, const Manifest& manifest, ManifestReport& report) {
  constexpr std::string_view folder = "/etc/coredns/";
  if (word.unknown != 0 || !word.text.starts_with(folder)) return;
  const std::string_view name = word.text.substr(folder.size());
  if (name.find('/') != std::string_view::npos) return;
  const Embedded* other = nullptr;
  for (const Embedded& one : manifest.texts) {
    if (one.object != read.text->object || one.document != read.text->document) continue;
    if (one.key == name) return;
    other = &one;
  }
  if (other == nullptr) return;
  Diagnostic& found = report.at(read.outer(word), fmt::format("no `filename` of the `zoneFiles` is `{}`", name));
  found.label = "not in the pod";
  found.labels.push_back({{0, other->key_span}, "the chart mounts this one"});
  found.notes.push_back("CoreDNS warns that it cannot open the file, and goes on without it");
  found.help = fmt::format("write `{}{}`, or name the file so", folder, other->key);
}

/// Texts whose pods are not given.
void check_without_pods(const Manifest& manifest, ManifestReport& report) {
  const auto has_custom = [](const Embedded& one) { return is_custom(one); };
  if (!manifest.bundle.workloads.empty() || std::none_of(manifest.texts.begin(), manifest.texts.end(), has_custom)) return;
  std::vector<Read> all = read_bases(manifest);
  if (all.empty()) all = read_corefiles(manifest, has_custom);
  for (const Read& read : all) {
    for (const Directive directive : read.config.directives()) {
      if (facts_of(directive.plugin()).begins_with_file && !directive.arguments().empty()) {
        check_folder(read, directive.arguments().front(), manifest, report);
      }
    }
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  check_without_pods(manifest, report);
  if (!manifest.texts.empty()) {
    for (const Read& read : read_corefiles(manifest, [](const Embedded& one) { return one.rendered && one.key == "servers"; })) {
      for (const Directive directive : read.config.directives()) {
        if (!facts_of(directive.plugin()).begins_with_file || directive.arguments().empty()) continue;
        check_zone_files(read, directive.arguments().front(), manifest, report);
      }
    }
  }
  for (const Run& run : read_runs(manifest)) {
    for (const Directive directive : run.base.config.directives()) {
      for (const Word& word : directive.upstreams()) check_file(run.base, *run.workload, *run.container, word, ends, manifest, report);
      if (!facts_of(directive.plugin()).begins_with_file || directive.arguments().empty()) continue;
      check_file(run.base, *run.workload, *run.container, directive.arguments().front(), goes_on, manifest, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::warning};

}  // namespace corefile::rules::file_not_mounted
