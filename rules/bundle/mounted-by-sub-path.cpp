// SPDX-License-Identifier: Apache-2.0
#include "go/number.hpp"
#include "reading.hpp"

namespace corefile::rules::mounted_by_sub_path {
namespace {

/// What CoreDNS reads again while it runs, and who looks at it.
struct Watched {
  std::string path;
  std::string_view reader;
};

/// `reload 0`: looks at its file once.
bool looks_once(Directive directive) {
  const auto line = directive.properties().find("reload");
  if (!line || line->arguments().empty()) return false;
  const Word& word = line->arguments().front();
  return word.unknown != 0 || go::parse_duration(word.text).value_or(0) <= 0;
}

/// The Corefile where `reload` stands, and the files that `hosts` and `file` look at.
std::vector<Watched> watched(const Run& run) {
  std::vector<Watched> out;
  const auto conf = option_of(*run.container, "conf");
  bool reloads = false;
  for (const Directive directive : run.base.config.directives()) {
    reloads = reloads || directive.is(Plugin::reload);
    const bool again = directive.is(Plugin::hosts) || directive.is(Plugin::file);
    if (!again || directive.arguments().empty() || looks_once(directive)) continue;
    const Word& word = directive.arguments().front();
    if (word.unknown == 0 && word.text.starts_with('/')) out.push_back({std::string(word.text), to_string(directive.plugin())});
  }
  if (reloads && conf) out.push_back({conf->text, "reload"});
  return out;
}

void check_mount(const Run& run, const Mount& mount, const std::vector<Watched>& all, ManifestReport& report) {
  if (mount.sub_path.empty()) return;
  const auto volume =
      std::find_if(run.workload->volumes.begin(), run.workload->volumes.end(), [&](const Volume& one) { return one.name == mount.volume; });
  if (volume == run.workload->volumes.end() || volume->config_map.empty()) return;
  const auto file = std::find_if(all.begin(), all.end(), [&](const Watched& one) { return one.path == mount.path; });
  if (file == all.end()) return;
  Diagnostic& found =
      report.at(Place{0, mount.span}, fmt::format("`{}` is mounted by `subPath`, and keeps its text while the pod runs", mount.path));
  found.label = "never renewed";
  found.notes.push_back(fmt::format(
      "the kubelet writes a changed ConfigMap into folders, not into files of a `subPath`: `{}` waits for a change that does not come",
      file->reader));
  const std::string folder = mount.path.substr(0, std::max<std::size_t>(mount.path.rfind('/'), 1));
  found.help =
      fmt::format("mount the volume as a folder, `mountPath: {}` without `subPath`; `items` of the volume choose the keys", folder);
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  const auto look = [&](const std::vector<Run>& runs) {
    for (const Run& run : runs) {
      const std::vector<Watched> all = watched(run);
      for (const Mount& mount : run.container->mounts) check_mount(run, mount, all, report);
    }
  };
  look(read_runs(manifest));
  look(read_other_runs(manifest));
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::mounted_by_sub_path
