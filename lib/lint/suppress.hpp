// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <span>
#include <vector>

#include "lint/join.hpp"
#include "lint/suppression.hpp"

/// Findings that are ignored where they stand.
namespace corefile::suppress {

struct Ignore {
  Suppression says;
  Place covers;  ///< findings that begin in it
};

/// What the comments of the Config's documents ignore, with places in them. `holds_off`: not all rules are asked.
std::vector<Ignore> from_comments(const Config& config, const Options& options, const Catalogue& catalogue, bool holds_off);
/// What annotations ignore, with places in the file.
std::vector<Ignore> from_annotations(const std::vector<IgnoreAnnotation>& annotations, const Options& options, const Catalogue& catalogue);

/// Moves what they ignore from `found` to `suppressed`, with a label at the word that says so. Errors are ignored by their rule's name
/// alone.
void apply(std::vector<Ignore>& ignores, const Catalogue& catalogue, std::vector<Diagnostic>& found, std::vector<Diagnostic>& suppressed);

/// Into the places of the file, as pipeline::map_outward.
void map_outward(std::vector<Ignore>& ignores, const Config& config, const Embedded* embedded, const std::vector<Part>& parts,
                 std::vector<Source>& sources);

/// One for each place: a text that was read twice is used if it was once.
std::vector<Suppression> merged(std::vector<Ignore> ignores);

/// What the rules about suppressions find.
std::vector<Diagnostic> tell(const std::vector<Suppression>& all, const Context& context, const Catalogue& catalogue,
                             const Selection& selection);

}  // namespace corefile::suppress
