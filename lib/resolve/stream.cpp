// SPDX-License-Identifier: Apache-2.0
#include "resolve/stream.hpp"

#include <algorithm>

namespace corefile::resolve_detail {

void Stream::push(std::uint32_t document, std::uint32_t expansion) {
  put_back();
  segments_.push_back({.expansion = expansion, .document = document});
}
void Stream::push(std::span<const Word> body, std::uint32_t expansion) {
  put_back();
  segments_.push_back({.kind = Segment::Kind::body, .expansion = expansion, .body = body});
}

void Stream::put_back() {
  if (made_) segments_.push_back({.kind = Segment::Kind::single, .single = *made_});
  if (has_next_) segments_.push_back({.kind = Segment::Kind::single, .single = next_});
  made_.reset();
  has_next_ = false;
}

bool Stream::read(Word& out) {
  if (made_) {
    out = *made_;
    made_.reset();
    return true;
  }
  for (; !segments_.empty(); segments_.pop_back()) {
    Segment& last = segments_.back();
    if (last.kind == Segment::Kind::document ? read_document(last, out) : read_body(last, out)) return true;
  }
  return false;
}

bool Stream::read_body(Segment& segment, Word& out) {
  if (segment.kind == Segment::Kind::single) {
    if (segment.at++ != 0) return false;
    out = segment.single;
    return true;
  }
  if (segment.at == segment.body.size()) return false;
  out = segment.body[segment.at++];
  out.expansion = expansion_for(expansions_[out.expansion].document, segment.expansion) & max_expansion;
  return true;
}

bool Stream::read_document(Segment& segment, Word& out) {
  const Document& document = documents_[segment.document];
  const std::string_view all = document.source().text();
  const std::uint32_t count = document.token_count();
  const std::uint32_t mended = segment.document == 0 ? next_mend() : no_token;
  std::uint32_t at = segment.at;
  std::uint32_t line = segment.line;
  const auto brace_before = [&](std::uint32_t place) {
    mends_.pop_back();
    out = {.text = "}", .span = {place, place}, .line = line, .expansion = segment.expansion & max_expansion, .made = 1};
  };
  for (; at < count; ++at) {
    const TokenKind kind = document.kind(at);
    if (kind == TokenKind::space) continue;
    const Span span = document.token(at).span;
    if (kind == TokenKind::newline) {
      // Most have no line end but the first: the rest is the next line's indentation.
      for (std::size_t end = span.begin; end < span.end; end = all.find('\n', end + 1)) ++line;
      continue;
    }
    if (!is_significant(kind)) continue;
    const bool word = kind == TokenKind::word;
    const std::string_view text =
        word && document.plain() ? std::string_view(all.data() + span.begin, span.size()) : text_of(document, {kind, span});
    // T9: a lone quote at the end is lost.
    if (kind == TokenKind::unclosed_quote && text.empty()) continue;
    if (at == mended && mends_.back().kind == Mend::Kind::close_before) {
      segment.at = at;  // the token comes behind the brace
      segment.line = line;
      brace_before(span.begin);
      return true;
    }
    const auto breaks = word ? 0U : static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    segment.at = at + 1;
    segment.line = line + breaks;
    out = {.text = text,
           .span = span,
           .line = line,
           .expansion = segment.expansion & max_expansion,
           .quoted = word ? 0U : 1U,
           .breaks = breaks != 0 ? 1U : 0U};
    if (at == mended) split_brace(out);
    return true;
  }
  segment.at = at;
  segment.line = line;
  if (mended == no_token || mended < count) return false;
  brace_before(static_cast<std::uint32_t>(all.size()));
  return true;
}

void Stream::split_brace(Word& word) {
  mends_.pop_back();
  made_ = word;
  made_->text = "{";
  made_->span.begin = made_->span.end - 1;
  word.text.remove_suffix(1);
  --word.span.end;
}

std::string_view Stream::text_of(const Document& document, Token token) {
  std::string_view raw = document.source().text(token.span);
  const bool odd = !document.plain() && std::any_of(raw.begin(), raw.end(),
                                                    [](char c) { return c == '\r' || c == '\\' || static_cast<unsigned char>(c) > 127; });
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
