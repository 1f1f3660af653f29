// SPDX-License-Identifier: Apache-2.0
#include "lint/pipeline.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace corefile {
namespace pipeline {
namespace {

// Which setting speaks of a rule most precisely: its name, its group, ALL.
template <typename Names>
int precision(const Names& names, const Catalogue::Entry& entry) noexcept {
  int best = 0;
  for (const auto& name : names) {
    best = std::max(best, name == entry.rule->name ? 3 : name == entry.group ? 2 : name == "ALL" ? 1 : 0);
  }
  return best;
}

std::optional<Severity> override_of(const Selection& selection, const Catalogue::Entry& entry) {
  for (const std::string_view name : {entry.rule->name, entry.group, std::string_view("ALL")}) {
    if (const auto found = selection.severity.find(name); found != selection.severity.end()) return found->second;
  }
  return {};
}

auto order(const Diagnostic& d) { return std::tuple(d.place, d.rule, std::string_view(d.message)); }

// The line that holds `offset`, or the one before it where it is the last, ends in CRLF.
bool ends_in_crlf(std::string_view text, std::size_t offset) noexcept {
  std::size_t end = text.find('\n', offset);
  if (end == std::string_view::npos) end = text.rfind('\n', offset);
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r';
}

// Edits of the embedded text as edits of the file; none where its style does not allow one of them.
void map_fix(Fix& fix, const Embedded& embedded) {
  for (Edit& edit : fix.edits) {
    if (edit.place.document != 0) continue;
    Span at;
    std::string text;
    if (!embedded.outer_edit(edit.place.span, edit.text, at, text)) {
      fix.edits.clear();
      return;
    }
    edit = {{0, at}, std::move(text)};
  }
}

std::uint32_t source_index(const Source& wanted, std::vector<Source>& sources) {
  for (std::uint32_t i = 1; i < sources.size(); ++i) {
    if (sources[i].name() == wanted.name()) return i;
  }
  sources.push_back(wanted);
  return static_cast<std::uint32_t>(sources.size() - 1);
}

}  // namespace

void keep_line_ends(std::vector<Diagnostic>& findings, const Config& config) {
  for (Diagnostic& diagnostic : findings) {
    for (Fix& fix : diagnostic.fixes) {
      for (Edit& edit : fix.edits) {
        const Document& document = config.document(edit.place.document);
        if (document.plain() || !ends_in_crlf(document.source().text(), edit.place.span.begin)) continue;
        for (std::size_t at = edit.text.find('\n'); at != std::string::npos; at = edit.text.find('\n', at + 1)) {
          if (at == 0 || edit.text[at - 1] != '\r') edit.text.insert(at++, 1, '\r');
        }
      }
    }
  }
}

void map_outward(std::vector<Diagnostic>& findings, const Embedded& embedded) {
  const auto move = [&embedded](Place& place) {
    if (place.document == 0) place.span = embedded.outer(place.span);
  };
  for (Diagnostic& diagnostic : findings) {
    for (Fix& fix : diagnostic.fixes) map_fix(fix, embedded);
    std::erase_if(diagnostic.fixes, [](const Fix& fix) { return fix.edits.empty(); });
    move(diagnostic.place);
    for (Label& label : diagnostic.labels) move(label.place);
  }
}

void map_to_sources(std::vector<Diagnostic>& findings, const Config& config, std::vector<Source>& sources) {
  std::vector<std::uint32_t> indices{0};
  for (std::size_t i = 1; i < config.documents.size(); ++i) indices.push_back(source_index(config.documents[i].source(), sources));
  if (indices.size() == 1) return;
  for (Diagnostic& diagnostic : findings) {
    diagnostic.place.document = indices[diagnostic.place.document];
    for (Label& label : diagnostic.labels) label.place.document = indices[label.place.document];
    for (Fix& fix : diagnostic.fixes) {
      for (Edit& edit : fix.edits) edit.place.document = indices[edit.place.document];
    }
  }
}

bool is_selected(const Selection& selection, const Catalogue::Entry& entry) noexcept {
  const int selected = selection.select.empty() ? 1 : precision(selection.select, entry);
  return selected > 0 && selected > precision(selection.ignore, entry);
}

void select(std::vector<Diagnostic>& findings, const Selection& selection, const Catalogue& catalogue) {
  if (selection.select.empty() && selection.ignore.empty() && selection.severity.empty()) return;
  std::erase_if(findings, [&](Diagnostic& diagnostic) {
    const Catalogue::Entry* entry = catalogue.find(diagnostic.rule);
    if (entry == nullptr) return false;
    if (const auto severity = override_of(selection, *entry)) diagnostic.severity = *severity;
    return !is_selected(selection, *entry);
  });
}

void sort(std::vector<Diagnostic>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
}

void unite(std::vector<Diagnostic>& findings) {
  const auto same = [](const Diagnostic& a, const Diagnostic& b) { return order(a) == order(b); };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

Cut cap(std::vector<Diagnostic>& findings, std::uint32_t most) {
  Cut cut;
  if (findings.size() <= most) return cut;
  std::array<std::uint32_t, 3> left{};  // to be kept, by severity
  for (const Diagnostic& finding : findings) ++left[static_cast<std::size_t>(finding.severity)];
  std::array<std::uint32_t*, 3> counts{&cut.infos, &cut.warnings, &cut.errors};
  std::uint32_t room = most;
  for (std::size_t severity = left.size(); severity-- > 0;) {
    const std::uint32_t kept = std::min(left[severity], room);
    *counts[severity] = left[severity] - kept;
    left[severity] = kept;
    room -= kept;
  }
  std::erase_if(findings, [&left](const Diagnostic& finding) {
    std::uint32_t& count = left[static_cast<std::size_t>(finding.severity)];
    return count == 0 || count-- == 0;
  });
  return cut;
}

}  // namespace pipeline

std::string Selection::unknown(const Catalogue& catalogue) const {
  const auto known = [&](std::string_view name) {
    return name == "ALL" || std::any_of(catalogue.entries().begin(), catalogue.entries().end(),
                                        [name](const Catalogue::Entry& e) { return e.rule->name == name || e.group == name; });
  };
  for (const auto* names : {&select, &ignore}) {
    for (const std::string& name : *names) {
      if (!known(name)) return name;
    }
  }
  for (const auto& [name, level] : severity) {
    if (!known(name)) return name;
  }
  return {};
}

}  // namespace corefile
