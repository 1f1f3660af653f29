// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/paint.hpp"
#include "render/positions.hpp"

namespace corefile::render {

/// A marked place in one source.
struct Mark {
  Span span;
  Position begin, end;
  std::string text;  ///< made visible
  bool primary = false;
};

/// What is written for one finding: lines behind a gutter of line numbers, so that none begins with text of a linted file.
class Sheet {
 public:
  Sheet(std::string& out, const Paint& paint, Ink ink, std::size_t digits, std::uint32_t width)
      : out_(out), paint_(paint), ink_(ink), digits_(digits), width_(width) {}

  /// `error[RULE]: MESSAGE`
  void headline(Severity severity, std::string_view rule, std::string_view message);
  /// `--> PATH:LINE:COLUMN`, and the object's text where it is one
  void place(std::string_view arrow, std::string_view path, Position at, const std::optional<InnerPlace>& inner = {});
  /// The marked lines of one source, in their order, with the marks under them.
  void lines(const Source& source, std::vector<Mark> marks);
  /// `= KEY: TEXT`, further lines of the text below.
  void remark(std::string_view key, std::string_view text);
  /// `12 + TEXT`: a line of a change, of which `focus` is seen if it is long.
  void change(std::uint32_t line, char sign, std::string_view text, Span focus);
  /// A bar and nothing else.
  void bar();

 private:
  void gutter(std::string_view number, char bar);
  void line(const Source& source, const std::vector<Mark>& marks);

  std::string& out_;
  const Paint& paint_;
  Ink ink_;
  std::size_t digits_;
  std::uint32_t width_;
};

/// A path as it is shown: visible, and never one that a log reads as a command.
std::string visible_path(std::string_view path);
/// `1:2`
std::string to_string(Position at);

}  // namespace corefile::render
