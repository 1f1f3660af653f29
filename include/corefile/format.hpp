// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/diagnostic.hpp>
#include <corefile/manifest.hpp>
#include <corefile/resolve.hpp>
#include <corefile/syntax.hpp>
#include <cstdint>
#include <string>
#include <vector>

/// One way to write a Corefile's white space: four spaces a block, one space between words, none at a line's end. Nothing is aligned and
/// no line is broken, joined, added or taken away, so that CoreDNS gets the same words on the same lines: not even `reload` sees a change.
namespace corefile {

/// Edits of white space alone, none within quotes, in the order of the text. A line end is added to a last line that has none where
/// `whole` says that the text is a file of its own. Makes sense for a document without faults. O(size).
std::vector<Edit> format(const Document& document, bool whole = true);

/// A Corefile that is left as it is.
struct Unformatted {
  Span span;           ///< in the file: what stands in the way
  std::string object;  ///< as in Embedded; empty: the file is the Corefile
  std::string key;
  std::string reason;  ///< one clause
  bool refused;        ///< by CoreDNS's parser, or its braces or quotes do not match
};

struct Formatting {
  std::vector<Edit> edits;        ///< of the file, in its order
  std::vector<Unformatted> left;  ///< each such Corefile has no edit
  std::uint32_t corefiles = 0;    ///< how many the file holds
};

/// Of a Corefile, or of those in a manifest, each in its scalar's style. What another program fills in is left as it is, and so is what
/// CoreDNS's parser refuses and what its scalar cannot hold otherwise. The result is read again: where words, lines, comments, the tree or
/// what a known release says of it would be others, the Corefile is left as it is. `form`: of a file that is no manifest. O(size), and two
/// verdicts a release where something changes.
Formatting format(const Source& file, InputKind kind = InputKind::detect, Form form = Form::corefile);

}  // namespace corefile
