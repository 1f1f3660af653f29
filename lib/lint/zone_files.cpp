// SPDX-License-Identifier: Apache-2.0
#include "lint/zone_files.hpp"

#include <algorithm>
#include <corefile/key.hpp>

#include "resolve/import.hpp"
#include "zone/folder.hpp"

namespace corefile {
namespace {

constexpr std::size_t most_text = std::size_t{8} << 20;
constexpr std::size_t most_again = std::size_t{1} << 20;  // of a file that is read for further zones
constexpr std::size_t most_files = 100;                   // of one folder

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

struct Reader {
  const Context& context;
  std::string folder;
  std::size_t left = most_text;

  zone::Zone read(const Source& source, std::string_view origin) {
    zone::ReadOptions options;
    options.release = context.release;
    options.origin = origin;
    options.files = context.files;
    options.folder = folder;
    options.limits.bytes = left;
    zone::Zone zone = zone::read(source, options);
    left -= std::min(left, zone.bytes);
    return zone;
  }
};

std::vector<zone::Zone> read_file(Directive file, const std::string& path, Reader& reader) {
  Files::Content content = reader.context.files->read(path);
  if (content.status != Files::Status::ok) return {};
  const Source source(path, std::move(content.text));
  std::vector<zone::Zone> zones;
  for (const std::string& origin : origins(file, reader.context.release)) {
    zones.push_back(reader.read(source, origin));
    reader.left = std::min(reader.left, most_again);
  }
  return zones;
}

std::vector<zone::Zone> read_folder(Property line, std::string path, Reader& reader) {
  zone::Folder folder;
  folder.directory = std::move(path);
  if (line.arguments().size() >= 3) folder.match(line.arguments()[1].text, line.arguments()[2].text);
  std::vector<zone::Zone> zones;
  for (const zone::FolderFile& one : folder.files(*reader.context.files)) {
    const std::vector<std::string> origin = normalize_zone(one.origin, reader.context.release);
    if (zones.size() == most_files || reader.left == 0) break;
    if (origin.size() != 1) continue;
    Files::Content content = reader.context.files->read(one.path);
    if (content.status == Files::Status::ok) zones.push_back(reader.read(Source(one.path, std::move(content.text)), origin.front()));
  }
  return zones;
}

std::vector<zone::Zone> read_all(Directive file, const Context& context) {
  const Word* word = file_word(file);
  if (context.files == nullptr || word == nullptr || word->unknown || word->text.empty()) return {};
  const std::string name(word->text);
  // `root` moves it elsewhere.
  if (!name.starts_with('/') && file.config->block(file.block()).has(Plugin::root)) return {};
  Reader reader{context, resolve_detail::folder_of(file.config->document(0).source().name())};
  std::string path = name.starts_with('/') ? name : resolve_detail::join(reader.folder, name);
  if (!file.is(Plugin::auto_)) return read_file(file, path, reader);
  const Property line = *file.properties().find("directory");
  if (std::any_of(line.words.begin(), line.words.end(), [](const Word& one) { return one.unknown != 0; })) return {};
  return read_folder(line, std::move(path), reader);
}

}  // namespace

std::span<const zone::Zone> ZoneFiles::of(Directive file) {
  const auto [at, first] = read_.try_emplace(file.index);
  if (first) at->second = read_all(file, context_);
  return at->second;
}

const Word* file_word(Directive file) noexcept {
  if (!file.is(Plugin::auto_)) return file.arguments().empty() ? nullptr : &file.arguments().front();
  const auto line = file.properties().find("directory");
  return line && !line->arguments().empty() ? &line->arguments().front() : nullptr;
}

std::string_view text_of(const zone::Zone& zone, const Place& place) noexcept {
  return place.document < zone.sources.size() ? zone.sources[place.document].text(place.span) : std::string_view();
}

std::string_view without_dot(std::string_view name) noexcept {
  return name.size() > 1 && name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
}

}  // namespace corefile
