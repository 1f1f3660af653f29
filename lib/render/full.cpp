// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/render.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "render/change.hpp"
#include "render/positions.hpp"
#include "render/repeats.hpp"
#include "render/sheet.hpp"
#include "render/text.hpp"

namespace corefile {
namespace {

using namespace render;

/// Notes that were shown: nobody reads one twice.
using Notes = std::set<std::string, std::less<>>;

// The part in which two lines differ, of the first one.
Span difference(std::string_view line, std::string_view other) {
  const auto ahead = std::mismatch(line.begin(), line.end(), other.begin(), other.end()).first;
  const auto begin = static_cast<std::size_t>(ahead - line.begin());
  std::size_t end = line.size();
  for (std::size_t left = other.size(); end > begin && left > begin && line[end - 1] == other[left - 1]; --left) --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

class Full {
 public:
  Full(std::string& out, const Analysis& analysis, const RenderOptions& options, Notes& notes)
      : out_(out), analysis_(analysis), positions_(analysis), paint_(options.colour), width_(options.width), notes_(notes) {}

  void diagnostic(const Diagnostic& found, const std::vector<std::string>& elsewhere, std::size_t further) {
    Sheet sheet(out_, paint_, ink_of(found.severity), digits(found), width_);
    sheet.headline(found.severity, found.rule, found.message);
    frames(sheet, found);
    const auto fresh = [this](const std::string& note) { return notes_.find(note) == notes_.end(); };
    const bool noted = std::any_of(found.notes.begin(), found.notes.end(), fresh);
    if (noted || !found.help.empty() || !found.fixes.empty() || !elsewhere.empty()) sheet.bar();
    for (const std::string& note : found.notes) {
      if (notes_.insert(note).second) sheet.remark("note", note);
    }
    if (!found.help.empty()) sheet.remark("help", found.help);
    for (const Fix& fix : found.fixes) {
      sheet.remark("fix (" + std::string(to_string(fix.safety)) + ')', fix.title);
      if (&fix == &found.fixes.front()) change(sheet, fix, found.place.document);
    }
    if (!elsewhere.empty()) also(sheet, elsewhere, further);
    out_ += '\n';
  }

 private:
  static void also(Sheet& sheet, const std::vector<std::string>& elsewhere, std::size_t further) {
    std::string text;
    for (const std::string& place : elsewhere) text += (text.empty() ? "" : ", ") + place;
    if (further > 0) text += " and " + std::to_string(further) + " more";
    sheet.remark("also", text);
  }

  // Of the greatest line number shown.
  std::size_t digits(const Diagnostic& found) const {
    std::uint32_t line = positions_.begin(found.place).line;
    for (const Label& label : found.labels) line = std::max(line, positions_.begin(label.place).line);
    for (const Fix& fix : found.fixes) {
      for (const Edit& edit : fix.edits) {
        const auto added = static_cast<std::uint32_t>(std::count(edit.text.begin(), edit.text.end(), '\n'));
        line = std::max(line, positions_.end(edit.place).line + added);
      }
    }
    return std::to_string(line).size();
  }

  Mark mark(const Place& place, const std::string& text, bool primary) const {
    return {place.span, positions_.begin(place), positions_.end(place), shown(text), primary};
  }

  // One for the finding's own source, then one for each other source that a label is in.
  void frames(Sheet& sheet, const Diagnostic& found) const {
    std::vector<std::pair<std::uint32_t, std::vector<Mark>>> by_source;
    by_source.push_back({found.place.document, {mark(found.place, found.label, true)}});
    for (const Label& label : found.labels) {
      const std::uint32_t document = label.place.document;
      auto frame = std::find_if(by_source.begin(), by_source.end(), [document](const auto& f) { return f.first == document; });
      if (frame == by_source.end()) frame = by_source.insert(by_source.end(), {document, {}});
      frame->second.push_back(mark(label.place, label.text, false));
    }
    for (auto& [document, marks] : by_source) {
      const Source& source = analysis_.sources[document];
      const bool own = &marks == &by_source.front().second;
      sheet.place(own ? "-->" : ":::", source.name(), marks.front().begin, own ? positions_.inner(found.place) : std::nullopt);
      sheet.lines(source, std::move(marks));
    }
  }

  void change(Sheet& sheet, const Fix& fix, std::uint32_t document) const {
    const auto change = change_of(fix, analysis_.sources[document], document);
    if (!change) return;
    const std::uint32_t first = positions_.begin(fix.edits.front().place).line + change->lines_before;
    const auto& [before, removed, added] = *change;
    const auto other = [](const std::vector<std::string>& lines, std::size_t i) { return i < lines.size() ? lines[i] : std::string(); };
    sheet.bar();
    for (std::uint32_t i = 0; i < removed.size(); ++i) sheet.change(first + i, '-', removed[i], difference(removed[i], other(added, i)));
    for (std::uint32_t i = 0; i < added.size(); ++i) sheet.change(first + i, '+', added[i], difference(added[i], other(removed, i)));
  }

  std::string& out_;
  const Analysis& analysis_;
  Positions positions_;
  Paint paint_;
  std::uint32_t width_;
  Notes& notes_;
};

void unread(std::string& out, const RenderOptions& options) {
  const Paint paint(options.colour);
  for (const Unread& input : options.unread) {
    paint.put(out, Ink::error, "error");
    paint.put(out, Ink::strong, ": " + shown(input.path + ": " + input.message));
    out += "\n\n";
  }
}

}  // namespace

std::string render_full(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::string out;
  Notes notes;
  const Repeats repeats(analyses);
  for (std::size_t i = 0; i < analyses.size(); ++i) {
    if (analyses[i].diagnostics.empty()) continue;
    Full full(out, analyses[i], options, notes);
    for (std::size_t k = 0; k < analyses[i].diagnostics.size(); ++k) {
      if (repeats.again(i, k)) continue;
      full.diagnostic(analyses[i].diagnostics[k], repeats.places(i, k), repeats.further(i, k));
    }
  }
  unread(out, options);
  return out;
}

}  // namespace corefile
