// SPDX-License-Identifier: Apache-2.0
#include "lint/zone_files.hpp"

#include <algorithm>
#include <corefile/key.hpp>

#include "resolve/import.hpp"

namespace corefile {
namespace {

constexpr std::size_t most_text = std::size_t{8} << 20;

std::vector<std::string> origins(Directive file, Release release) {
  std::vector<std::string> out;
  const std::span<const Word> own = file.arguments().subspan(1);
  if (own.empty()) {
    for (const Word& key : file.config->block(file.block()).keys()) {
      if (key.unknown) continue;
      for (std::string& zone : read_key(key.text, release).zones) out.push_back(std::move(zone));
    }
  }
  for (const Word& word : own) {
    if (word.unknown) continue;
    for (std::string& zone : normalize_zone(word.text, release)) out.push_back(std::move(zone));
  }
  return out;
}

std::vector<zone::Zone> read_all(Directive file, const Context& context) {
  const std::span<const Word> arguments = file.arguments();
  if (context.files == nullptr || arguments.empty() || arguments.front().unknown || arguments.front().text.empty()) return {};
  const std::string name(arguments.front().text);
  // `root` moves it elsewhere.
  if (!name.starts_with('/') && file.config->block(file.block()).has(Plugin::root)) return {};
  const std::string folder = resolve_detail::folder_of(file.config->document(0).source().name());
  const std::string path = name.starts_with('/') ? name : resolve_detail::join(folder, name);
  Files::Content content = context.files->read(path);
  if (content.status != Files::Status::ok) return {};
  const Source source(path, std::move(content.text));
  std::vector<zone::Zone> zones;
  for (const std::string& origin : origins(file, context.release)) {
    zone::ReadOptions options;
    options.release = context.release;
    options.origin = origin;
    options.files = context.files;
    options.folder = folder;
    options.limits.bytes = most_text;
    zones.push_back(zone::read(source, options));
  }
  return zones;
}

}  // namespace

std::span<const zone::Zone> ZoneFiles::of(Directive file) {
  const auto [at, first] = read_.try_emplace(file.index);
  if (first) at->second = read_all(file, context_);
  return at->second;
}

std::string_view text_of(const zone::Zone& zone, const Place& place) noexcept {
  return place.document < zone.sources.size() ? zone.sources[place.document].text(place.span) : std::string_view();
}

std::string_view without_dot(std::string_view name) noexcept {
  return name.size() > 1 && name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
}

}  // namespace corefile
