// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <corefile/resolve.hpp>
#include <cstdint>
#include <limits>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Significant tokens of documents, one after the other, with imports spliced in: what caddyfile's Dispenser holds as one slice. A Word on
/// its way has its text before variables are replaced.
namespace corefile::resolve_detail {

/// Word::expansion has 27 bits.
inline constexpr std::uint32_t max_expansion = (1U << 27U) - 1;

/// A brace to read where the text has none, or has it stuck to a word.
struct Mend {
  std::uint32_t token;  ///< of document 0
  enum class Kind : std::uint8_t { close_before, split_brace } kind;
};

class Stream {
 public:
  Stream(std::vector<Document>& documents, std::vector<Expansion>& expansions, std::list<std::string>& texts, std::vector<Mend> mends)
      : documents_(documents), expansions_(expansions), texts_(texts), mends_(std::move(mends)) {
    std::reverse(mends_.begin(), mends_.end());
  }

  /// The next token, without taking it; null at the end.
  const Word* peek() { return at_ < end_ || read() ? &ahead_[at_] : nullptr; }
  /// The next token into `out`; false at the end, where `out` stays as it is.
  bool take(Word& out) {
    if (at_ == end_ && !read()) return false;
    out = ahead_[at_++];
    ++taken_;
    return true;
  }
  /// What follows now is a whole document's tokens, or a snippet's, then the rest.
  void push(std::uint32_t document, std::uint32_t expansion);
  void push(std::span<const Word> body, std::uint32_t expansion);
  std::uint64_t taken() const noexcept { return taken_; }

 private:
  static constexpr std::uint32_t no_token = std::numeric_limits<std::uint32_t>::max();
  struct Segment {
    enum class Kind : std::uint8_t { document, body, single } kind = Kind::document;
    std::uint32_t expansion = 0;
    std::uint32_t document = 0;
    std::uint32_t at = 0;
    std::uint32_t line = 1;
    std::uint32_t odd = 0;  // where the next byte stands that is read otherwise than it is written, or one before what is read
    std::span<const Word> body{};
    Word single{};  ///< a token that was read before something was pushed in front of it
  };
  /// Further tokens into `ahead_`, which is empty; false if there are none.
  bool read();
  void read_body(Segment& segment);
  /// The token at which something is to be mended next.
  std::uint32_t next_mend() const noexcept { return mends_.empty() ? no_token : mends_.back().token; }
  void read_document(Segment& segment);
  /// Takes the `{` off the word's end.
  Word split_brace(Word& word);
  void put_back();
  std::string_view text_of(const Document& document, Token token, bool odd);
  std::uint32_t expansion_for(std::uint32_t document, std::uint32_t expansion);

  std::vector<Document>& documents_;
  std::vector<Expansion>& expansions_;
  std::list<std::string>& texts_;
  std::vector<Mend> mends_;  // the next one last
  std::vector<Segment> segments_;
  std::array<Word, 32> ahead_;  // what is read at once, and one word more for a brace that was stuck to the last
  std::size_t at_ = 0, end_ = 0;
  std::uint64_t taken_ = 0;
};

}  // namespace corefile::resolve_detail
