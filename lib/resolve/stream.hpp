// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <corefile/resolve.hpp>
#include <cstddef>
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
    ahead_[0] = ahead_[1] = none;
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Moves to the next token; false at the end, where the current one stays.
  bool next() {
    if (at_ == end_ && !read()) return false;
    ++at_;
    return true;
  }
  /// Stay where they are until next() or peek().
  Word& current() { return at_[-1]; }
  const Word& current() const { return at_[-1]; }
  const Word& previous() const { return at_[-2]; }
  /// The current token is the next one as well.
  void hold() { --at_; }
  /// The next token, without moving there; null at the end.
  const Word* peek() { return at_ != end_ || read() ? at_ : nullptr; }
  /// Reads on as if this had been read last.
  void set_last(const Word& previous, const Word& current) {
    at_[-2] = previous;
    at_[-1] = current;
  }
  /// The token before the first: empty, on no line, and what follows begins a line.
  static constexpr Word none{.text = {}, .span = {}, .line = 0, .made = 1};

  /// What follows now is a whole document's tokens, or a snippet's, then the rest.
  void push(std::uint32_t document, std::uint32_t expansion);
  void push(std::span<const Word> body, std::uint32_t expansion);

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
  /// Further tokens into `ahead_`, of which all are taken; false if there are none.
  bool read();
  void read_body(Segment& segment);
  /// The token at which something is to be mended next.
  std::uint32_t next_mend() const noexcept { return mends_.empty() ? no_token : mends_.back().token; }
  void read_document(Segment& segment);
  /// Goes on with a token that is no bare word; false where nothing is left of it.
  bool read_rare(Token token, Segment& segment, Word& out);
  /// The `}` that the next mend asks for.
  Word close_before(std::uint32_t place, std::uint32_t line, std::uint32_t expansion);
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
  static constexpr std::size_t kept = 2;
  static constexpr std::size_t read_at_once = 32;
  /// The current token and the one before, then what was read ahead, and room for a brace that was stuck to the last word. Bytes, for
  /// nothing needs to stand there before it is read.
  alignas(Word) std::array<std::byte, (kept + read_at_once + 1) * sizeof(Word)> storage_;
  Word* const ahead_ = reinterpret_cast<Word*>(storage_.data());
  Word* at_ = ahead_ + kept;  // the next one
  Word* end_ = at_;
};

}  // namespace corefile::resolve_detail
