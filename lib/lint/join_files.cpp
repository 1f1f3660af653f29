// SPDX-License-Identifier: Apache-2.0
#include "lint/join_files.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "lint/join.hpp"

namespace corefile {
namespace {

std::string_view folder_of(std::string_view path) noexcept {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
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
         !bundle.roles.empty() || !bundle.bindings.empty();
}

/// The files of one folder that can be one cluster's; none if an object stands in two of them.
std::vector<std::size_t> joined(std::span<const Source> files, const std::vector<std::size_t>& candidates) {
  std::vector<std::size_t> out;
  std::vector<ObjectName> seen;
  for (const std::size_t i : candidates) {
    const Manifest manifest = read_manifest(files[i]);
    if (!is_of_dns(manifest)) continue;
    const std::vector<ObjectName> own = once_in_a_cluster(manifest);
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

std::vector<std::vector<std::size_t>> clusters_of(std::span<const Source> files) {
  std::map<std::string_view, std::vector<std::size_t>> folders;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (looks_like_manifest(files[i].name(), files[i].text())) folders[folder_of(files[i].name())].push_back(i);
  }
  std::vector<std::vector<std::size_t>> clusters;
  std::vector<bool> taken(files.size(), false);
  for (const auto& [folder, candidates] : folders) {
    std::vector<std::size_t> cluster = candidates.size() < 2 ? std::vector<std::size_t>() : joined(files, candidates);
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
