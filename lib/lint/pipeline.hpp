// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <cstdint>
#include <vector>

/// What becomes of findings between the rules and the caller, one step after the other: each is a function of the findings alone.
namespace corefile::pipeline {

/// Lines that fixes write end as those around them do. Rules write LF.
void keep_line_ends(std::vector<Diagnostic>& findings, const Config& config);
/// Findings about an embedded Corefile become findings about its file. A fix that the file's style does not allow is left out.
void map_outward(std::vector<Diagnostic>& findings, const Embedded& embedded);
/// Places in a Config's documents become places in `sources`, to which files that were imported are added, each once.
void map_to_sources(std::vector<Diagnostic>& findings, const Config& config, std::vector<Source>& sources);

/// Whether a rule was asked for.
bool is_selected(const Selection& selection, const Catalogue::Entry& entry) noexcept;
/// Leaves what was asked for, with the severities that were asked for. What no rule of the catalogue says stays.
void select(std::vector<Diagnostic>& findings, const Selection& selection, const Catalogue& catalogue);

/// By file, place, rule, message.
void sort(std::vector<Diagnostic>& findings);
/// A snippet used in several blocks gives the same finding once for each use: one is left. They come sorted.
void unite(std::vector<Diagnostic>& findings);

/// How many findings of each severity were cut.
struct Cut {
  std::uint32_t infos = 0, warnings = 0, errors = 0;
};
/// No more than `most` are left, in their order: no error is cut while something lesser is kept, and no warning while an info is.
Cut cap(std::vector<Diagnostic>& findings, std::uint32_t most);

}  // namespace corefile::pipeline
