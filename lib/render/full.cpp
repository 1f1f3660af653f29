// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/render.hpp>
#include <utility>

#include "render/change.hpp"
#include "render/positions.hpp"
#include "render/sheet.hpp"
#include "render/text.hpp"

namespace corefile {
namespace {

using namespace render;

class Full {
 public:
  Full(std::string& out, const Analysis& analysis, const RenderOptions& options)
      : out_(out), analysis_(analysis), positions_(analysis), paint_(options.colour), width_(options.width) {}

  void diagnostic(const Diagnostic& found) {
    paint_.put(out_, ink_of(found.severity), std::string(to_string(found.severity)) + '[' + visible(found.rule) + ']');
    paint_.put(out_, Ink::strong, ": " + shown(found.message));
    out_ += '\n';
    Sheet sheet(out_, paint_, ink_of(found.severity), digits(found), width_);
    frames(sheet, found);
    if (!found.notes.empty() || !found.help.empty() || !found.fixes.empty()) sheet.bar();
    for (const std::string& note : found.notes) sheet.remark("note", note);
    if (!found.help.empty()) sheet.remark("help", found.help);
    for (const Fix& fix : found.fixes) {
      sheet.remark("fix (" + std::string(to_string(fix.safety)) + ')', fix.title);
      if (&fix == &found.fixes.front()) change(sheet, fix, found.place.document);
    }
    out_ += '\n';
  }

 private:
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
      sheet.place(own ? "-->" : ":::", source.name(), marks.front().begin);
      sheet.lines(source, std::move(marks));
    }
  }

  void change(Sheet& sheet, const Fix& fix, std::uint32_t document) const {
    const auto change = change_of(fix, analysis_.sources[document], document);
    if (!change) return;
    const std::uint32_t first = positions_.begin(fix.edits.front().place).line + change->lines_before;
    sheet.bar();
    for (std::uint32_t i = 0; i < change->removed.size(); ++i) sheet.change(first + i, '-', change->removed[i]);
    for (std::uint32_t i = 0; i < change->added.size(); ++i) sheet.change(first + i, '+', change->added[i]);
  }

  std::string& out_;
  const Analysis& analysis_;
  Positions positions_;
  Paint paint_;
  std::uint32_t width_;
};

}  // namespace

std::string render_full(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::string out;
  for (const Analysis& analysis : analyses) {
    if (analysis.diagnostics.empty()) continue;
    Full full(out, analysis, options);
    for (const Diagnostic& found : analysis.diagnostics) full.diagnostic(found);
  }
  return out;
}

}  // namespace corefile
