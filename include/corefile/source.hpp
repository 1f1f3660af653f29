// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace corefile {

/// Half-open byte range [begin, end) into one Source. The only notion of "where" in the library.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const noexcept { return end - begin; }
  constexpr bool empty() const noexcept { return begin == end; }
  constexpr bool contains(std::uint32_t offset) const noexcept { return begin <= offset && offset < end; }
  constexpr auto operator<=>(const Span&) const = default;
};

/// What people see: 1-based line, 1-based column in Unicode code points (a byte that is not UTF-8 counts
/// as one; a leading byte order mark does not count). Computed for display, never stored.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  constexpr auto operator<=>(const Position&) const = default;
};

/// A named, immutable text. A cheap handle: copies share the text, and views of it stay valid as long as
/// one copy lives. Everything else refers to it by offset.
class Source {
 public:
  /// The longest text that can be analysed, in bytes (256 MiB - 1). A longer one is cut there, and
  /// `truncated()` says so; the engine turns that into a finding of severity error.
  static constexpr std::size_t max_size = (std::size_t{1} << 28) - 1;

  Source();
  Source(std::string name, std::string text);
  Source(const Source&) = default;
  Source& operator=(const Source&) = default;
  /// One that was moved from is empty.
  Source(Source&& other) noexcept : rep_(std::move(other.rep_)), text_(std::exchange(other.text_, {})) {}
  Source& operator=(Source&& other) noexcept {
    rep_ = std::move(other.rep_);
    text_ = std::exchange(other.text_, {});
    return *this;
  }
  ~Source() = default;

  const std::string& name() const noexcept;
  std::string_view text() const noexcept { return text_; }
  std::string_view text(Span at) const noexcept { return text_.substr(at.begin, at.end - at.begin); }
  bool truncated() const noexcept;

  /// Line and column of a byte offset; offsets past the end give the end. O(offset).
  Position position(std::uint32_t offset) const noexcept;
  /// The span of the line that holds `offset`, without its line end (LF or CRLF). O(line length).
  Span line(std::uint32_t offset) const noexcept;

 private:
  struct Rep;
  std::shared_ptr<const Rep> rep_;
  std::string_view text_;
};

/// A byte range in one of several texts: of a Config's documents, or of an Analysis's sources.
struct Place {
  std::uint32_t document = 0;
  Span span;
  constexpr auto operator<=>(const Place&) const = default;
};

}  // namespace corefile
