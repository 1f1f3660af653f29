// SPDX-License-Identifier: Apache-2.0
#include <corefile/fingerprint.hpp>
#include <corefile/render.hpp>
#include <map>
#include <set>

#include "base/utf8.hpp"
#include "render/findings.hpp"
#include "render/json_text.hpp"

/// SARIF 2.1.0, errata 01, and what GitHub's code scanning asks for beyond it.
namespace corefile {
namespace {

using namespace render;

std::string_view level_of(Severity severity) noexcept {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

Json artifact(std::string_view path, const RenderOptions& options) {
  Json out{{"uri", uri(path, options)}};
  if (!absolute(path, options)) out["uriBaseId"] = "%SRCROOT%";
  return out;
}

// A column on the line after the last one is not one; an empty region inserts.
Json region(const Positions& positions, const Place& place) {
  const Position begin = positions.begin(place);
  const Position end = positions.end(place);
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

Json physical(const Found& found, const Place& place, const RenderOptions& options) {
  return {{"artifactLocation", artifact(path_of(found.analysis, place, options), options)}, {"region", region(found.positions, place)}};
}

Json location(const Found& found, const RenderOptions& options) {
  Json out{{"physicalLocation", physical(found, found.finding.place, options)}};
  if (const auto inner = found.positions.inner(found.finding.place)) {
    const Json key{
        {"name", words(inner->text->key)}, {"fullyQualifiedName", words(inner->text->object + ' ' + inner->text->key)}, {"kind", "member"}};
    out["logicalLocations"] = Json::array({key});
  }
  return out;
}

Json fix(const Found& found, const Fix& fix, const RenderOptions& options) {
  std::map<std::uint32_t, Json> by_file;
  for (const Edit& edit : fix.edits) {
    if (!utf8::valid(edit.text)) return nullptr;
    Json replacement{{"deletedRegion", region(found.positions, edit.place)}};
    if (!edit.text.empty()) replacement["insertedContent"] = {{"text", edit.text}};
    by_file.try_emplace(edit.place.document, Json::array()).first->second.push_back(std::move(replacement));
  }
  if (by_file.empty()) return nullptr;
  Json changes = Json::array();
  for (auto& [document, replacements] : by_file) {
    changes.push_back({{"artifactLocation", artifact(path_of(found.analysis.sources[document].name(), options), options)},
                       {"replacements", std::move(replacements)}});
  }
  return {{"description", {{"text", words(fix.title) + " (" + std::string(to_string(fix.safety)) + ')'}}},
          {"artifactChanges", std::move(changes)}};
}

Json result(const Found& found, const std::string& fingerprint, const std::map<std::string_view, std::size_t>& rules,
            const RenderOptions& options) {
  const Diagnostic& finding = found.finding;
  Json out{{"ruleId", finding.rule}};
  if (const auto rule = rules.find(finding.rule); rule != rules.end()) out["ruleIndex"] = rule->second;
  out["level"] = level_of(finding.severity);
  out["message"] = {{"text", words(story(finding))}};
  out["locations"] = Json::array({location(found, options)});
  Json related = Json::array();
  for (const Label& label : finding.labels) {
    Json at{{"id", related.size() + 1}, {"physicalLocation", physical(found, label.place, options)}};
    if (!label.text.empty()) at["message"] = {{"text", words(label.text)}};
    related.push_back(std::move(at));
  }
  if (!related.empty()) out["relatedLocations"] = std::move(related);
  out["partialFingerprints"] = {{"corefileLint/v1", fingerprint}};
  Json fixes = Json::array();
  for (const Fix& one : finding.fixes) {
    if (Json shown = fix(found, one, options); !shown.is_null()) fixes.push_back(std::move(shown));
  }
  if (!fixes.empty()) out["fixes"] = std::move(fixes);
  return out;
}

/// The rules that spoke. With all of them, and their pages, a report of nothing would be 700 KB.
Json rules_of(const std::vector<Analysis>& analyses, const Catalogue& catalogue, std::map<std::string_view, std::size_t>& index) {
  std::set<std::string_view> spoke;
  for (const Analysis& analysis : analyses) {
    for (const Diagnostic& finding : analysis.diagnostics) spoke.insert(finding.rule);
  }
  Json out = Json::array();
  for (const Catalogue::Entry& entry : catalogue.entries()) {
    if (!spoke.contains(entry.name)) continue;
    const Rule& rule = *entry.rule;
    index.emplace(entry.name, out.size());
    const std::string page(entry.page.empty() ? entry.name : entry.page);
    out.push_back({{"id", entry.name},
                   {"name", entry.name},
                   {"shortDescription", {{"text", entry.summary()}}},
                   {"fullDescription", {{"text", entry.summary()}}},
                   {"help", {{"text", "corefile-lint explain " + std::string(entry.name)}, {"markdown", page}}},
                   {"defaultConfiguration", {{"level", level_of(rule.severity)}}},
                   {"properties",
                    {{"tags", Json::array({entry.group})},
                     {"problem.severity", rule.severity == Severity::info ? "recommendation" : to_string(rule.severity)}}}});
  }
  return out;
}

Json notifications(const RenderOptions& options) {
  Json out = Json::array();
  for (const Unread& input : options.unread) {
    const Json place{{"physicalLocation", {{"artifactLocation", artifact(path_of(input.path, options), options)}}}};
    out.push_back(
        {{"level", "error"}, {"message", {{"text", words(input.path + ": " + input.message)}}}, {"locations", Json::array({place})}});
  }
  return out;
}

}  // namespace

std::string render_sarif(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  const Catalogue& catalogue = options.catalogue != nullptr ? *options.catalogue : Catalogue::builtin();
  std::map<std::string_view, std::size_t> index;
  Json rules = rules_of(analyses, catalogue, index);
  Json results = Json::array();
  for (const Analysis& analysis : analyses) {
    if (analysis.diagnostics.empty()) continue;
    const Positions positions(analysis);
    const std::vector<std::string> prints = fingerprints(analysis, names_below(options));
    for (std::size_t i = 0; i < analysis.diagnostics.size(); ++i) {
      results.push_back(result({analysis, positions, analysis.diagnostics[i], i}, prints[i], index, options));
    }
  }
  Json invocation{{"executionSuccessful", options.unread.empty()}};
  if (!options.unread.empty()) invocation["toolExecutionNotifications"] = notifications(options);
  Json run{{"tool",
            {{"driver", {{"name", "corefile-lint"}, {"version", version()}, {"semanticVersion", version()}, {"rules", std::move(rules)}}}}},
           {"automationDetails", {{"id", "corefile-lint/"}}},
           {"invocations", Json::array({std::move(invocation)})},
           {"columnKind", "unicodeCodePoints"},
           {"results", std::move(results)}};
  const Json report{
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
  return dump(report, 2) + '\n';
}

}  // namespace corefile
