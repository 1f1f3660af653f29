// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/syntax.hpp>
#include <string>
#include <string_view>

namespace corefile {

/// The same text, with a quote that never ends ended at its line's end; the faults stay.
Document parse_mended(const Document& document);

/// What the server's lexer makes of a significant token: quotes and escapes removed, CRs dropped, bytes that are
/// not UTF-8 replaced by U+FFFD.
std::string decode(TokenKind kind, std::string_view raw);

}  // namespace corefile
