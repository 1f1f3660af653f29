// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <span>
#include <vector>

namespace corefile {

/// Files as one text, one behind the other.
class JoinedFiles {
 public:
  /// None are more than Source::max_size together: see `fit`.
  explicit JoinedFiles(std::span<const Source> files);
  static bool fit(std::span<const Source> files) noexcept;

  const Source& text() const noexcept { return text_; }
  std::span<const Span> pieces() const noexcept { return pieces_; }
  /// The file that holds a byte of the text.
  std::size_t file_at(std::uint32_t offset) const noexcept;

  /// What the files hold; those that kustomize makes ConfigMaps of are keys of these.
  Manifest read(InputKind kind);
  /// What was found in the text, by file, with places in the files. An edit of another file than its finding's gets that file's document.
  std::vector<Analysis> split(std::vector<Diagnostic> found) const;
  /// The texts of what `read` gave, each to its file's analysis, as if that had been read alone.
  void keep_texts(Manifest manifest, std::span<Analysis> analyses) const;

 private:
  /// The file's index in the analysis's sources.
  std::uint32_t document(std::size_t file, Analysis& analysis) const;

  void add_generated(Manifest& manifest) const;

  std::span<const Source> files_;
  Source text_;
  std::vector<Span> pieces_;
  std::vector<std::uint32_t> first_documents_;  // by file
};

}  // namespace corefile
