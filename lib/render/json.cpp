// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <corefile/render.hpp>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "render/positions.hpp"
#include "render/text.hpp"

namespace corefile {
namespace {

using Json = nlohmann::ordered_json;

// Words for people; line ends within them stay.
std::string words(std::string_view text) {
  std::string out;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    out += render::shown(text.substr(0, end)) + '\n';
    text.remove_prefix(end + 1);
  }
  return out + render::shown(text);
}

// Text for programs: as it is, if JSON can hold it.
std::string exact(std::string_view text) { return utf8::valid(text) ? std::string(text) : visible(text); }

std::string base64(std::string_view bytes) {
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : digits[group >> (18 - 6 * k) & 63];
  }
  return out;
}

// What `visible` would change, as JSON's own escapes: the same text, and nothing for a terminal to act on.
std::string escaped(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  while (!json.empty()) {
    const std::uint32_t size = utf8::decode(json).size;
    char32_t rune = utf8::decode(json).value;
    const std::string_view bytes = json.substr(0, size);
    json.remove_prefix(size);
    if ((size == 1 && rune != 0x7F) || visible(bytes) == bytes) {
      out += bytes;
      continue;
    }
    if (rune >= 0x10000) {
      rune -= 0x10000;
      out += fmt::format("\\u{:04x}", 0xD800 + static_cast<unsigned>(rune >> 10));
      rune = 0xDC00 + (rune & 0x3FF);
    }
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(rune));
  }
  return out;
}

class Findings {
 public:
  explicit Findings(const Analysis& analysis) : analysis_(analysis), positions_(analysis) {}

  Json finding(const Diagnostic& found) const {
    Json out{{"rule", found.rule}, {"severity", to_string(found.severity)}, {"message", words(found.message)}};
    put(out, found.place);
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
  render::Positions positions_;
};

}  // namespace

std::string render_json(const std::vector<Analysis>& analyses, const RenderOptions& options) {
  Json findings = Json::array();
  std::array<std::uint64_t, 3> by_severity{};
  std::uint64_t corefiles = 0;
  std::uint64_t dropped = 0;
  for (const Analysis& analysis : analyses) {
    const Findings about(analysis);
    for (const Diagnostic& found : analysis.diagnostics) {
      findings.push_back(about.finding(found));
      ++by_severity[static_cast<std::size_t>(found.severity)];
    }
    corefiles += analysis.corefiles;
    dropped += analysis.dropped;
  }
  const Json report{{"version", 1},
                    {"tool", {{"name", "corefile-lint"}, {"version", version()}}},
                    {"coredns", to_string(options.release)},
                    {"findings", std::move(findings)},
                    {"summary",
                     {{"files", analyses.size()},
                      {"corefiles", corefiles},
                      {"errors", by_severity[2]},
                      {"warnings", by_severity[1]},
                      {"infos", by_severity[0]},
                      {"dropped", dropped}}}};
  return escaped(report.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

std::string_view version() noexcept { return COREFILE_VERSION; }

}  // namespace corefile
