// SPDX-License-Identifier: Apache-2.0
#include "resolve/stream.hpp"

#include <algorithm>

namespace corefile::resolve_detail {

std::uint32_t Raw::last_line() const noexcept {
  return breaks ? line + static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')) : line;
}

void Stream::push(std::uint32_t document, std::uint32_t expansion) {
  put_back();
  segments_.push_back({.expansion = expansion, .document = document});
}
void Stream::push(const std::vector<Raw>& body, std::uint32_t expansion) {
  put_back();
  segments_.push_back({.expansion = expansion, .body = &body});
}

void Stream::put_back() {
  if (made_) segments_.push_back({.single = *made_});
  if (has_next_) segments_.push_back({.single = next_});
  made_.reset();
  has_next_ = false;
}

bool Stream::read(Raw& out) {
  if (made_) {
    out = *made_;
    made_.reset();
    return true;
  }
  for (; !segments_.empty(); segments_.pop_back()) {
    Segment& last = segments_.back();
    if (last.body == nullptr && !last.single ? read_document(last, out) : read_body(last, out)) return true;
  }
  return false;
}

bool Stream::read_body(Segment& segment, Raw& out) {
  if (segment.single) {
    if (segment.at++ != 0) return false;
    out = *segment.single;
    return true;
  }
  if (segment.at == segment.body->size()) return false;
  out = (*segment.body)[segment.at++];
  out.expansion = expansion_for(out.document, segment.expansion);
  return true;
}

bool Stream::read_document(Segment& segment, Raw& out) {
  const Document& document = documents_[segment.document];
  const std::string_view all = document.source().text();
  const std::uint32_t count = document.token_count();
  std::uint32_t at = segment.at;
  std::uint32_t line = segment.line;
  const auto brace_before = [&](std::uint32_t place) { out = Raw{"}", 0, {place, place}, line, segment.expansion, false, false, true}; };
  for (; at < count; ++at) {
    const TokenKind kind = document.kind(at);
    if (kind == TokenKind::space) continue;
    const Token token = document.token(at);
    if (!is_significant(kind)) {
      if (kind != TokenKind::newline) continue;
      line += 1 + static_cast<std::uint32_t>(std::count(all.begin() + token.span.begin + 1, all.begin() + token.span.end, '\n'));
      continue;
    }
    const bool word = kind == TokenKind::word;
    const std::string_view text = word && document.plain() ? all.substr(token.span.begin, token.span.size()) : text_of(document, token);
    // T9: a lone quote at the end is lost.
    if (kind == TokenKind::unclosed_quote && text.empty()) continue;
    const Mend* const mend =
        segment.document == 0 && next_mend_ < mends_.size() && mends_[next_mend_].token == at ? &mends_[next_mend_] : nullptr;
    segment.line = line;
    if (mend != nullptr && mend->kind == Mend::Kind::close_before) {
      ++next_mend_;
      segment.at = at;  // the token comes behind the brace
      brace_before(token.span.begin);
      return true;
    }
    const auto breaks = word ? 0U : static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    segment.at = at + 1;
    segment.line = line + breaks;
    out.text = text;
    out.document = segment.document;
    out.span = token.span;
    out.line = line;
    out.expansion = segment.expansion;
    out.quoted = !word;
    out.breaks = breaks != 0;
    out.made = false;
    if (mend != nullptr) split_brace(out);
    return true;
  }
  segment.at = at;
  segment.line = line;
  if (segment.document != 0 || next_mend_ == mends_.size() || mends_[next_mend_].token < count) return false;
  ++next_mend_;
  brace_before(static_cast<std::uint32_t>(all.size()));
  return true;
}

void Stream::split_brace(Raw& word) {
  ++next_mend_;
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
