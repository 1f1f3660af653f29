// SPDX-License-Identifier: Apache-2.0
#include "judge.hpp"

#include <algorithm>
#include <corefile/line_index.hpp>
#include <corefile/render.hpp>
#include <corefile/role.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "compare.hpp"
#include "costly.hpp"
#include "outside.hpp"

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

/// ConfigMap coredns-custom as the folder that it is in a pod; no other file is known.
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

constexpr std::size_t most_outside = 1000;
constexpr std::string_view too_many_findings = "too-many-findings";

Finding about_key(std::string_view rule, Severity severity, std::string key, std::string message, std::string help) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.where = key;
  finding.key = std::move(key);
  finding.message = std::move(message);
  finding.help = std::move(help);
  return finding;
}

// What is behind the place is not looked at.
bool leaves_unchecked(std::string_view rule) noexcept { return rule == "expansion-too-large" || rule == "nested-too-deep"; }
Severity unchecked_severity(const Policy& policy) noexcept { return policy.deny_unchecked ? Severity::error : Severity::warning; }

/// `names` says what the sources are called, with an empty one for the main Corefile.
void add(const Analysis& analysis, const std::vector<std::string>& names, const Pods& pods, const Policy& policy,
         std::vector<Finding>& out) {
  std::vector<LineIndex> lines;
  lines.reserve(analysis.sources.size());
  for (const Source& source : analysis.sources) lines.emplace_back(source.text());
  const auto at = [&](const Place& place) {
    Finding finding;
    const std::string& name = names[place.document];
    const Position position = lines[place.document].position(place.span.begin);
    finding.elsewhere = name.empty();
    finding.key = name;
    finding.where = (name.empty() ? std::string("the cluster's Corefile") : name) + ':' + std::to_string(position.line) + ':' +
                    std::to_string(position.column);
    finding.marked = analysis.sources[place.document].text(place.span).substr(0, longest_line);
    finding.line = lines[place.document].line(place.span.begin).substr(0, longest_line);
    return finding;
  };
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    if (diagnostic.severity == Severity::info) continue;
    const Place& place = diagnostic.place;
    Finding finding = at(place);
    finding.rule = diagnostic.rule;
    finding.severity = leaves_unchecked(diagnostic.rule) ? unchecked_severity(policy) : diagnostic.severity;
    finding.message = diagnostic.message;
    if (!diagnostic.notes.empty()) finding.note = diagnostic.notes.front();
    finding.help = diagnostic.help;
    out.push_back(std::move(finding));
  }
  std::set<std::string_view> told;
  for (const Problem& need : analysis.outside) {
    if (names[need.place.document].empty() || told.contains(need.subject) || pods.surely_have(need.subject)) continue;
    if (told.size() == most_outside) {
      out.push_back(about_key(outside_rule, Severity::warning, names.front(), "more must be where CoreDNS runs than is told", {}));
      out.back().outside = true;
      break;
    }
    told.insert(need.subject);
    out.push_back(at(need.place));
    pods.tell(need, out.back());
  }
  // No number in the words: whoever mends one of them brings no new error.
  if (analysis.worst_dropped.value_or(Severity::info) == Severity::info) return;
  Finding more = about_key(too_many_findings, *analysis.worst_dropped, names.front(),
                           "more findings than are compared with those of before", "mend what was found first");
  if (more.key.empty()) more.where = "the cluster's Corefile";
  out.push_back(std::move(more));
}

bool is_live(Role role) noexcept { return role == Role::cluster || role == Role::node_local; }

// Without a server block DNS is gone, as it is without the file.
void raise_empty(Role role, std::vector<Finding>& found) {
  if (!is_live(role)) return;
  for (Finding& finding : found) {
    if (finding.rule == "empty-corefile" || finding.rule == "corefile-key-missing") finding.severity = Severity::error;
  }
}

void judge_alone(const Text& text, Role role, const ConfigMap& map, const Policy& policy, std::vector<Finding>& out) {
  if (const std::optional<Beyond> beyond = beyond_limits(text, policy.options)) {
    out.push_back(about_key("beyond-limits", unchecked_severity(policy), text.key, beyond->message, beyond->help));
    return;
  }
  Options options = policy.options;
  options.kind = InputKind::corefile;
  options.role = role;
  std::vector<Finding> found;
  add(check(Source(text.key, text.text), options), {text.key}, Pods(map, policy, nullptr), policy, found);
  raise_empty(role, found);
  std::move(found.begin(), found.end(), std::back_inserter(out));
}

/// The cluster's own Corefile, with what it imports of coredns-custom.
void judge_with_custom(const Text& text, const std::vector<Text>& custom, const ConfigMap& map, const Policy& policy,
                       std::vector<Finding>& out) {
  if (beyond_limits(text, policy.options)) return judge_alone(text, Role::cluster, map, policy, out);
  const CustomFolder folder(custom);
  Options options = policy.options;
  options.kind = InputKind::corefile;
  options.role = Role::cluster;
  options.files = &folder;
  const Analysis analysis = check(Source(main_name, text.text), options);
  std::vector<std::string> names{text.key};
  for (std::size_t i = 1; i < analysis.sources.size(); ++i) {
    const std::string& path = analysis.sources[i].name();
    names.push_back(std::string(custom_name) + path.substr(std::min(path.rfind('/'), path.size())));
  }
  std::vector<Finding> found;
  add(analysis, names, Pods(map, policy, &folder), policy, found);
  raise_empty(Role::cluster, found);
  // What is wrong in coredns-custom alone is not this ConfigMap's.
  for (Finding& finding : found) finding.elsewhere = finding.key != text.key;
  std::move(found.begin(), found.end(), std::back_inserter(out));
}

// What the main Corefile imports is read where it is imported, with what stands around it.
std::set<std::string> judge_merged(const std::vector<Text>& texts, const std::string& main, const ConfigMap& map, const Policy& policy,
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
  add(analysis, names, Pods(map, policy, &folder), policy, out);
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
    Finding finding = about_key(diagnostic.rule, diagnostic.severity, {}, diagnostic.message, diagnostic.help);
    finding.where = "data";
    if (!diagnostic.notes.empty()) finding.note = diagnostic.notes.front();
    out.push_back(std::move(finding));
  }
}

std::vector<Text> all_texts(const ConfigMap& map) {
  std::vector<Text> texts;
  for (const auto& [key, value] : map.data) texts.push_back({key, value});
  for (const auto& [key, value] : map.binary_data) texts.push_back({key, decode_base64(value)});
  return texts;
}

// Of the cluster whose main Corefile is known.
bool is_custom(const ConfigMap& map, const Settings& settings) {
  return settings.main_corefile && map.name == custom_name && settings.mounts(map.name_space);
}

}  // namespace

std::vector<Text> corefile_texts(const ConfigMap& map) {
  std::vector<Text> texts = all_texts(map);
  std::erase_if(texts, [](const Text& text) { return !is_corefile_key(text.key); });
  return texts;
}

std::vector<Finding> judge(const ConfigMap& map, const Settings& settings, const Policy& policy) {
  std::vector<Finding> out;
  const std::vector<Text> texts = corefile_texts(map);
  const bool merged = is_custom(map, settings) && std::none_of(texts.begin(), texts.end(), [&](const Text& text) {
                        return beyond_limits(text, policy.options).has_value();
                      });
  std::set<std::string> imported;
  if (merged) imported = judge_merged(all_texts(map), *settings.main_corefile, map, policy, out);
  for (const Text& text : texts) {
    if (imported.contains(text.key)) continue;
    const Role role = role_in_configmap(map.name, map.name_space, text.key);
    if (role == Role::cluster && text.key == "Corefile" && !settings.custom_texts.empty() && settings.mounts(map.name_space)) {
      judge_with_custom(text, settings.custom_texts, map, policy, out);
      continue;
    }
    judge_alone(text, role, map, policy, out);
    if (merged && is_part(text.key)) {
      out.push_back(about_key("custom-not-imported", Severity::warning, text.key,
                              "the cluster's Corefile does not import `" + text.key + "`",
                              "have it import `custom/*.server` and, in `.:53`, `custom/*.override`"));
    }
  }
  if (std::none_of(map.data.begin(), map.data.end(), [](const auto& pair) { return is_corefile_key(pair.first); })) {
    judge_keys(map, policy, out);
    if (map.binary_data.empty()) raise_empty(role_in_configmap(map.name, map.name_space, "Corefile"), out);
  }
  return out;
}

std::vector<Finding> judge_main(const ConfigMap& map, const Settings& settings, const Policy& policy) {
  std::vector<Finding> out;
  if (is_custom(map, settings)) judge_merged({}, *settings.main_corefile, map, policy, out);
  return out;
}

std::vector<Finding> judge_removal(const ConfigMap& map, const Settings& settings, const Policy& policy) {
  if (!is_custom(map, settings)) return {};
  std::vector<Finding> now = judge_main(map, settings, policy);
  std::vector<Finding> before;
  judge_merged(all_texts(map), *settings.main_corefile, map, policy, before);
  compare(now, map, before, nullptr, policy);
  std::erase_if(now, [](const Finding& finding) { return !finding.fresh; });
  return now;
}

}  // namespace corefile::webhook
