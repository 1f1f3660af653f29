// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "reading.hpp"

namespace corefile::rules::volume_key_missing {
namespace {

/// The ConfigMap's keys, if its object is given and all of them are known.
struct Keys {
  bool known = false;
  std::vector<const Embedded*> texts;
};
Keys keys_of(const Manifest& manifest, std::string_view map, std::string_view name_space) {
  Keys out;
  const auto take = [&](const Embedded& one) {
    if (one.name == map && same_space(one.name_space, name_space) && !one.rendered) out.texts.push_back(&one);
  };
  for (const Embedded& one : manifest.corefiles) take(one);
  for (const Embedded& one : manifest.texts) take(one);
  const bool odd = std::any_of(manifest.faults.begin(), manifest.faults.end(), [](const ManifestFault& fault) {
    return fault.kind == ManifestFault::Kind::binary_data || fault.kind == ManifestFault::Kind::value_not_text ||
           fault.kind == ManifestFault::Kind::templated;
  });
  out.known = !out.texts.empty() && !odd;
  return out;
}

/// The platform writes it while it runs.
bool is_added(const Context& context, std::string_view key) {
  if (context.platform == nullptr) return false;
  const auto adds = context.platform->adds;
  return std::find(adds.begin(), adds.end(), key) != adds.end();
}

void check_volume(const Workload& workload, const Volume& volume, const Manifest& manifest, const Context& context,
                  ManifestReport& report) {
  const Keys keys = keys_of(manifest, volume.config_map, workload.name.name_space);
  if (!keys.known || volume.optional) return;
  for (const VolumeItem& item : volume.items) {
    if (is_added(context, item.key)) continue;
    if (std::any_of(keys.texts.begin(), keys.texts.end(), [&](const Embedded* one) { return one->key == item.key; })) continue;
    Diagnostic& found = report.at(Place{0, item.span}, fmt::format("ConfigMap `{}` has no key `{}`", volume.config_map, item.key));
    found.notes.push_back("pods do not start: the kubelet waits for a volume whose key does not exist");
    found.help = "name a key that the ConfigMap has, or set `optional: true`";
    for (const Embedded* one : keys.texts) {
      if (!ascii::same_letters(one->key, item.key)) continue;
      found.labels.push_back({{0, one->key_span}, "capitals matter"});
      found.help = fmt::format("write `{}` in both places", item.key);
    }
  }
}

void check(const Manifest& manifest, const Context& context, ManifestReport& report) {
  for (const Workload& workload : manifest.bundle.workloads) {
    for (const Volume& volume : workload.volumes) {
      if (!volume.config_map.empty()) check_volume(workload, volume, manifest, context, report);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .severity = Severity::error};

}  // namespace corefile::rules::volume_key_missing
