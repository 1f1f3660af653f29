// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/fingerprint.hpp>
#include <corefile/render.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "render/positions.hpp"

/// What the formats for programs share.
namespace corefile::render {

/// A finding with what belongs to it.
struct Found {
  const Analysis& analysis;
  const Positions& positions;
  const Diagnostic& finding;
  std::size_t number;  ///< in analysis.diagnostics
};

template <typename See>
void for_each_finding(const std::vector<Analysis>& analyses, See&& see) {
  for (const Analysis& analysis : analyses) {
    const Positions positions(analysis);
    for (std::size_t i = 0; i < analysis.diagnostics.size(); ++i) see(Found{analysis, positions, analysis.diagnostics[i], i});
  }
}

/// The source's name as programs want it: without `.` and `..` in it, and without the base where it lies below.
std::string path_of(const Analysis& analysis, const Place& place, const RenderOptions& options);
std::string path_of(std::string_view name, const RenderOptions& options);
/// The same for fingerprints.
NameOf names_below(const RenderOptions& options);
/// A path as a URI, percent-encoded: relative as it is, `file://…` where it is absolute.
std::string uri(std::string_view path, const RenderOptions& options);
bool absolute(std::string_view path, const RenderOptions& options);
/// Text between `<` and `>`, or within `"`, of an XML document: escaped, and without characters that XML cannot hold.
std::string xml(std::string_view text);
/// The finding in words: message, notes and help, one a line.
std::string story(const Diagnostic& finding);
/// `##[` is a command to GitHub's runner wherever it stands: broken by a space that has no width.
std::string without_commands(std::string text);

}  // namespace corefile::render
