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
#include "mounted.hpp"
#include "outside.hpp"

namespace corefile::webhook {
namespace {

bool is_part(std::string_view key) { return key.ends_with(".server") || key.ends_with(".override"); }
bool is_corefile_key(std::string_view key) { return key == "Corefile" || is_part(key); }

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

/// A finding at each place; `names` says what the sources are called, with an empty one for the main Corefile.
class Places {
 public:
  Places(const Analysis& analysis, const std::vector<std::string>& names) : analysis_(analysis), names_(names) {
    lines_.reserve(analysis.sources.size());
    for (const Source& source : analysis.sources) lines_.emplace_back(source.text());
  }

  Finding at(const Place& place) const {
    Finding finding;
    const std::string& name = names_[place.document];
    const Position position = lines_[place.document].position(place.span.begin);
    finding.elsewhere = name.empty();
    finding.key = name;
    finding.where = (name.empty() ? std::string("the cluster's Corefile") : name) + ':' + std::to_string(position.line) + ':' +
                    std::to_string(position.column);
    finding.marked = analysis_.sources[place.document].text(place.span).substr(0, longest_line);
    finding.line = lines_[place.document].line(place.span.begin).substr(0, longest_line);
    return finding;
  }

 private:
  const Analysis& analysis_;
  const std::vector<std::string>& names_;
  std::vector<LineIndex> lines_;
};

/// What must be where CoreDNS runs, and has not been told yet.
void add_needs(const Analysis& analysis, const std::vector<std::string>& names, const Pods& pods, std::set<std::string>& told,
               std::vector<Finding>& out) {
  const Places places(analysis, names);
  for (const Need& need : analysis.outside) {
    if (names[need.place.document].empty() || told.contains(need.subject) || pods.surely_have(need.subject)) continue;
    if (told.size() == most_outside) {
      out.push_back(about_key(outside_rule, Severity::warning, names.front(), "more must be where CoreDNS runs than is told", {}));
      out.back().outside = true;
      return;
    }
    told.insert(need.subject);
    out.push_back(places.at(need.place));
    pods.tell(need, out.back());
  }
}

void add(const Analysis& analysis, const std::vector<std::string>& names, const Pods& pods, const Policy& policy,
         std::vector<Finding>& out) {
  const Places places(analysis, names);
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    if (diagnostic.severity == Severity::info) continue;
    const Place& place = diagnostic.place;
    Finding finding = places.at(place);
    finding.rule = diagnostic.rule;
    finding.severity = leaves_unchecked(diagnostic.rule) ? unchecked_severity(policy) : diagnostic.severity;
    finding.message = diagnostic.message;
    if (!diagnostic.notes.empty()) finding.note = diagnostic.notes.front();
    finding.help = diagnostic.help;
    out.push_back(std::move(finding));
  }
  std::set<std::string> told;
  add_needs(analysis, names, pods, told, out);
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

std::string last_part(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

Finding too_much_read(std::string key, const Policy& policy) {
  Finding finding = about_key("beyond-limits", unchecked_severity(policy), std::move(key), "it reads more than is checked",
                              "import a file once, and keep large zones apart");
  if (finding.key.empty()) finding.where = "data";
  return finding;
}

/// A text with what may lie beside it in its folder, and what surely lies in that of coredns-custom. Gives the keys that were imported.
std::set<std::string> judge_beside(const Text& text, Role role, Beside& beside, const std::vector<Text>& custom, const ConfigMap& map,
                                   const Policy& policy, std::vector<Finding>& out) {
  if (beyond_limits(text, policy.options)) {
    judge_alone(text, role, map, policy, out);
    return {};
  }
  Mounted sure;
  if (!custom.empty()) {
    sure.add(custom_folder, custom, true);
    beside.files().add(custom_folder, custom, true);
  }
  Options options = policy.options;
  options.kind = InputKind::corefile;
  options.role = role;
  const Source source(beside.path(text), text.text);
  std::set<std::string> imported;
  const auto names_of = [&](const Analysis& analysis) {
    std::vector<std::string> names{text.key};
    for (std::size_t i = 1; i < analysis.sources.size(); ++i) {
      const std::string& path = analysis.sources[i].name();
      const bool own = path.substr(0, path.rfind('/')) == beside.folder();
      names.push_back((own ? std::string() : std::string(custom_name) + '/') + last_part(path));
      if (own) imported.insert(names.back());
    }
    return names;
  };
  options.files = &beside.files();
  const Analysis analysis = check(source, options);
  if (beside.files().exhausted()) {
    judge_alone(text, role, map, policy, out);
    out.push_back(too_much_read(text.key, policy));
    return {};
  }
  const Pods pods(map, policy, &sure);
  std::vector<Finding> found;
  add(analysis, names_of(analysis), pods, policy, found);
  if (beside.files().guessed()) {
    // That the pods mount a key is told as well.
    options.files = custom.empty() ? nullptr : &sure;
    std::set<std::string> told;
    for (const Need& need : analysis.outside) told.insert(need.subject);
    const Analysis without = check(source, options);
    add_needs(without, names_of(without), pods, told, found);
  }
  raise_empty(role, found);
  for (Finding& finding : found) {
    // What is wrong in coredns-custom alone is not this ConfigMap's.
    finding.elsewhere = finding.key.starts_with(std::string(custom_name) + '/');
    if (!finding.elsewhere) finding.key = text.key;
  }
  std::move(found.begin(), found.end(), std::back_inserter(out));
  return imported;
}

// What the main Corefile imports is read where it is imported, with what stands around it.
std::set<std::string> judge_merged(const std::vector<Text>& texts, const std::string& main, const ConfigMap& map, const Policy& policy,
                                   std::vector<Finding>& out) {
  Mounted folder;
  folder.add(custom_folder, texts, true);
  Options options = policy.options;
  options.kind = InputKind::corefile;
  options.role = Role::cluster;
  options.files = &folder;
  const Analysis analysis = check(Source(std::string(main_name), main), options);
  if (folder.exhausted()) {
    out.push_back(too_much_read({}, policy));
    return {};
  }
  std::vector<std::string> names{{}};
  std::set<std::string> imported;
  for (std::size_t i = 1; i < analysis.sources.size(); ++i) {
    const std::string& path = analysis.sources[i].name();
    names.push_back(path.starts_with(std::string(custom_folder) + '/') ? path.substr(custom_folder.size() + 1) : std::string());
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
  std::vector<Text> texts = corefile_texts(map);
  const bool merged = is_custom(map, settings) && std::none_of(texts.begin(), texts.end(), [&](const Text& text) {
                        return beyond_limits(text, policy.options).has_value();
                      });
  std::set<std::string> imported;
  if (merged) imported = judge_merged(all_texts(map), *settings.main_corefile, map, policy, out);
  // The live Corefile first: what it imports is read there.
  std::stable_partition(texts.begin(), texts.end(), [](const Text& text) { return text.key == "Corefile"; });
  Beside beside(map);
  const std::vector<Text> none;
  for (const Text& text : texts) {
    if (imported.contains(text.key)) continue;
    const Role role = role_in_configmap(map.name, map.name_space, text.key);
    const bool live = role == Role::cluster && text.key == "Corefile";
    const std::vector<Text>& custom = live && settings.mounts(map.name_space) ? settings.custom_texts : none;
    if (!custom.empty() || (!merged && (live || map.name == custom_name) && beside.concerns(text))) {
      const std::set<std::string> more = judge_beside(text, role, beside, custom, map, policy, out);
      if (live) imported.insert(more.begin(), more.end());
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
