// SPDX-License-Identifier: Apache-2.0
#include "render/sheet.hpp"

#include <algorithm>
#include <corefile/visible.hpp>
#include <utility>

#include "render/excerpt.hpp"
#include "render/text.hpp"

namespace corefile::render {
namespace {

// Of notes and the like: longer lines are hard to read.
constexpr std::uint32_t prose_width = 120;

// A mark in terminal columns.
struct Stroke {
  std::uint32_t from, to;
  bool primary;
  std::string text;
};

// A row of marks below a source line: what stands at each column, and a label behind.
struct Row {
  std::string signs;
  std::vector<Ink> inks;

  void put(std::uint32_t from, std::uint32_t to, char sign, Ink ink) {
    if (signs.size() < to) {
      signs.resize(to, ' ');
      inks.resize(to, Ink::plain);
    }
    for (std::uint32_t i = from; i < to; ++i) {
      signs[i] = sign;
      inks[i] = ink;
    }
  }

  void write(std::string& out, const Paint& paint) const {
    for (std::size_t i = 0; i < signs.size();) {
      std::size_t end = i;
      while (end < signs.size() && inks[end] == inks[i]) ++end;
      paint.put(out, inks[i], std::string_view(signs).substr(i, end - i));
      i = end;
    }
  }
};

}  // namespace

std::string visible_path(std::string_view path) {
  std::string shown = visible(path);
  if (shown.starts_with(':') || shown.starts_with(' ')) shown.insert(0, "./");
  return shown;
}

std::string to_string(Position at) { return std::to_string(at.line) + ':' + std::to_string(at.column); }

void Sheet::gutter(std::string_view number, char bar) {
  std::string text(digits_ - std::min(digits_, number.size()), ' ');
  text += number;
  text += ' ';
  text += bar;
  paint_.put(out_, bar == '-' ? Ink::removed : bar == '+' ? Ink::added : Ink::frame, text);
}

void Sheet::bar() {
  gutter("", '|');
  out_ += '\n';
}

void Sheet::headline(Severity severity, std::string_view rule, std::string_view message) {
  const std::string key = std::string(to_string(severity)) + '[' + visible(rule) + ']';
  const std::size_t columns = width_ == 0 ? 0 : std::max<std::size_t>(60, std::min(prose_width, width_));
  const std::vector<std::string> lines = wrapped(key + ": " + shown(message), columns);
  paint_.put(out_, ink_, key);
  paint_.put(out_, Ink::strong, std::string_view(lines.front()).substr(key.size()));
  out_ += '\n';
  for (std::size_t i = 1; i < lines.size(); ++i) {
    gutter("", '|');
    out_ += ' ';
    paint_.put(out_, Ink::strong, lines[i]);
    out_ += '\n';
  }
}

void Sheet::place(std::string_view arrow, std::string_view path, Position at, const std::optional<InnerPlace>& inner) {
  out_.append(digits_, ' ');
  paint_.put(out_, Ink::frame, arrow);
  out_ += ' ' + visible_path(path) + ':' + to_string(at);
  if (inner) out_ += ", " + visible(inner->text->object) + ", " + visible(inner->text->key) + ':' + std::to_string(inner->at.line);
  out_ += '\n';
}

void Sheet::lines(const Source& source, std::vector<Mark> marks) {
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
  bar();
  std::uint32_t before = 0;
  for (auto first = marks.begin(); first != marks.end();) {
    const std::uint32_t number = first->begin.line;
    const auto last = std::find_if(first, marks.end(), [number](const Mark& mark) { return mark.begin.line != number; });
    if (before != 0 && number > before + 1) {
      paint_.put(out_, Ink::frame, "...");
      out_ += '\n';
    }
    line(source, {std::make_move_iterator(first), std::make_move_iterator(last)});
    before = number;
    first = last;
  }
}

void Sheet::line(const Source& source, const std::vector<Mark>& marks) {
  const auto primary = std::find_if(marks.begin(), marks.end(), [](const Mark& mark) { return mark.primary; });
  const Mark& focus = primary == marks.end() ? marks.front() : *primary;
  const Excerpt excerpt(source, focus.span, width_);
  gutter(std::to_string(focus.begin.line), '|');
  if (!excerpt.text().empty()) out_ += ' ' + excerpt.text();
  out_ += '\n';

  std::vector<Stroke> strokes;
  for (const Mark& mark : marks) {
    const std::uint32_t from = excerpt.column(mark.span.begin);
    std::string text = mark.text;
    if (mark.end.line > mark.begin.line + 1 || (mark.end.line > mark.begin.line && mark.end.column > 1)) {
      text += (text.empty() ? "to line " : " (to line ") + std::to_string(mark.end.line) + (text.empty() ? "" : ")");
    }
    strokes.push_back({from, std::max(from + 1, excerpt.column(mark.span.end)), mark.primary, std::move(text)});
  }
  const auto ink = [this](const Stroke& stroke) { return stroke.primary ? ink_ : Ink::frame; };

  // The shorter one on top, so that one within another is seen.
  std::vector<const Stroke*> by_length;
  by_length.reserve(strokes.size());
  for (const Stroke& stroke : strokes) by_length.push_back(&stroke);
  std::stable_sort(by_length.begin(), by_length.end(), [](const Stroke* a, const Stroke* b) { return a->to - a->from > b->to - b->from; });
  Row row;
  for (const Stroke* stroke : by_length) row.put(stroke->from, stroke->to, stroke->primary ? '^' : '-', ink(*stroke));

  // The last label stands behind the marks, the others hang below, from right to left.
  std::stable_sort(strokes.begin(), strokes.end(), [](const Stroke& a, const Stroke& b) { return a.from < b.from; });
  gutter("", '|');
  out_ += ' ';
  row.write(out_, paint_);
  if (strokes.back().to == row.signs.size()) {
    if (!strokes.back().text.empty()) out_ += ' ';
    paint_.put(out_, ink(strokes.back()), strokes.back().text);
    strokes.pop_back();
  }
  out_ += '\n';
  std::erase_if(strokes, [](const Stroke& stroke) { return stroke.text.empty(); });
  for (bool first = true; !strokes.empty(); first = false) {
    Row hooks;
    for (const Stroke& stroke : strokes) hooks.put(stroke.from, stroke.from + 1, '|', ink(stroke));
    if (first) {
      gutter("", '|');
      out_ += ' ';
      hooks.write(out_, paint_);
      out_ += '\n';
    }
    const Stroke last = std::move(strokes.back());
    strokes.pop_back();
    hooks.signs.resize(last.from, ' ');
    gutter("", '|');
    out_ += ' ';
    hooks.write(out_, paint_);
    paint_.put(out_, ink(last), last.text);
    out_ += '\n';
  }
}

void Sheet::remark(std::string_view key, std::string_view text) {
  const std::size_t indent = digits_ + key.size() + 5;
  const std::size_t columns =
      width_ == 0 ? 0 : std::max<std::size_t>(20, std::min(prose_width, width_) - std::min<std::size_t>(indent, width_));
  for (bool first = true; first || !text.empty();) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    for (const std::string& line : wrapped(shown(text.substr(0, end)), columns)) {
      gutter("", first ? '=' : '|');
      out_ += ' ';
      if (first) {
        paint_.put(out_, Ink::strong, key);
        out_ += ": ";
      } else {
        out_.append(key.size() + 2, ' ');
      }
      out_ += line + '\n';
      first = false;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void Sheet::change(std::uint32_t number, char sign, std::string_view text, Span focus) {
  gutter(std::to_string(number), sign);
  if (!text.empty()) {
    const Source source({}, std::string(text));
    out_ += ' ';
    paint_.put(out_, sign == '-' ? Ink::removed : Ink::added, Excerpt(source, focus, width_).text());
  }
  out_ += '\n';
}

}  // namespace corefile::render
