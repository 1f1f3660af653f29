// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/role.hpp>
#include <corefile/source.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Corefiles inside Kubernetes YAML or JSON.
namespace corefile {

struct Platform;

/// A run of bytes that the embedded text and the outer file have in common, or one embedded run that several outer bytes
/// stand for (an escape, a folded line end). Runs tile the embedded text in order.
struct Segment {
  std::uint32_t inner;   ///< first byte in the embedded text
  Span outer;            ///< in the file
  bool verbatim = true;  ///< byte for byte; else the whole of `outer` stands for the whole run
};

/// `file`: no scalar, but a file of its own.
enum class ScalarStyle : std::uint8_t { literal, folded, plain, single_quoted, double_quoted, file };

/// One Corefile, or part of one, inside a manifest.
struct Embedded {
  Source source;             ///< named like the file
  std::vector<Segment> map;  ///< empty: the identity
  Role role = Role::other_configmap;
  ScalarStyle style = ScalarStyle::literal;
  std::uint32_t indent = 0;            ///< of a block scalar's lines, in bytes
  std::string object;                  ///< `ConfigMap kube-system/coredns`, for people
  std::string key;                     ///< `Corefile`, `x.server`
  std::uint32_t document = 0;          ///< which YAML document of the file, from 0
  Span key_span{};                     ///< the key, in the file
  bool templated = false;              ///< holds words that another program replaces: see `manifest-template`
  bool rendered = false;               ///< put together out of several values: no edit of it is one of the file
  std::string name_space{};            ///< of the object; empty where it is not known
  std::string name{};                  ///< of the object
  const Platform* platform = nullptr;  ///< whose marks the object has

  /// The outer range an inner range stands for; exact in every scalar style.
  Span outer(Span inner) const noexcept;
  /// The byte that an outer byte stands for; none where that is not in this text. O(log segments).
  std::optional<std::uint32_t> inner(std::uint32_t outer) const noexcept;
  /// An edit of the embedded text as one of the file: indented, escaped or refused (false) as the style needs.
  bool outer_edit(Span inner, std::string_view text, Span& at, std::string& replacement) const;
};

enum class InputKind : std::uint8_t { detect, corefile, manifest };

/// Whether a file is a manifest: by name (`.yaml`, `.yml`, `.json`; `.tf`, `.tofu`), else by its first lines.
bool looks_like_manifest(std::string_view name, std::string_view text) noexcept;

/// The Corefiles in a manifest, in the order of the file. Total: of broken YAML, what can be read. O(size).
std::vector<Embedded> read_corefiles(const Source& file);

}  // namespace corefile
