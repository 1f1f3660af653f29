// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/manifest.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"

namespace corefile::manifest_detail {

/// Builds a scalar's text and map from its begin on, each step held against the value that yaml-cpp read.
class Tiler {
 public:
  Tiler(std::string_view file, std::string_view value) : file_(file), value_(value) {}

  bool ok() const noexcept { return ok_; }
  void fail() noexcept { ok_ = false; }
  /// The whole value is there.
  bool done() const noexcept { return at_ == value_.size(); }
  std::string_view rest() const noexcept { return value_.substr(at_); }

  /// These bytes of the file, as they are.
  void copy(std::uint32_t begin, std::uint32_t end) {
    if (begin == end || !expect(file_.substr(begin, end - begin))) return;
    const bool joins = !map.empty() && map.back().verbatim && map.back().outer.end == begin;
    if (joins) {
      map.back().outer.end = end;
    } else {
      map.push_back({inner(), {begin, end}, true});
    }
    text += file_.substr(begin, end - begin);
  }
  /// These bytes of the file stand for `decoded`, for which yaml-cpp has `parsed`.
  void stand(Span outer, std::string_view decoded, std::string_view parsed) {
    if (!expect(parsed)) return;
    map.push_back({inner(), outer, false});
    text += decoded;
  }
  void stand(Span outer, std::string_view decoded) { stand(outer, decoded, decoded); }

  std::string text;
  std::vector<Segment> map;
  bool folded = false;

 private:
  std::uint32_t inner() const noexcept { return static_cast<std::uint32_t>(text.size()); }
  bool expect(std::string_view parsed) noexcept {
    ok_ = ok_ && rest().starts_with(parsed);
    if (ok_) at_ += parsed.size();
    return ok_;
  }

  std::string_view file_;
  std::string_view value_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

/// A line's end at or behind `at`: its LF, or the CR before it.
inline std::uint32_t line_end(std::string_view file, std::uint32_t at) noexcept {
  const std::size_t found = file.find('\n', at);
  if (found == std::string_view::npos) return static_cast<std::uint32_t>(file.size());
  return static_cast<std::uint32_t>(found > at && file[found - 1] == '\r' ? found - 1 : found);
}
/// LF or CRLF: its size at `at`; 0 if none is there.
inline std::uint32_t line_break(std::string_view file, std::uint32_t at) noexcept {
  const std::string_view rest = file.substr(std::min<std::size_t>(at, file.size()), 2);
  return rest.starts_with('\n') ? 1 : rest == "\r\n" ? 2 : 0;
}
inline std::uint32_t skip_blanks(std::string_view file, std::uint32_t at) noexcept {
  while (at < file.size() && ascii::is_blank(file[at])) ++at;
  return at;
}

/// After the last character of a plain or quoted scalar, quotes included. `at`: its first character.
std::uint32_t read_flow(std::string_view file, std::uint32_t at, Tiler& tiler);
/// After the last line of a block scalar. `at`: its `|` or `>`.
std::uint32_t read_block(std::string_view file, std::uint32_t at, Tiler& tiler, std::uint32_t& indent);

}  // namespace corefile::manifest_detail
