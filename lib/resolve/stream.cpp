// SPDX-License-Identifier: Apache-2.0
#include "resolve/stream.hpp"
#include "syntax/reading.hpp"

#include <algorithm>

#include "base/short_text.hpp"

namespace corefile::resolve_detail {
namespace {

/// The next byte from `from` on that decode() may read otherwise: above 127, CR or `\`; the text's size if there is none.
std::uint32_t next_odd(std::string_view text, std::size_t from) noexcept {
  constexpr std::uint64_t high = 0x8080808080808080U;
  for (; from + 8 <= text.size(); from += 8) {
    const std::uint64_t word = short_text::load8(text.data() + from);
    if (((word & high) | short_text::bytes_equal(word, '\\') | short_text::bytes_equal(word, '\r')) != 0) break;
  }
  const auto is_odd = [](char c) { return c == '\r' || c == '\\' || static_cast<unsigned char>(c) > 127; };
  return static_cast<std::uint32_t>(std::find_if(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), is_odd) - text.begin());
}

}  // namespace

void Stream::push(std::uint32_t document, std::uint32_t expansion) {
  put_back();
  const std::string_view text = documents_[document].source().text();
  const std::uint32_t odd = documents_[document].plain() ? static_cast<std::uint32_t>(text.size()) : next_odd(text, 0);
  segments_.push_back({.expansion = expansion, .document = document, .odd = odd});
}
void Stream::push(std::span<const Word> body, std::uint32_t expansion) {
  put_back();
  segments_.push_back({.kind = Segment::Kind::body, .expansion = expansion, .body = body});
}

void Stream::put_back() {
  while (end_ > at_) segments_.push_back({.kind = Segment::Kind::single, .single = ahead_[--end_]});
}

bool Stream::read() {
  at_ = end_ = 0;
  for (; !segments_.empty(); segments_.pop_back()) {
    Segment& last = segments_.back();
    last.kind == Segment::Kind::document ? read_document(last) : read_body(last);
    if (end_ > 0) return true;
  }
  return false;
}

void Stream::read_body(Segment& segment) {
  if (segment.kind == Segment::Kind::single) {
    if (segment.at++ == 0) ahead_[end_++] = segment.single;
    return;
  }
  while (segment.at < segment.body.size() && end_ + 1 < ahead_.size()) {
    Word& out = ahead_[end_++] = segment.body[segment.at++];
    out.expansion = expansion_for(expansions_[out.expansion].document, segment.expansion) & max_expansion;
  }
}

void Stream::read_document(Segment& segment) {
  const Document& document = documents_[segment.document];
  const std::string_view all = document.source().text();
  const std::uint32_t count = document.token_count();
  std::uint32_t mended = segment.document == 0 ? next_mend() : no_token;
  std::uint32_t at = segment.at;
  std::uint32_t line = segment.line;
  std::uint32_t next_odd_byte = segment.odd;
  const std::uint32_t expansion = segment.expansion;
  Word* out = ahead_.data();
  Word* const full = out + ahead_.size() - 1;
  const auto brace_before = [&](std::uint32_t place) {
    mends_.pop_back();
    mended = next_mend();
    *out++ = {.text = "}", .span = {place, place}, .line = line, .expansion = expansion & max_expansion, .made = 1};
  };
  for (; at < count && out < full; ++at) {
    const TokenKind kind = document.kind(at);
    if (kind == TokenKind::space) continue;
    const Span span = document.token(at).span;
    if (kind == TokenKind::newline) {
      // Most have no line end but the first: the rest is the next line's indentation.
      const std::string_view rest(all.data() + span.begin + 1, span.size() - 1);
      line += 1 + (short_text::holds(rest, '\n') ? static_cast<std::uint32_t>(std::count(rest.begin(), rest.end(), '\n')) : 0);
      continue;
    }
    if (!is_significant(kind)) continue;
    const bool word = kind == TokenKind::word;
    if (next_odd_byte < span.begin) next_odd_byte = next_odd(all, span.begin);
    const bool odd = next_odd_byte < span.end;
    const std::string_view text =
        word && !odd ? std::string_view(all.data() + span.begin, span.size()) : text_of(document, {kind, span}, odd);
    // T9: a lone quote at the end is lost.
    if (kind == TokenKind::unclosed_quote && text.empty()) continue;
    if (at == mended && mends_.back().kind == Mend::Kind::close_before) {
      brace_before(span.begin);
      --at;  // the token comes behind the brace
      continue;
    }
    const auto breaks = word ? 0U : static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    *out++ = {.text = text,
              .span = span,
              .line = line,
              .expansion = expansion & max_expansion,
              .bare = !odd && short_text::is_bare(text, all),
              .quoted = !word,
              .breaks = breaks != 0};
    line += breaks;
    if (at == mended) {
      *out = split_brace(out[-1]);
      ++out;
      mended = next_mend();
    }
  }
  if (at == count && out < full && mended != no_token && mended >= count) brace_before(static_cast<std::uint32_t>(all.size()));
  segment.at = at;
  segment.line = line;
  segment.odd = next_odd_byte;
  end_ = static_cast<std::size_t>(out - ahead_.data());
}

Word Stream::split_brace(Word& word) {
  mends_.pop_back();
  Word brace = word;
  brace.text = "{";
  brace.span.begin = brace.span.end - 1;
  word.text.remove_suffix(1);
  --word.span.end;
  return brace;
}

std::string_view Stream::text_of(const Document& document, Token token, bool odd) {
  std::string_view raw = document.source().text(token.span);
  if (odd) {
    std::string decoded = decode(token.kind, raw);
    if (token.kind == TokenKind::word && decoded == raw) return raw;
    return texts_.emplace_back(std::move(decoded));
  }
  if (token.kind == TokenKind::word) return raw;
  raw.remove_prefix(1);
  if (token.kind == TokenKind::quoted) raw.remove_suffix(1);
  return raw;
}

std::uint32_t Stream::expansion_for(std::uint32_t document, std::uint32_t expansion) {
  if (expansions_[expansion].document == document) return expansion;
  // A snippet whose body came out of several files: one expansion for each.
  if (const Expansion& last = expansions_.back();
      last.document == document && last.parent == expansions_[expansion].parent && last.import == expansions_[expansion].import) {
    return static_cast<std::uint32_t>(expansions_.size() - 1);
  }
  expansions_.push_back({document, expansions_[expansion].parent, expansions_[expansion].import});
  return static_cast<std::uint32_t>(expansions_.size() - 1);
}

}  // namespace corefile::resolve_detail
