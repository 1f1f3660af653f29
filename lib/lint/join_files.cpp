// SPDX-License-Identifier: Apache-2.0
#include "lint/join_files.hpp"

#include <algorithm>
#include <corefile/role.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "lint/join.hpp"
#include "manifest/names.hpp"
#include "manifest/pieces.hpp"

namespace corefile {
namespace {

std::string_view folder_of(std::string_view path) noexcept {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool is_kustomization(const Source& file) noexcept {
  const std::string_view path = file.name();
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

/// A Corefile, or a part of one, that the kustomization among the files names by this path.
bool is_file_of(const Source& file, std::string_view path, std::span<const Source> files) {
  if (looks_like_manifest(file.name(), file.text())) return false;
  while (path.starts_with("./")) path.remove_prefix(2);
  return std::any_of(files.begin(), files.end(), [&](const Source& other) {
    if (!is_kustomization(other)) return false;
    const std::string folder(folder_of(other.name()));
    return file.name() == (folder.empty() ? std::string(path) : folder + '/' + std::string(path));
  });
}

/// The objects that a cluster has once: ConfigMaps with Corefiles and the pods that have them.
std::vector<ObjectName> once_in_a_cluster(const Manifest& manifest) {
  std::vector<ObjectName> out;
  for (const Embedded& one : manifest.corefiles) {
    if (!one.rendered) out.push_back({"ConfigMap", one.name_space, one.name, {}});
  }
  for (const Workload& one : manifest.bundle.workloads) {
    if (one.name.name.find("dns") != std::string::npos) out.push_back(one.name);
  }
  return out;
}

bool same_object(const ObjectName& a, const ObjectName& b) noexcept {
  return a.kind == b.kind && a.name == b.name && same_space(a.name_space, b.name_space);
}

bool is_of_dns(const Manifest& manifest) noexcept {
  const Bundle& bundle = manifest.bundle;
  return !manifest.corefiles.empty() || !manifest.texts.empty() || !bundle.workloads.empty() || !bundle.services.empty() ||
         !bundle.roles.empty() || !bundle.bindings.empty() || !bundle.accounts.empty() || !bundle.generated.empty() ||
         !bundle.policies.empty() || !bundle.budgets.empty() || !bundle.autoscalers.empty() || !bundle.settings.domains.empty() ||
         !bundle.settings.dns_addresses.empty() || !bundle.settings.services.empty() || !bundle.settings.pods.empty() ||
         bundle.settings.resolv_conf.has_value();
}

/// What of a manifest tells where it belongs.
struct Marks {
  bool of_dns = false;
  std::vector<ObjectName> once;        ///< see `once_in_a_cluster`
  std::vector<std::string> generated;  ///< paths of files that kustomize makes ConfigMaps of
};

Marks marks_of(const Source& file) {
  const Manifest manifest = read_manifest(file);
  Marks marks{is_of_dns(manifest), once_in_a_cluster(manifest), {}};
  for (const GeneratedMap& map : manifest.bundle.generated) {
    for (const GeneratedMap::File& one : map.files) marks.generated.push_back(one.path);
  }
  return marks;
}

/// The files of one folder that can be one cluster's; none if an object stands in two of them.
std::vector<std::size_t> joined(std::span<const Source> files, const std::vector<std::size_t>& candidates,
                                const std::vector<Marks>& marks) {
  std::vector<std::size_t> out;
  std::vector<ObjectName> seen;
  for (const std::size_t i : candidates) {
    for (const std::string& path : marks[i].generated) {
      const auto found = std::find_if(files.begin(), files.end(), [&](const Source& one) { return is_file_of(one, path, files); });
      if (found != files.end()) out.push_back(static_cast<std::size_t>(found - files.begin()));
    }
    if (!marks[i].of_dns) continue;
    const std::vector<ObjectName>& own = marks[i].once;
    for (const ObjectName& one : own) {
      if (std::any_of(seen.begin(), seen.end(), [&](const ObjectName& other) { return same_object(one, other); })) return {};
    }
    seen.insert(seen.end(), own.begin(), own.end());
    out.push_back(i);
  }
  return out;
}

}  // namespace

JoinedFiles::JoinedFiles(std::span<const Source> files) : files_(files), text_(files.front().name(), {}) {
  std::string text;
  for (const Source& file : files) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += file.text();
    pieces_.push_back({begin, static_cast<std::uint32_t>(text.size())});
    text += '\n';
  }
  text_ = Source(files.front().name(), std::move(text));
}

bool JoinedFiles::fit(std::span<const Source> files) noexcept {
  std::size_t size = 0;
  for (const Source& file : files) size += file.text().size() + 1;
  return size <= Source::max_size;
}

Manifest JoinedFiles::read(InputKind kind) {
  std::vector<Span> manifests;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (kind != InputKind::manifest && !looks_like_manifest(files_[i].name(), files_[i].text())) continue;
    manifests.push_back(pieces_[i]);
    indices.push_back(i);
  }
  std::vector<std::uint32_t> firsts;
  Manifest out = manifest_detail::read_pieces(text_, manifests, &firsts);
  first_documents_.assign(files_.size(), 0);
  for (std::size_t k = 0; k < indices.size(); ++k) first_documents_[indices[k]] = firsts[k];
  add_generated(out);
  return out;
}

void JoinedFiles::keep_texts(Manifest manifest, std::span<Analysis> analyses) const {
  for (std::vector<Embedded>* texts : {&manifest.corefiles, &manifest.texts}) {
    for (Embedded& one : *texts) {
      if (one.style == ScalarStyle::file) continue;
      const std::size_t file = file_at(one.key_span.begin);
      const std::uint32_t begin = pieces_[file].begin;
      one.source = Source(files_[file].name(), std::string(one.source.text()));
      for (Segment& segment : one.map) segment.outer = {segment.outer.begin - begin, segment.outer.end - begin};
      one.key_span = {one.key_span.begin - begin, one.key_span.end - begin};
      one.document -= first_documents_[file];
      analyses[file].embedded.push_back(std::move(one));
    }
  }
}

void JoinedFiles::add_generated(Manifest& manifest) const {
  // Counted from the end: documents of the files are counted from the begin.
  std::uint32_t document = 0xFFFFFFFF;
  for (const GeneratedMap& map : manifest.bundle.generated) {
    for (const GeneratedMap::File& file : map.files) {
      const auto found = std::find_if(files_.begin(), files_.end(), [&](const Source& one) { return is_file_of(one, file.path, files_); });
      if (found == files_.end()) continue;
      const Span piece = pieces_[static_cast<std::size_t>(found - files_.begin())];
      Embedded made;
      made.source = *found;
      made.map.push_back({0, piece, true});
      made.style = ScalarStyle::file;
      made.role = role_in_configmap(map.name.name, map.name.name_space, file.key);
      made.object = "ConfigMap " + map.name.name_space + (map.name.name_space.empty() ? "" : "/") + map.name.name;
      made.key = file.key;
      made.document = document;
      made.key_span = {piece.begin, std::min(piece.begin + 1, piece.end)};
      made.name_space = map.name.name_space;
      made.name = map.name.name;
      const bool corefile = manifest_detail::is_corefile_key(manifest_detail::known_name(made.name), made.key);
      (corefile ? manifest.corefiles : manifest.texts).push_back(std::move(made));
    }
    --document;
  }
}

std::size_t JoinedFiles::file_at(std::uint32_t offset) const noexcept {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset, [](std::uint32_t at, const Span& piece) { return at < piece.begin; });
  return after == pieces_.begin() ? 0 : static_cast<std::size_t>(after - pieces_.begin()) - 1;
}

std::uint32_t JoinedFiles::document(std::size_t file, Analysis& analysis) const {
  for (std::uint32_t i = 0; i < analysis.sources.size(); ++i) {
    if (analysis.sources[i].name() == files_[file].name()) return i;
  }
  analysis.sources.push_back(files_[file]);
  return static_cast<std::uint32_t>(analysis.sources.size() - 1);
}

std::vector<Analysis> JoinedFiles::split(std::vector<Diagnostic> found) const {
  std::vector<Analysis> out(files_.size());
  for (std::size_t i = 0; i < files_.size(); ++i) out[i].sources.push_back(files_[i]);
  for (Diagnostic& one : found) {
    Analysis& own = out[file_at(one.place.span.begin)];
    const auto move = [&](Place& place) {
      const std::size_t file = file_at(place.span.begin);
      const Span piece = pieces_[file];
      place.document = document(file, own);
      place.span = {place.span.begin - piece.begin, std::min(place.span.end, piece.end) - piece.begin};
    };
    move(one.place);
    for (Label& label : one.labels) move(label.place);
    for (Fix& fix : one.fixes) {
      for (Edit& edit : fix.edits) move(edit.place);
    }
    own.diagnostics.push_back(std::move(one));
  }
  return out;
}

std::vector<std::vector<std::size_t>> clusters_of(std::span<const Source> files, const ForEach& for_each) {
  std::map<std::string_view, std::vector<std::size_t>> folders;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (looks_like_manifest(files[i].name(), files[i].text())) folders[folder_of(files[i].name())].push_back(i);
  }
  std::erase_if(folders, [&](const auto& folder) { return folder.second.size() < 2 && !is_kustomization(files[folder.second.front()]); });
  std::vector<std::size_t> asked;
  for (const auto& [folder, candidates] : folders) asked.insert(asked.end(), candidates.begin(), candidates.end());
  std::vector<Marks> marks(files.size());
  const auto mark = [&](std::size_t k) { marks[asked[k]] = marks_of(files[asked[k]]); };
  if (for_each) {
    for_each(asked.size(), mark);
  } else {
    for (std::size_t k = 0; k < asked.size(); ++k) mark(k);
  }
  std::vector<std::vector<std::size_t>> clusters;
  std::vector<bool> taken(files.size(), false);
  for (const auto& [folder, candidates] : folders) {
    std::vector<std::size_t> cluster = joined(files, candidates, marks);
    std::sort(cluster.begin(), cluster.end());
    cluster.erase(std::unique(cluster.begin(), cluster.end()), cluster.end());
    std::erase_if(cluster, [&](std::size_t i) { return taken[i]; });
    if (cluster.size() < 2) continue;
    for (const std::size_t i : cluster) taken[i] = true;
    clusters.push_back(std::move(cluster));
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!taken[i]) clusters.push_back({i});
  }
  std::sort(clusters.begin(), clusters.end());
  return clusters;
}

}  // namespace corefile
