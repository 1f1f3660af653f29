// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <vector>

#include "lint/join.hpp"

/// What becomes of findings between the rules and the caller, one small step after the other.
namespace corefile::pipeline {

/// The rules that are not to be heard, by their entries; empty if all are.
std::vector<bool> silent(const Selection& selection, const Catalogue& catalogue);

/// A selector's name speaks of some rule that is to be heard; `quiet` comes from silent().
bool heard(std::string_view name, const std::vector<bool>& quiet, const Catalogue& catalogue);
/// The name is the rule's, its group's, or `ALL`: 3, 2, 1; else 0.
int precision(std::string_view name, const Catalogue::Entry& entry) noexcept;

/// New lines in edits end as lines of their file do.
void own_line_ends(std::vector<Diagnostic>& found, const Config& config);
/// Of findings about one Corefile: its documents and the files beside it become `sources`, and what is embedded in a file gets that file's
/// places and edits. So does what stands in a part beside it.
void map_outward(std::vector<Diagnostic>& found, const Config& config, std::span<const Source> beside, const Embedded* embedded,
                 const std::vector<Part>& parts, std::vector<Source>& sources);
/// Of findings with one place and rule, the first.
void unite_places(std::vector<Diagnostic>& found);
/// Gives findings the severities that their rules were given.
void set_severities(std::vector<Diagnostic>& found, const Selection& selection, const Catalogue& catalogue);
/// By file, place, rule and message.
void sort(std::vector<Diagnostic>& found);
/// Sorted findings, each once: a snippet used in several blocks gives the same one for each use.
void unite(std::vector<Diagnostic>& found);
/// Keeps the `most` severest, and of one severity the first ones; they stay in their order.
void cap(Analysis& analysis, std::uint32_t most);

}  // namespace corefile::pipeline
