// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::corefile_not_mounted {
namespace {

const Volume* volume_of(const Workload& workload, const Mount& mount) {
  for (const Volume& volume : workload.volumes) {
    if (volume.name == mount.volume) return &volume;
  }
  return nullptr;
}

/// The paths that the Corefile has in the container.
std::vector<std::string> paths_of(const Run& run, const Mount*& mounted, bool& other) {
  std::vector<std::string> out;
  for (const Mount& mount : run.container->mounts) {
    const Volume* volume = volume_of(*run.workload, mount);
    if (volume == nullptr || volume->config_map != run.base.text->name) {
      other = true;
      continue;
    }
    mounted = &mount;
    const std::string folder = mount.path.ends_with('/') ? mount.path : mount.path + '/';
    if (!mount.sub_path.empty()) {
      out.push_back(mount.path);
    } else if (volume->all_keys) {
      out.push_back(folder + run.base.text->key);
    }
    for (const VolumeItem& item : volume->items) {
      if (mount.sub_path.empty()) out.push_back(folder + item.path);
    }
  }
  return out;
}

/// Some other volume is mounted where the path lies.
bool elsewhere(const Run& run, std::string_view path) {
  return std::any_of(run.container->mounts.begin(), run.container->mounts.end(), [&](const Mount& mount) {
    const Volume* volume = volume_of(*run.workload, mount);
    return (volume == nullptr || volume->config_map != run.base.text->name) && path.starts_with(mount.path);
  });
}

/// A volume that no container mounts.
void check_unmounted(const Run& run, const Written& conf, ManifestReport& report) {
  if (!conf.text.starts_with('/') || elsewhere(run, conf.text) || !is_official_image(run.container->image.text)) return;
  for (const Volume& volume : run.workload->volumes) {
    if (volume.config_map != run.base.text->name) continue;
    Diagnostic& found = report.at(Place{0, conf.span}, fmt::format("no file is mounted at `{}`", conf.text));
    found.labels.push_back({{0, volume.span}, "mounted nowhere"});
    found.notes.push_back(fmt::format("CoreDNS ends at once: loading Caddyfile via flag: open {}: no such file or directory", conf.text));
    found.help = fmt::format("add `volumeMounts: [{{name: {}, mountPath: {}}}]` to the container", volume.name,
                             conf.text.substr(0, conf.text.rfind('/')));
    return;
  }
}

void check_run(const Run& run, ManifestReport& report) {
  if (!is_coredns_image(run.container->image.text) || run.base.text->rendered) return;
  const Mount* mounted = nullptr;
  bool other = false;
  const std::vector<std::string> paths = paths_of(run, mounted, other);
  const auto conf = option_of(*run.container, "conf");
  if (mounted == nullptr && conf) return check_unmounted(run, *conf, report);
  if (mounted == nullptr || paths.empty()) return;
  if (!conf) {
    // A command of one's own may find it in another way.
    if (run.container->command || !is_official_image(run.container->image.text) || unsplit_option(run.container->arguments) != nullptr)
      return;
    Diagnostic& found = report.at(Place{0, mounted->span}, "no `-conf` tells CoreDNS of the Corefile that is mounted here");
    found.notes.push_back(
        "without `-conf` and without a file `Corefile` in its working folder CoreDNS starts with `whoami`: every name is answered without "
        "data");
    found.help = fmt::format("write `args: [\"-conf\", \"{}\"]`", paths.front());
    return;
  }
  if (!conf->text.starts_with('/') || std::find(paths.begin(), paths.end(), conf->text) != paths.end() || elsewhere(run, conf->text))
    return;
  Diagnostic& found = report.at(Place{0, conf->span}, fmt::format("no file is mounted at `{}`", conf->text));
  found.labels.push_back({{0, mounted->span}, "the Corefile is here"});
  found.notes.push_back(fmt::format("CoreDNS ends at once: loading Caddyfile via flag: open {}: no such file or directory", conf->text));
  found.help = fmt::format("write `-conf {}`", paths.front());
}

/// Without `Corefile.base` node-cache fills in nothing, and CoreDNS reads what it is given.
void check_unfilled(const Run& run, const std::string& base, const Written& conf, ManifestReport& report) {
  const std::string_view text = run.base.text->source.text();
  const std::size_t at = text.find("__PILLAR__");
  if (at == std::string_view::npos) return;
  const std::size_t end = std::min(text.find_first_not_of("_ABCDEFGHIJKLMNOPQRSTUVWXYZ", at), text.size());
  const Span word{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
  Diagnostic& found = report.at(Place{0, run.base.text->outer(word)}, fmt::format("nobody fills in `{}`", text.substr(at, end - at)));
  found.labels.push_back({{0, conf.span}, "CoreDNS reads the file as it is"});
  found.notes.push_back(fmt::format("node-cache fills in `{}` alone, and writes its Corefile anew of that; it is not mounted", base));
  found.help = fmt::format("mount the key `{}` with `items` as `path: {}`, and write `-conf /etc/Corefile`", run.base.text->key,
                           base.substr(base.rfind('/') + 1));
}

/// node-cache reads `Corefile.base`, fills it in and writes the Corefile (kubernetes/dns, cmd/node-cache/main.go).
void check_local(const Run& run, ManifestReport& report) {
  if (run.base.text->rendered || run.container->image.text.find("node-cache") == std::string::npos) return;
  const Mount* mounted = nullptr;
  bool other = false;
  const std::vector<std::string> paths = paths_of(run, mounted, other);
  if (mounted == nullptr || paths.empty()) return;
  const auto base = option_of(*run.container, "basecorefile");
  const auto conf = option_of(*run.container, "conf");
  const auto is_there = [&](std::string_view path) { return std::find(paths.begin(), paths.end(), path) != paths.end(); };
  const std::string path = base ? base->text : "/etc/coredns/Corefile.base";
  if (is_there(path) || elsewhere(run, path)) return;
  if (conf && is_there(conf->text)) return check_unfilled(run, path, *conf, report);
  Diagnostic& found = report.at(Place{0, base ? base->span : mounted->span}, fmt::format("node-cache finds no `{}`", path));
  found.severity = Severity::warning;
  found.notes.push_back(fmt::format("it makes its Corefile of that file; `{}` is never read", paths.front()));
  found.help = fmt::format("mount the key `{}` with `items` as `path: {}`", run.base.text->key, path.substr(path.rfind('/') + 1));
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  for (const Run& run : read_local_runs(manifest)) check_local(run, report);
  for (const Run& run : read_runs(manifest)) check_run(run, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::corefile_not_mounted
