// SPDX-License-Identifier: Apache-2.0
#include <corefile/load.hpp>

#include "reading.hpp"

namespace corefile::rules::image_refuses_corefile {
namespace {

/// The release in the image's tag, where its behaviour is known.
std::optional<Release> release_of(const Container& container) {
  if (container.image.find("coredns") == std::string::npos) return {};
  const auto release = release_of_image(container.image);
  const auto known = known_releases();
  return release && std::find(known.begin(), known.end(), *release) != known.end() ? release : std::nullopt;
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  // Whoever names a release means that one, as before an upgrade.
  if (!context.release_assumed || manifest.bundle.workloads.empty()) return;
  const ExternalPlugins none;
  const ExternalPlugins& plugins = context.plugins == nullptr ? none : *context.plugins;
  for (const Read& base : read_bases(manifest)) {
    const Workload* workload = workload_of(*base.text, manifest);
    const Container* container = workload == nullptr ? nullptr : container_of(*workload);
    const auto release = container == nullptr ? std::nullopt : release_of(*container);
    if (!release || *release == context.release || !base.whole() || !load(base.config, context.release, plugins).loads()) continue;
    const LoadVerdict verdict = load(base.config, *release, plugins);
    if (verdict.loads() || !verdict.problems.front().certain || verdict.problems.front().place.document != 0) continue;
    const Problem& problem = verdict.problems.front();
    Diagnostic& found = report.at(base.outer(problem.place),
                                  fmt::format("the CoreDNS {} beside this Corefile refuses it: {}", to_string(*release), problem.message));
    found.labels.push_back({{0, workload->name.span}, fmt::format("runs `{}`", container->image)});
    found.notes.push_back(
        fmt::format("CoreDNS {} loads the file: the image and the Corefile are of different times", to_string(context.release)));
    found.help = fmt::format("take a newer image, or ask with `--coredns {}` for all that this release says", to_string(*release));
  }
}

}  // namespace

extern constinit const Rule rule{
    .name = "image-refuses-corefile",
    .summary = "The image that is to read this Corefile refuses it",
    .check = check,
    .severity = Severity::error,
};

}  // namespace corefile::rules::image_refuses_corefile
