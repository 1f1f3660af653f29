// SPDX-License-Identifier: Apache-2.0
#include "lint/pipeline.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "lint/fixer.hpp"

namespace corefile::pipeline {
namespace {

std::optional<Severity> override_of(const Selection& selection, const Catalogue::Entry& entry) {
  for (const std::string_view name : {entry.name, entry.group, std::string_view("ALL")}) {
    if (const auto found = selection.severity.find(name); found != selection.severity.end()) return found->second;
  }
  return {};
}

std::uint32_t index_of(const Source& wanted, std::vector<Source>& sources) {
  for (std::uint32_t i = 1; i < sources.size(); ++i) {
    if (sources[i].name() == wanted.name()) return i;
  }
  sources.push_back(wanted);
  return static_cast<std::uint32_t>(sources.size() - 1);
}

/// What the documents of a Config are in the file that was given.
class Outward {
 public:
  Outward(const Config& config, std::span<const Source> beside, const Embedded* embedded, const std::vector<Part>& parts,
          std::vector<Source>& sources) {
    texts_.push_back(embedded);
    indices_.push_back(0);
    for (std::size_t i = 1; i < config.documents().size(); ++i) {
      const Source& source = config.documents()[i].source();
      const Part* part = parts.empty() ? nullptr : MountedMaps::find(parts, source.name());
      texts_.push_back(part == nullptr ? nullptr : part->text);
      indices_.push_back(part == nullptr ? index_of(source, sources) : 0);
    }
    for (const Source& file : beside) {
      const Part* part = parts.empty() ? nullptr : MountedMaps::find(parts, file.name());
      texts_.push_back(part == nullptr ? nullptr : part->text);
      indices_.push_back(part == nullptr ? index_of(file, sources) : 0);
    }
  }
  void move(Place& place) const {
    if (const Embedded* text = texts_[place.document]) place.span = text->outer(place.span);
    place.document = indices_[place.document];
  }
  /// False where the file around the Corefile does not allow it.
  bool move(Fix& fix) const {
    for (Edit& edit : fix.edits) {
      const Embedded* text = texts_[edit.place.document];
      if (text != nullptr) {
        Span at;
        std::string replacement;
        if (!text->outer_edit(edit.place.span, edit.text, at, replacement)) return false;
        edit = {{edit.place.document, at}, std::move(replacement)};
      }
      edit.place.document = indices_[edit.place.document];
    }
    return !fix.edits.empty();
  }

 private:
  std::vector<const Embedded*> texts_;  // null: the document is a file of its own
  std::vector<std::uint32_t> indices_;
};

auto order(const Diagnostic& d) { return std::tuple(d.place, d.rule, std::string_view(d.message)); }

/// The rule is to be heard.
bool speaks(const Selection& selection, const Catalogue::Entry& entry) {
  const auto selects = [](const Selector& selector) { return selector.verb == Selector::Verb::select; };
  bool spoken = std::none_of(selection.rules.begin(), selection.rules.end(), selects);
  int best = 0;
  for (const Selector& selector : selection.rules) {
    const int here = precision(selector.name, entry);
    if (here == 0 || here < best) continue;
    best = here;
    spoken = selects(selector);
  }
  return spoken;
}

}  // namespace

std::vector<bool> silent(const Selection& selection, const Catalogue& catalogue) {
  std::vector<bool> out;
  if (selection.rules.empty()) return out;
  for (const Catalogue::Entry& entry : catalogue.entries()) out.push_back(!speaks(selection, entry));
  return out;
}

int precision(std::string_view name, const Catalogue::Entry& entry) noexcept {
  return name == entry.name ? 3 : name == entry.group ? 2 : name == "ALL" ? 1 : 0;
}

bool heard(std::string_view name, const std::vector<bool>& quiet, const Catalogue& catalogue) {
  const auto entries = catalogue.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (precision(name, entries[i]) > 0 && (quiet.empty() || !quiet[i])) return true;
  }
  return false;
}

void own_line_ends(std::vector<Diagnostic>& found, const Config& config) {
  const auto plain = [](const Document& document) { return document.plain(); };  // it has no CR
  if (std::all_of(config.documents().begin(), config.documents().end(), plain)) return;
  for (Diagnostic& diagnostic : found) {
    for (Fix& fix : diagnostic.fixes) {
      for (Edit& edit : fix.edits) {
        if (edit.text.find('\n') == std::string::npos) continue;
        edit.text = with_line_ends_of(config.document(edit.place.document).source().text(), edit.place.span.begin, edit.text);
      }
    }
  }
}

void map_outward(std::vector<Diagnostic>& found, const Config& config, std::span<const Source> beside, const Embedded* embedded,
                 const std::vector<Part>& parts, std::vector<Source>& sources) {
  if (found.empty() && config.documents().size() == 1 && beside.empty()) return;
  const Outward outward(config, beside, embedded, parts, sources);
  for (Diagnostic& diagnostic : found) {
    // A fix for the reader alone has no edits, and is not shown of a manifest.
    std::erase_if(diagnostic.fixes, [&](Fix& fix) { return !outward.move(fix) && embedded != nullptr; });
    outward.move(diagnostic.place);
    for (Label& label : diagnostic.labels) outward.move(label.place);
  }
}

void unite_places(std::vector<Diagnostic>& found) {
  std::set<std::pair<Place, std::string_view>> seen;
  std::erase_if(found, [&](const Diagnostic& d) { return !seen.emplace(d.place, d.rule).second; });
}

void set_severities(std::vector<Diagnostic>& found, const Selection& selection, const Catalogue& catalogue) {
  if (selection.severity.empty()) return;
  for (Diagnostic& diagnostic : found) {
    const Catalogue::Entry* entry = catalogue.find(diagnostic.rule);
    if (entry == nullptr) continue;
    if (const auto severity = override_of(selection, *entry)) diagnostic.severity = *severity;
  }
}

void sort(std::vector<Diagnostic>& found) {
  const auto before = [](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); };
  if (std::is_sorted(found.begin(), found.end(), before)) return;
  // A Diagnostic is large: each is moved once.
  std::vector<std::uint32_t> places(found.size());
  std::iota(places.begin(), places.end(), 0U);
  std::stable_sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) { return before(found[a], found[b]); });
  std::vector<Diagnostic> sorted;
  sorted.reserve(found.size());
  for (const std::uint32_t place : places) sorted.push_back(std::move(found[place]));
  found = std::move(sorted);
}

void unite(std::vector<Diagnostic>& found) {
  const auto same = [](const Diagnostic& a, const Diagnostic& b) { return order(a) == order(b); };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
}

void cap(Analysis& analysis, std::uint32_t most) {
  std::vector<Diagnostic>& found = analysis.diagnostics;
  if (found.size() <= most) return;
  std::array<std::size_t, 3> room{};  // by severity
  for (const Diagnostic& diagnostic : found) ++room[static_cast<std::size_t>(diagnostic.severity)];
  std::size_t left = most;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    std::size_t& wanted = room[static_cast<std::size_t>(severity)];
    const std::size_t kept = std::min(wanted, left);
    if (kept < wanted && !analysis.worst_dropped) analysis.worst_dropped = severity;
    wanted = kept;
    left -= kept;
  }
  analysis.dropped = static_cast<std::uint32_t>(found.size() - most);
  std::erase_if(found, [&](const Diagnostic& diagnostic) {
    std::size_t& places = room[static_cast<std::size_t>(diagnostic.severity)];
    if (places == 0) return true;
    --places;
    return false;
  });
}

}  // namespace corefile::pipeline
