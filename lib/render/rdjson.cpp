// SPDX-License-Identifier: Apache-2.0
#include <corefile/render.hpp>
#include <string>

#include "base/utf8.hpp"
#include "render/findings.hpp"
#include "render/json_text.hpp"

namespace corefile {
namespace {

using namespace render;

std::string_view rdjson_severity(Severity severity) noexcept {
  return severity == Severity::error ? "ERROR" : severity == Severity::warning ? "WARNING" : "INFO";
}

// reviewdog/proto/rdf/reviewdog.proto: columns count bytes.
Json range(const Positions& positions, const Place& place) {
  const auto point = [](Position at) -> Json { return {{"line", at.line}, {"column", at.column}}; };
  return {{"start", point(positions.begin(place, Columns::utf8))}, {"end", point(positions.end(place, Columns::utf8))}};
}

Json diagnostic(const Found& found, const RenderOptions& options) {
  const Diagnostic& finding = found.finding;
  Json out{
      {"message", words(story(finding))},
      {"location", {{"path", exact(path_of(found.analysis, finding.place, options))}, {"range", range(found.positions, finding.place)}}},
      {"severity", rdjson_severity(finding.severity)},
      {"code", {{"value", finding.rule}}}};
  // Suggestions are alternatives, so a fix of several edits is none.
  Json suggestions = Json::array();
  for (const Fix& fix : finding.fixes) {
    if (fix.edits.size() != 1 || fix.edits.front().place.document != finding.place.document) continue;
    const Edit& edit = fix.edits.front();
    if (utf8::valid(edit.text)) suggestions.push_back({{"range", range(found.positions, edit.place)}, {"text", edit.text}});
  }
  if (!suggestions.empty()) out["suggestions"] = std::move(suggestions);
  return out;
}

}  // namespace

std::string render_rdjson(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  Json diagnostics = Json::array();
  for_each_finding(analyses, [&](const Found& found) { diagnostics.push_back(diagnostic(found, options)); });
  for (const Unread& input : options.unread) {
    diagnostics.push_back({{"message", words(input.message)},
                           {"location", {{"path", exact(path_of(input.path, options))}}},
                           {"severity", "ERROR"},
                           {"code", {{"value", "unread"}}}});
  }
  return dump({{"source", {{"name", "corefile-lint"}}}, {"diagnostics", std::move(diagnostics)}}, 2) + '\n';
}

}  // namespace corefile
