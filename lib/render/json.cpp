// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <corefile/fingerprint.hpp>
#include <corefile/render.hpp>

#include "base/utf8.hpp"
#include "render/findings.hpp"
#include "render/json_text.hpp"
#include "render/positions.hpp"

namespace corefile {
namespace {

using namespace render;

class Findings {
 public:
  Findings(const Analysis& analysis, const RenderOptions& options)
      : analysis_(analysis), positions_(analysis), fingerprints_(fingerprints(analysis, names_below(options))) {}

  Json finding(std::size_t number) const {
    const Diagnostic& found = analysis_.diagnostics[number];
    Json out{{"rule", found.rule}, {"severity", to_string(found.severity)}, {"message", words(found.message)}};
    put(out, found.place);
    if (const auto inner = positions_.inner(found.place)) {
      out["object"] = {
          {"name", words(inner->text->object)}, {"key", words(inner->text->key)}, {"line", inner->at.line}, {"column", inner->at.column}};
    }
    out["label"] = words(found.label);
    out["labels"] = Json::array();
    for (const Label& label : found.labels) {
      Json& at = out["labels"].emplace_back(Json::object());
      put(at, label.place);
      at["text"] = words(label.text);
    }
    out["notes"] = Json::array();
    for (const std::string& note : found.notes) out["notes"].push_back(words(note));
    out["help"] = words(found.help);
    out["fixes"] = Json::array();
    for (const Fix& fix : found.fixes) out["fixes"].push_back(this->fix(fix));
    out["fingerprint"] = fingerprints_[number];
    return out;
  }

 private:
  static Json point(Position at, std::uint32_t offset) { return {{"line", at.line}, {"column", at.column}, {"offset", offset}}; }

  void put(Json& out, const Place& place) const {
    out["path"] = exact(analysis_.sources[place.document].name());
    out["start"] = point(positions_.begin(place), place.span.begin);
    out["end"] = point(positions_.end(place), place.span.end);
  }

  Json fix(const Fix& fix) const {
    Json out{{"title", words(fix.title)}, {"safety", to_string(fix.safety)}, {"edits", Json::array()}};
    for (const Edit& edit : fix.edits) {
      Json& at = out["edits"].emplace_back(Json::object());
      put(at, edit.place);
      at["text"] = exact(edit.text);
      if (!utf8::valid(edit.text)) at["base64"] = base64(edit.text);
    }
    return out;
  }

  const Analysis& analysis_;
  Positions positions_;
  std::vector<std::string> fingerprints_;
};

Json tool() { return {{"name", "corefile-lint"}, {"version", version()}}; }

Json unread(const Unread& input) { return {{"path", exact(input.path)}, {"message", words(input.message)}}; }

Json summary(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::array<std::uint64_t, 3> by_severity{};
  std::uint64_t corefiles = 0;
  std::uint64_t dropped = 0;
  std::uint64_t suppressed = 0;
  for (const Analysis& analysis : analyses) {
    for (const Diagnostic& found : analysis.diagnostics) ++by_severity[static_cast<std::size_t>(found.severity)];
    corefiles += analysis.corefiles;
    dropped += analysis.dropped;
    suppressed += analysis.suppressed.size();
  }
  return {{"files", analyses.size()}, {"corefiles", corefiles}, {"errors", by_severity[2]}, {"warnings", by_severity[1]},
          {"infos", by_severity[0]},  {"dropped", dropped},     {"suppressed", suppressed}, {"unread", options.unread.size()}};
}

}  // namespace

std::string render_json(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  Json findings = Json::array();
  for (const Analysis& analysis : analyses) {
    if (analysis.diagnostics.empty()) continue;
    const Findings about(analysis, options);
    for (std::size_t i = 0; i < analysis.diagnostics.size(); ++i) findings.push_back(about.finding(i));
  }
  Json not_read = Json::array();
  for (const Unread& input : options.unread) not_read.push_back(unread(input));
  const Json report{{"version", 1},
                    {"tool", tool()},
                    {"coredns", to_string(options.release)},
                    {"findings", std::move(findings)},
                    {"unread", std::move(not_read)},
                    {"summary", summary(analyses, options)}};
  return dump(report, 2) + '\n';
}

std::string render_jsonl(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  std::string out = dump({{"type", "start"}, {"version", 1}, {"tool", tool()}, {"coredns", to_string(options.release)}}, -1) + '\n';
  for (const Analysis& analysis : analyses) {
    if (analysis.diagnostics.empty()) continue;
    const Findings about(analysis, options);
    for (std::size_t i = 0; i < analysis.diagnostics.size(); ++i) {
      Json line{{"type", "finding"}};
      line.update(about.finding(i));
      out += dump(line, -1) + '\n';
    }
  }
  for (const Unread& input : options.unread) {
    Json line{{"type", "unread"}};
    line.update(unread(input));
    out += dump(line, -1) + '\n';
  }
  Json end{{"type", "end"}};
  end.update(summary(analyses, options));
  return out + dump(end, -1) + '\n';
}

}  // namespace corefile
