// SPDX-License-Identifier: Apache-2.0
#include "judge.hpp"

#include <algorithm>
#include <corefile/configmap.hpp>
#include <corefile/line_index.hpp>
#include <corefile/render.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>

#include "costly.hpp"

namespace corefile::webhook {
namespace {

// Where the cluster's pods have their Corefile, and beside it the folder that coredns-custom is mounted as.
const std::string main_name = "/etc/coredns/Corefile";
const std::string custom_folder = "/etc/coredns/custom";

bool is_part(std::string_view key) { return key.ends_with(".server") || key.ends_with(".override"); }
bool is_corefile_key(std::string_view key) { return key == "Corefile" || is_part(key); }

int base64_value(char c) {
  if ('A' <= c && c <= 'Z') return c - 'A';
  if ('a' <= c && c <= 'z') return c - 'a' + 26;
  if ('0' <= c && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) continue;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  return out;
}

/// A ConfigMap as the folder that it is in a pod; no other file is known.
class CustomFolder final : public Files {
 public:
  explicit CustomFolder(const std::vector<Text>& texts) {
    for (const Text& text : texts) texts_.emplace(text.key, text.text);
  }

  Content read(const std::string& path) const override {
    if (!authoritative(path)) return {};
    const auto text = texts_.find(std::string_view(path).substr(custom_folder.size() + 1));
    return text == texts_.end() ? Content{} : Content{Status::ok, std::string(text->second)};
  }
  std::vector<std::string> list(const std::string& folder) const override {
    std::vector<std::string> names;
    if (folder != custom_folder) return names;
    for (const auto& [key, text] : texts_) names.emplace_back(key);
    return names;
  }
  bool authoritative(const std::string& path) const override { return path.starts_with(custom_folder + '/'); }

 private:
  std::map<std::string_view, std::string_view> texts_;
};

constexpr std::size_t longest_line = 1000;
constexpr std::string_view too_many_findings = "too-many-findings";

Finding about_map(std::string_view rule, Severity severity, std::string where, std::string message, std::string help) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.where = std::move(where);
  finding.message = std::move(message);
  finding.help = std::move(help);
  return finding;
}

/// What the verdict may depend on; `names` says what the sources are called, with an empty one for the main Corefile.
void add(const Analysis& analysis, const std::vector<std::string>& names, std::vector<Finding>& out) {
  std::vector<LineIndex> lines;
  lines.reserve(analysis.sources.size());
  for (const Source& source : analysis.sources) lines.emplace_back(source.text());
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    if (diagnostic.severity == Severity::info) continue;
    const Place& place = diagnostic.place;
    Finding finding;
    const Position at = lines[place.document].position(place.span.begin);
    finding.elsewhere = names[place.document].empty();
    finding.rule = diagnostic.rule;
    finding.severity = diagnostic.severity;
    finding.where = (finding.elsewhere ? std::string("the cluster's Corefile") : names[place.document]) + ':' + std::to_string(at.line) +
                    ':' + std::to_string(at.column);
    finding.message = diagnostic.message;
    if (!diagnostic.notes.empty()) finding.note = diagnostic.notes.front();
    finding.help = diagnostic.help;
    finding.marked = analysis.sources[place.document].text(place.span).substr(0, longest_line);
    finding.line = lines[place.document].line(place.span.begin).substr(0, longest_line);
    out.push_back(std::move(finding));
  }
  // No number in the words: whoever mends one of them brings no new error.
  if (analysis.worst_dropped.value_or(Severity::info) == Severity::info) return;
  out.push_back(about_map(too_many_findings, *analysis.worst_dropped, names.front().empty() ? "the cluster's Corefile" : names.front(),
                          "more findings than are compared with those of before", "mend what was found first"));
}

void judge_alone(const Text& text, Role role, const Policy& policy, std::vector<Finding>& out) {
  if (too_many_zones(text, policy.options)) {
    out.push_back(about_map("beyond-limits", Severity::warning, text.key, "its networks are too many zones: it was not checked",
                            "write networks that end on an octet, such as 10.0.0.0/8"));
    return;
  }
  Options options = policy.options;
  options.kind = InputKind::corefile;
  options.role = role;
  add(check(Source(text.key, text.text), options), {text.key}, out);
}

// What the main Corefile imports is read where it is imported, with what stands around it.
std::set<std::string> judge_merged(const std::vector<Text>& texts, const std::string& main, const Policy& policy,
                                   std::vector<Finding>& out) {
  const CustomFolder folder(texts);
  Options options = policy.options;
  options.kind = InputKind::corefile;
  options.role = Role::cluster;
  options.files = &folder;
  const Analysis analysis = check(Source(main_name, main), options);
  std::vector<std::string> names{{}};
  std::set<std::string> imported;
  for (std::size_t i = 1; i < analysis.sources.size(); ++i) {
    const std::string& path = analysis.sources[i].name();
    names.push_back(path.starts_with(custom_folder + '/') ? path.substr(custom_folder.size() + 1) : std::string());
    imported.insert(names.back());
  }
  add(analysis, names, out);
  return imported;
}

/// What the rules about manifests say of its keys alone.
void judge_keys(const ConfigMap& map, const Policy& policy, std::vector<Finding>& out) {
  nlohmann::ordered_json object{{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", map.name}}}};
  if (!map.name_space.empty()) object["metadata"]["namespace"] = map.name_space;
  object["data"] = nlohmann::ordered_json::object();
  for (const auto& [key, value] : map.data) {
    if (object["data"].size() < 100) object["data"][key] = "";
  }
  for (const auto& [key, value] : map.binary_data) {
    if (is_corefile_key(key)) object["binaryData"][key] = "";
  }
  Options options = policy.options;
  options.kind = InputKind::manifest;
  const Analysis analysis = check(Source("ConfigMap", object.dump()), options);
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    if (diagnostic.rule != "corefile-key-missing" && diagnostic.rule != "corefile-in-binary-data") continue;
    Finding finding = about_map(diagnostic.rule, diagnostic.severity, "data", diagnostic.message, diagnostic.help);
    if (!diagnostic.notes.empty()) finding.note = diagnostic.notes.front();
    out.push_back(std::move(finding));
  }
}

using Identity = std::tuple<std::string_view, Severity, std::string_view, std::string_view>;
Identity identity(const Finding& f) { return {f.rule, f.severity, f.message, f.marked}; }

// How often each line stands in the texts.
std::map<std::string_view, int> count_lines(const std::vector<Text>& texts) {
  std::map<std::string_view, int> lines;
  for (const Text& text : texts) {
    for (std::string_view rest = text.text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      ++lines[rest.substr(0, std::min(end, longest_line))];
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return lines;
}

// Whether CoreDNS's parser takes all of them.
bool parsed(const std::vector<Text>& texts) {
  return std::all_of(texts.begin(), texts.end(), [](const Text& text) {
    ResolveOptions options;
    options.form = text.key.ends_with(".override") ? Form::directives : Form::corefile;
    return recover(parse(Source(text.key, text.text)), options).meant.accepted();
  });
}

}  // namespace

std::vector<Text> corefile_texts(const ConfigMap& map) {
  std::vector<Text> texts;
  for (const auto& [key, value] : map.data) {
    if (is_corefile_key(key)) texts.push_back({key, value});
  }
  for (const auto& [key, value] : map.binary_data) {
    if (is_corefile_key(key)) texts.push_back({key, decode_base64(value)});
  }
  return texts;
}

std::vector<Finding> judge(const ConfigMap& map, const Settings& settings, const Policy& policy) {
  std::vector<Finding> out;
  const std::vector<Text> texts = corefile_texts(map);
  const bool merged = settings.main_corefile && map.name == "coredns-custom" &&
                      std::none_of(texts.begin(), texts.end(), [&](const Text& text) { return too_many_zones(text, policy.options); });
  std::set<std::string> imported;
  if (merged) imported = judge_merged(texts, *settings.main_corefile, policy, out);
  for (const Text& text : texts) {
    if (imported.contains(text.key)) continue;
    judge_alone(text, role_in_configmap(map.name, map.name_space, text.key), policy, out);
    if (merged && is_part(text.key)) {
      out.push_back(about_map("custom-not-imported", Severity::warning, text.key,
                              "the cluster's Corefile does not import `" + text.key + "`",
                              "have it import `custom/*.server` and, in `.:53`, `custom/*.override`"));
    }
  }
  if (std::none_of(map.data.begin(), map.data.end(), [](const auto& pair) { return is_corefile_key(pair.first); })) {
    judge_keys(map, policy, out);
  }
  return out;
}

std::vector<Finding> judge_main(const ConfigMap& map, const Settings& settings, const Policy& policy) {
  std::vector<Finding> out;
  if (settings.main_corefile && map.name == "coredns-custom") judge_merged({}, *settings.main_corefile, policy, out);
  return out;
}

void compare(std::vector<Finding>& now, const std::vector<Text>& texts, const std::vector<Finding>& before,
             const std::vector<Text>& texts_before) {
  std::map<Identity, std::size_t> known;
  std::map<std::pair<Identity, std::string_view>, std::size_t> known_lines;
  for (const Finding& finding : before) {
    ++known[identity(finding)];
    ++known_lines[{identity(finding), finding.line}];
  }
  // The same line first: of two alike, the one that was written anew is the new one.
  for (Finding& finding : now) {
    const auto match = known_lines.find({identity(finding), finding.line});
    if (match == known_lines.end() || match->second == 0) continue;
    --match->second;
    --known[identity(finding)];
    finding.fresh = false;
  }
  for (Finding& finding : now) {
    if (!finding.fresh) continue;
    const auto match = known.find(identity(finding));
    if (match == known.end() || match->second == 0) continue;
    --match->second;
    finding.fresh = false;
  }
  // Behind a fault of braces or quotes not all is seen: what comes to light on lines that nobody touched is no news.
  if (parsed(texts_before) || !parsed(texts)) return;
  const auto lines = count_lines(texts);
  const auto lines_before = count_lines(texts_before);
  for (Finding& finding : now) {
    const auto here = lines.find(finding.line);
    const auto there = lines_before.find(finding.line);
    if (here != lines.end() && there != lines_before.end() && here->second <= there->second) finding.fresh = false;
  }
}

}  // namespace corefile::webhook
