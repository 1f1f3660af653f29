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

const Raw* Stream::peek() {
  if (has_next_) return &next_;
  if (made_) {
    next_ = *made_;
    made_.reset();
    has_next_ = true;
    return &next_;
  }
  while (!segments_.empty()) {
    if (read(segments_.back())) {
      has_next_ = true;
      return &next_;
    }
    segments_.pop_back();
  }
  return nullptr;
}

Raw Stream::take() {
  has_next_ = false;
  ++taken_;
  return next_;
}

bool Stream::read(Segment& segment) {
  if (segment.single) {
    if (segment.at++ != 0) return false;
    next_ = *segment.single;
    return true;
  }
  if (segment.body != nullptr) {
    if (segment.at == segment.body->size()) return false;
    next_ = (*segment.body)[segment.at++];
    next_.expansion = expansion_for(next_.document, segment.expansion);
    return true;
  }
  const Document& document = documents_[segment.document];
  const std::string_view all = document.source().text();
  for (const std::uint32_t count = document.token_count(); segment.at < count; ++segment.at) {
    const TokenKind kind = document.kind(segment.at);
    if (!is_significant(kind)) {
      if (kind != TokenKind::newline) continue;
      const Span span = document.token(segment.at).span;
      segment.line += span.size() == 1 ? 1 : static_cast<std::uint32_t>(std::count(all.begin() + span.begin, all.begin() + span.end, '\n'));
      continue;
    }
    const Token token = document.token(segment.at);
    if (kind == TokenKind::unclosed_quote && token.span.size() == 1) continue;  // T9: a lone quote at the end is lost
    next_.text = text_of(document, token);
    next_.document = segment.document;
    next_.span = token.span;
    next_.line = segment.line;
    next_.expansion = segment.expansion;
    next_.quoted = kind != TokenKind::word;
    next_.breaks = false;
    next_.made = false;
    if (next_.quoted && !next_.text.empty()) {
      const auto lines = static_cast<std::uint32_t>(std::count(next_.text.begin(), next_.text.end(), '\n'));
      next_.breaks = lines != 0;
      segment.line += lines;
    } else if (kind == TokenKind::unclosed_quote) {
      continue;
    }
    ++segment.at;
    if (segment.document == 0 && segment.body == nullptr && next_mend_ < mends_.size()) {
      const std::uint32_t index = segment.at - 1;
      const Mend mend = mends_[next_mend_];
      if (mend.token == index && mend.kind == Mend::Kind::split_brace) {
        ++next_mend_;
        Raw brace = next_;
        brace.text = "{";
        brace.span.begin = brace.span.end - 1;
        next_.text.remove_suffix(1);
        --next_.span.end;
        made_ = brace;
      } else if (mend.token == index) {
        ++next_mend_;
        --segment.at;  // read the token again, behind the brace
        if (next_.quoted) segment.line = next_.line;
        next_ = Raw{"}", 0, {token.span.begin, token.span.begin}, next_.line, segment.expansion, false, false, true};
      }
    }
    return true;
  }
  if (segment.document == 0 && next_mend_ < mends_.size() && mends_[next_mend_].token >= document.token_count()) {
    ++next_mend_;
    const auto end = static_cast<std::uint32_t>(all.size());
    next_ = Raw{"}", 0, {end, end}, segment.line, segment.expansion, false, false, true};
    return true;
  }
  return false;
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
