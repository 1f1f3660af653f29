// SPDX-License-Identifier: Apache-2.0
#include "plugins/facts.hpp"
#include "reading.hpp"

namespace corefile::rules::plugin_newer_than_image {
namespace {

/// The version of an image's tag; none of one without a tag of three numbers.
std::optional<Release> version_of(std::string_view image) {
  const std::size_t colon = image.rfind(':');
  if (colon == std::string_view::npos || image.find('/', colon) != std::string_view::npos) return {};
  std::string_view tag = image.substr(colon + 1);
  if (tag.starts_with('v')) tag.remove_prefix(1);
  return parse_release(tag.substr(0, tag.find_first_not_of("0123456789.")));
}

void check_run(const Run& run, const Platform& platform, ManifestReport& report) {
  const std::string_view name = image_name(run.container->image.text);
  const auto version = version_of(run.container->image.text);
  const auto ends = [name](std::string_view image) { return name.ends_with(image); };
  if (!version || std::none_of(platform.images.begin(), platform.images.end(), ends)) return;
  for (const Directive directive : run.base.config.directives()) {
    const auto later = std::find_if(platform.later.begin(), platform.later.end(),
                                    [&](const PlatformPlugin& one) { return one.plugin == directive.name() && *version < one.version; });
    if (later == platform.later.end()) continue;
    Diagnostic& found =
        report.at(run.base.outer(directive.name_word()), fmt::format("`{}` is not built into version {} of {}", directive.name(),
                                                                     to_string(*version), platform.doc.substr(0, platform.doc.find(','))));
    found.labels.push_back({{0, run.container->image.span}, "the image"});
    found.notes.push_back(fmt::format("it refuses the file: no action found for directive '{}' with server type 'dns' (missing a plugin?)",
                                      directive.name()));
    found.help =
        fmt::format("run version {} or newer, or write it into the Corefile of the cluster's own CoreDNS", to_string(later->version));
  }
}

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  const Platform* platform = find_platform("node-local");
  if (platform == nullptr) return;
  for (const Run& run : read_local_runs(manifest)) check_run(run, *platform, report);
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::plugin_newer_than_image
