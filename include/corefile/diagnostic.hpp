// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corefile {

/// A promise. `error`: this release refuses the file, or DNS certainly breaks. `warning`: it loads, and something
/// will go wrong or is not what it looks like. `info`: worth knowing.
enum class Severity : std::uint8_t { info, warning, error };
std::string_view to_string(Severity severity) noexcept;
std::optional<Severity> parse_severity(std::string_view text) noexcept;

/// Ordered: a fix is applied when its safety is at least the one wanted. `safe`: the same configuration, better
/// written, or the one obviously meant. `unsafe`: changes what is answered. `shown`: for the reader to judge.
enum class Safety : std::uint8_t { shown, unsafe, safe };
std::string_view to_string(Safety safety) noexcept;

/// An empty span inserts, an empty text deletes.
struct Edit {
  Place place;
  std::string text;
};
/// `text` with its edits, which are sorted, do not overlap and are all of this text, whatever document they name. O(size).
std::string apply_edits(std::string_view text, std::span<const Edit> edits);

struct Fix {
  std::string title;  ///< imperative, no full stop: "insert `fallthrough`"
  Safety safety = Safety::unsafe;
  std::vector<Edit> edits{};  ///< sorted, not overlapping, all in one document
};
/// Another place that matters, and why.
struct Label {
  Place place;
  std::string text;
};

struct Diagnostic {
  std::string_view rule;  ///< the rule's name: static storage
  Severity severity = Severity::warning;
  Place place;          ///< the smallest range that shows the problem
  std::string message;  ///< what is wrong: one clause, no full stop, no advice
  std::string label{};  ///< a word or two under the caret; may be empty
  std::vector<Label> labels{};
  std::vector<std::string> notes{};  ///< why it matters, what CoreDNS says
  std::string help{};                ///< what to do
  std::vector<Fix> fixes{};          ///< best first
};

}  // namespace corefile
