// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/resolve.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Significant tokens of documents, one after the other, with imports spliced in: what caddyfile's Dispenser holds as one slice.
namespace corefile::resolve_detail {

/// A token on its way: where it stands, and its text before variables are replaced.
struct Raw {
  std::string_view text;
  std::uint32_t document = 0;
  Span span{};
  std::uint32_t line = 0;
  std::uint32_t expansion = 0;
  bool quoted = false;
  bool breaks = false;
  bool made = false;  ///< a brace that the text lacks: begins a line of its own

  std::uint32_t last_line() const noexcept;
};

/// A brace to read where the text has none, or has it stuck to a word.
struct Mend {
  std::uint32_t token;  ///< of document 0
  enum class Kind : std::uint8_t { close_before, split_brace } kind;
};

class Stream {
 public:
  Stream(std::vector<Document>& documents, std::vector<Expansion>& expansions, std::list<std::string>& texts, std::vector<Mend> mends)
      : documents_(documents), expansions_(expansions), texts_(texts), mends_(std::move(mends)) {}

  /// The next token, without taking it; null at the end.
  const Raw* peek() {
    has_next_ = has_next_ || read(next_);
    return has_next_ ? &next_ : nullptr;
  }
  /// The next token into `out`; false at the end, where `out` stays as it is.
  bool take(Raw& out) {
    if (has_next_) {
      out = next_;
      has_next_ = false;
    } else if (!read(out)) {
      return false;
    }
    ++taken_;
    return true;
  }
  /// What follows now is a whole document's tokens, or a snippet's, then the rest.
  void push(std::uint32_t document, std::uint32_t expansion);
  void push(const std::vector<Raw>& body, std::uint32_t expansion);
  std::uint64_t taken() const noexcept { return taken_; }

 private:
  struct Segment {
    std::optional<Raw> single{};  ///< a token that was looked at before something was pushed in front of it
    std::uint32_t expansion = 0;
    const std::vector<Raw>* body = nullptr;
    std::uint32_t document = 0;
    std::uint32_t at = 0;
    std::uint32_t line = 1;
  };
  bool read(Raw& out);
  bool read_body(Segment& segment, Raw& out);
  bool read_document(Segment& segment, Raw& out);
  void split_brace(Raw& word);
  void put_back();
  std::string_view text_of(const Document& document, Token token);
  std::uint32_t expansion_for(std::uint32_t document, std::uint32_t expansion);

  std::vector<Document>& documents_;
  std::vector<Expansion>& expansions_;
  std::list<std::string>& texts_;
  std::vector<Mend> mends_;
  std::size_t next_mend_ = 0;
  std::vector<Segment> segments_;
  std::optional<Raw> made_;  // waits behind next_
  Raw next_;
  bool has_next_ = false;
  std::uint64_t taken_ = 0;
};

}  // namespace corefile::resolve_detail
