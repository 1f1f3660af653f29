// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/syntax.hpp>
#include <string>
#include <string_view>

namespace corefile {

/// A Document's tokens as it holds them, and what was seen as they were read.
struct detail::DocumentAccess {
  /// token_count() of them. What stands behind them begins at the text's end, and looks like a word.
  static const PackedToken* tokens(const Document& document) noexcept { return document.tokens_.data(); }
  /// Surely no `{` in a word or a quoted text but those that are words.
  static bool lone_braces(const Document& document) noexcept { return document.lone_braces_; }
  /// Surely no comment, no quote, and no words but lone braces and those of small letters, digits, `-`, `_`, `.`, `/` and `:`.
  static bool few_signs(const Document& document) noexcept { return document.few_signs_; }
  /// Surely each `}` begins its line.
  static bool closing_braces_lead(const Document& document) noexcept { return document.closing_braces_lead_; }
  /// Surely no unclosed_quote and no too_deep among the faults.
  static bool shallow(const Document& document) noexcept { return document.shallow_; }
};

/// The same text, with a quote that never ends ended at its line's end; the faults stay.
Document parse_mended(const Document& document);

/// What the server's lexer makes of a significant token: quotes and escapes removed, CRs dropped, bytes that are
/// not UTF-8 replaced by U+FFFD.
std::string decode(TokenKind kind, std::string_view raw);

}  // namespace corefile
