// SPDX-License-Identifier: Apache-2.0
#include "resolve/stream.hpp"

#include <algorithm>

#include "base/short_text.hpp"
#include "syntax/reading.hpp"

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

std::uint32_t line_ends(std::string_view text) noexcept { return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')); }

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
  while (end_ > at_) segments_.push_back({.kind = Segment::Kind::single, .single = *--end_});
}

bool Stream::read() {
  ahead_[0] = at_[-2];
  ahead_[1] = at_[-1];
  at_ = end_ = ahead_ + kept;
  for (; !segments_.empty(); segments_.pop_back()) {
    Segment& last = segments_.back();
    last.kind == Segment::Kind::document ? read_document(last) : read_body(last);
    if (end_ != at_) return true;
  }
  return false;
}

void Stream::read_body(Segment& segment) {
  if (segment.kind == Segment::Kind::single) {
    if (segment.at++ == 0) *end_++ = segment.single;
    return;
  }
  while (segment.at < segment.body.size() && end_ < at_ + read_at_once) {
    Word& out = *end_++ = segment.body[segment.at++];
    out.expansion = expansion_for(expansions_[out.expansion].document, segment.expansion) & max_expansion;
  }
}

void Stream::read_document(Segment& segment) {
  const Document& document = documents_[segment.document];
  const std::string_view all = document.source().text();
  const detail::PackedToken* const tokens = detail::DocumentAccess::tokens(document);
  const detail::PackedToken* const last = tokens + document.token_count();
  const detail::PackedToken* next = tokens + segment.at;
  const bool mends = segment.document == 0 && !mends_.empty();
  const std::uint32_t expansion = segment.expansion;
  std::uint32_t line = segment.line;
  Word* out = end_;
  Word* const full = out + read_at_once;
  const auto word = [&](Span span, bool bare) -> Word {
    return {
        .text = {all.data() + span.begin, span.size()}, .span = span, .line = line, .expansion = expansion & max_expansion, .bare = bare};
  };
  while (next < last && out < full) {
    const detail::PackedToken* const token = next++;
    if (token->usual() && !mends) {
      if (token->kind() == TokenKind::newline) {
        ++line;
        continue;
      }
      *out++ = word({token->begin(), next->begin()}, true);
      if (next->kind() == TokenKind::space) ++next;
      continue;
    }
    const TokenKind kind = token->kind();
    if (kind == TokenKind::space) continue;
    if (kind == TokenKind::newline) {
      line += token->usual() ? 1 : line_ends(all.substr(token->begin(), next->begin() - token->begin()));
      continue;
    }
    if (!is_significant(kind)) continue;
    const Span span{token->begin(), next->begin()};
    *out = word(span, token->usual());
    const bool usual = token->usual() || (kind == TokenKind::word && segment.odd >= span.end);
    // T9: a lone quote at the end is lost.
    if (!usual && !read_rare({kind, span}, segment, *out)) continue;
    const bool mend = mends && next_mend() == static_cast<std::uint32_t>(token - tokens);
    if (mend && mends_.back().kind == Mend::Kind::close_before) {
      *out++ = close_before(span.begin, line, expansion);
      next = token;  // the token comes behind the brace
      continue;
    }
    if (!usual) line = out->last_line();
    ++out;
    if (mend) {
      *out = split_brace(out[-1]);
      ++out;
    }
  }
  const auto at = static_cast<std::uint32_t>(next - tokens);
  if (mends && next == last && out < full && next_mend() != no_token && next_mend() >= at) {
    *out++ = close_before(static_cast<std::uint32_t>(all.size()), line, expansion);
  }
  segment.at = at;
  segment.line = line;
  end_ = out;
}

Word Stream::close_before(std::uint32_t place, std::uint32_t line, std::uint32_t expansion) {
  mends_.pop_back();
  return {.text = "}", .span = {place, place}, .line = line, .expansion = expansion & max_expansion, .made = 1};
}

bool Stream::read_rare(Token token, Segment& segment, Word& out) {
  const Document& document = documents_[segment.document];
  const std::string_view all = document.source().text();
  if (segment.odd < token.span.begin) segment.odd = next_odd(all, token.span.begin);
  const bool odd = segment.odd < token.span.end;
  if (token.kind == TokenKind::word && !odd) return true;
  out.text = text_of(document, token, odd);
  out.quoted = token.kind != TokenKind::word;
  out.bare = !odd && short_text::is_bare(out.text, all);
  out.breaks = out.quoted != 0 && out.text.find('\n') != std::string_view::npos;
  return token.kind != TokenKind::unclosed_quote || !out.text.empty();
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
