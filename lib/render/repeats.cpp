// SPDX-License-Identifier: Apache-2.0
#include "render/repeats.hpp"

#include <algorithm>
#include <string_view>

#include "render/positions.hpp"
#include "render/sheet.hpp"

namespace corefile::render {
namespace {

constexpr std::size_t most_places = 5;
constexpr std::uint32_t most_bytes = 200;  // of the words that are marked

// What a reader sees of a finding.
std::string look(const Analysis& analysis, const Diagnostic& found) {
  std::string out(found.rule);
  const auto add = [&out](std::string_view text) { (out += '\0') += text; };
  add(to_string(found.severity));
  add(found.message);
  add(found.label);
  add(found.help);
  for (const Label& label : found.labels) add(label.text);
  for (const Fix& fix : found.fixes) add(fix.title);
  const std::string_view text = analysis.sources[found.place.document].text();
  const Span marked = found.place.span;
  const std::uint32_t size = marked.end > marked.begin ? std::min(marked.size(), most_bytes) : 0;
  add(text.substr(std::min<std::size_t>(marked.begin, text.size()), size));
  return out;
}

/// The file and the text in it that a finding is in.
struct Unit {
  std::size_t analysis = 0;
  std::uint32_t document = 0;
  std::size_t text = 0;
  bool operator==(const Unit&) const = default;
};

}  // namespace

Repeats::Repeats(const std::vector<Analysis>& analyses) {
  const auto texts = [](const Analysis& analysis) { return analysis.embedded.size() > 1; };
  if (analyses.size() < 2 && std::none_of(analyses.begin(), analyses.end(), texts)) return;
  std::unordered_map<std::string, std::pair<std::size_t, Unit>> known;
  for (std::size_t i = 0; i < analyses.size(); ++i) {
    const Analysis& analysis = analyses[i];
    const Positions positions(analysis);
    std::vector<std::size_t>& numbers = group_of_.emplace_back();
    std::vector<bool>& again = again_.emplace_back();
    for (std::size_t k = 0; k < analysis.diagnostics.size(); ++k) {
      const Diagnostic& found = analysis.diagnostics[k];
      const Unit unit{i, found.place.document, positions.text_of(found.place).value_or(0)};
      const auto [entry, fresh] = known.try_emplace(look(analysis, found), groups_.size(), unit);
      if (fresh) groups_.push_back({{i, k}, {}, 0});
      const auto& [number, first] = entry->second;
      numbers.push_back(number);
      again.push_back(!fresh && !(first == unit));
      if (!again.back()) continue;
      Group& group = groups_[number];
      ++group.all;
      if (group.places.size() == most_places) continue;
      group.places.push_back(visible_path(analysis.sources[found.place.document].name()) + ':' + to_string(positions.begin(found.place)));
    }
  }
}

const Repeats::Group* Repeats::group(std::size_t analysis, std::size_t finding) const {
  if (group_of_.empty()) return nullptr;
  const Group& group = groups_[group_of_[analysis][finding]];
  return group.first == std::pair(analysis, finding) ? &group : nullptr;
}

bool Repeats::again(std::size_t analysis, std::size_t finding) const { return !again_.empty() && again_[analysis][finding]; }

std::vector<std::string> Repeats::places(std::size_t analysis, std::size_t finding) const {
  const Group* own = group(analysis, finding);
  return own == nullptr ? std::vector<std::string>() : own->places;
}

std::size_t Repeats::further(std::size_t analysis, std::size_t finding) const {
  const Group* own = group(analysis, finding);
  return own == nullptr ? 0 : own->all - own->places.size();
}

}  // namespace corefile::render
