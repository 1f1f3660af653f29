// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/manifest.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/bundle.hpp"

/// A manifest as rules see it.
namespace corefile {

/// Something about the manifest itself, for the rules of group `manifest` to put into words.
struct ManifestFault {
  enum class Kind : std::uint8_t {
    invalid_yaml,      ///< `detail`: what is wrong; `subject`: the key of the text it breaks off
    corefile_missing,  ///< a ConfigMap that should have `Corefile` has none; `subject`: a key like it, if there is one; `detail`: what to
                       ///< write there, if it is not a key of `data`
    value_not_text,    ///< `subject`: the key; `detail`: what it is: `a number`
    duplicate_key,     ///< `subject`: the key; `related`: the first one; `detail`: who reads it, if not kubectl
    object_twice,      ///< a ConfigMap of the same name and namespace stands before it, at `related`
    binary_data,       ///< a Corefile under `binaryData`
    lines_folded,      ///< `subject`: the key; YAML makes spaces of line ends in this style
    templated,         ///< `subject`: `Helm`, `Go`, `Jinja`, … or `placeholder`; `detail`: the word; said once a file
    unfilled,          ///< the same in an object that lives in a cluster, where nobody fills it in any more
    chart_unread,      ///< a HelmChartConfig that is of no chart; `subject`: what it should say; `detail`: why
    owned,             ///< another program puts it back; `subject`: which; `detail`: where to write instead, if that is known
    described          ///< the output of `kubectl describe`
  } kind;
  Span span;  ///< in the file
  Span related{};
  std::string object;  ///< as in Embedded
  std::string subject;
  std::string detail;
};

/// `ignore.corefile-lint.dev/RULE: REASON` of an object with a Corefile.
struct IgnoreAnnotation {
  std::string rule;
  std::string text;  ///< the value
  Span rule_span{};  ///< the key, in the file
  Span lines{};      ///< all lines of the annotation; empty where something else stands on them
  Span covers{};     ///< the object
};

struct Manifest {
  std::vector<Embedded> corefiles;
  std::vector<Embedded> texts;  ///< what the same ConfigMaps hold under other keys
  Bundle bundle;
  std::vector<ManifestFault> faults;
  std::vector<IgnoreAnnotation> ignores;
};

/// What a template engine reads, by its name: `.j2`, `.tmpl`, …
bool is_template_name(std::string_view file) noexcept;

/// Total: broken YAML gives a fault, never an exception. O(size).
Manifest read_manifest(const Source& file);

}  // namespace corefile
