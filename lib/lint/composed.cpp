// SPDX-License-Identifier: Apache-2.0
#include "lint/composed.hpp"

#include <algorithm>
#include <utility>

#include "lint/join.hpp"
#include "manifest/manifest.hpp"
#include "resolve/import.hpp"

namespace corefile {
namespace {

/// A host's path beside the compose file; none for others.
std::optional<std::string> beside(std::string_view source) {
  for (const std::string_view here : {"${PWD}", "$PWD", "$(pwd)"}) {
    if (source.starts_with(here)) source.remove_prefix(here.size() + (source.size() > here.size() ? 1 : 0));
  }
  while (source.starts_with("./")) source.remove_prefix(2);
  while (source.ends_with('/')) source.remove_suffix(1);
  if (source.starts_with('/') || source.starts_with("..") || source.find_first_of("$~\\") != std::string_view::npos) return {};
  return std::string(source == "." ? std::string_view() : source);
}

/// The path in the container of a file beside the compose file; empty if the volume does not bring it.
std::string inside(const ComposeService::Volume& volume, std::string_view file) {
  const auto source = beside(volume.source);
  if (!source || volume.target.find('$') != std::string::npos) return {};
  if (*source == file) return volume.target;
  if (!source->empty() && !(file.starts_with(*source) && file.size() > source->size() && file[source->size()] == '/')) return {};
  const std::string_view rest = source->empty() ? file : file.substr(source->size() + 1);
  std::string out = volume.target;
  while (out.ends_with('/')) out.pop_back();
  return out.append("/").append(rest);
}

/// A compose file with CoreDNS in it; none: there is no such file.
std::optional<Source> compose_file(const Files& files, const std::string& folder) {
  for (const std::string_view name : compose_files) {
    const std::string path = resolve_detail::join(folder, name);
    Files::Content content = files.read(path);
    if (content.status == Files::Status::ok && content.text.find("coredns") != std::string::npos)
      return Source(path, std::move(content.text));
  }
  return {};
}

std::optional<Composed> service_of(const Source& file, const std::string& folder, std::string_view corefile) {
  if (!folder.empty() && corefile.starts_with(folder)) corefile.remove_prefix(std::min(folder.size() + 1, corefile.size()));
  Manifest manifest = read_manifest(file);
  std::optional<Composed> found;
  for (ComposeService& service : manifest.bundle.compose) {
    if (service.open || !is_official_image(service.image.text)) continue;
    for (const ComposeService::Volume& volume : service.volumes) {
      std::string inner = inside(volume, corefile);
      if (inner.empty()) continue;
      if (found) return {};
      found = Composed{file, service, volume, std::move(inner), false};
    }
  }
  return found;
}

/// compose.override.yaml and its like, which docker compose merges by itself (compose-spec/compose-go, cli/options.go).
bool is_overridden(const Source& file, const Files& files) {
  const std::string& name = file.name();
  const std::size_t ending = name.rfind('.');
  for (const std::string_view other : {".override.yaml", ".override.yml"}) {
    if (files.read(name.substr(0, ending) + std::string(other)).status != Files::Status::missing) return true;
  }
  return false;
}

}  // namespace

Environment environment_of(const Composed& composed, Environment given) {
  const ComposeService& service = composed.service;
  if (given.complete || composed.overridden) return given;
  for (const auto& [name, value] : service.environment) {
    if (value) given.values.emplace(name, *value);
  }
  const bool all =
      std::all_of(service.environment.begin(), service.environment.end(), [](const auto& one) { return one.second.has_value(); });
  given.complete = service.environment_known && all;
  return given;
}

std::optional<Composed> composed_of(const std::string& corefile, const Files& files) {
  const std::string folder = resolve_detail::folder_of(corefile);
  const auto of = [&](const Source& file, const std::string& where) {
    std::optional<Composed> found = service_of(file, where, corefile);
    if (found) found->overridden = is_overridden(file, files);
    return found;
  };
  if (const auto file = compose_file(files, folder)) return of(*file, folder);
  // `./coredns/Corefile`, of a file above.
  if (folder.empty() || folder == "." || folder.ends_with("..")) return {};
  const std::string above = resolve_detail::folder_of(folder);
  const auto file = compose_file(files, above);
  return file ? of(*file, above) : std::nullopt;
}

}  // namespace corefile
