// SPDX-License-Identifier: Apache-2.0
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

#include "app.hpp"
#include "disk.hpp"
#include "flags.hpp"
#include "folder.hpp"
#include "policy.hpp"
#include "settings.hpp"
#include "words.hpp"

namespace corefile::webhook {
namespace {

using app::CheckArguments;
using app::Trouble;

/// What a policy is made of, as words: corefile-lint reads the same ones.
struct PolicyText {
  std::string enforce, unchecked, outside, override;
  CheckArguments check;
  std::vector<std::string> ignore, severity, in_pods, may_delete;
  std::string suppressions = "false";
};

constexpr std::array<std::string_view, 13> policy_keys{"enforce",   "unchecked", "outside",     "inPods",        "override",
                                                       "mayDelete", "coredns",   "kubernetes",  "clusterDomain", "ignore",
                                                       "severity",  "plugins",   "suppressions"};
constexpr std::array<std::string_view, 7> file_keys{"mainCorefile", "customFolder", "mainNamespace", "releases",
                                                    "configMaps",   "labels",       "namespaces"};

class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  [[noreturn]] void fail(const YAML::Node& at, const std::string& what) const {
    throw Trouble(file_ + ':' + std::to_string(at.Mark().line + 1) + ": " + what);
  }

  std::string text(const YAML::Node& node, const std::string& key) const {
    if (!node.IsScalar()) fail(node, '`' + key + "` should be one word");
    return node.Scalar();
  }

  std::vector<std::string> texts(const YAML::Node& node, const std::string& key) const {
    if (!node.IsSequence()) fail(node, '`' + key + "` should be a list");
    std::vector<std::string> out;
    for (const YAML::Node& item : node) out.push_back(text(item, key));
    return out;
  }

  void map(const YAML::Node& node, const std::string& what) const {
    if (!node.IsMap()) fail(node, what + " should be a map of keys to values");
  }

  [[noreturn]] void unknown(const YAML::Node& at, const std::string& key, bool whole_file) const {
    std::vector<std::string_view> known(policy_keys.begin(), policy_keys.end());
    if (whole_file) known.insert(known.end(), file_keys.begin(), file_keys.end());
    const std::string meant = app::did_you_mean(key, known);
    fail(at, "there is no key `" + key + '`' + (whole_file ? "" : " for a namespace") +
                 (meant.empty() ? "; known are " + app::list(known) : meant));
  }

  static std::string* word_of(std::string_view key, PolicyText& to) noexcept {
    if (key == "enforce") return &to.enforce;
    if (key == "unchecked") return &to.unchecked;
    if (key == "outside") return &to.outside;
    if (key == "override") return &to.override;
    return key == "clusterDomain" ? &to.check.cluster_domain : nullptr;
  }
  static std::vector<std::string>* list_of(std::string_view key, PolicyText& to) noexcept {
    if (key == "inPods") return &to.in_pods;
    if (key == "mayDelete") return &to.may_delete;
    if (key == "ignore") return &to.ignore;
    return key == "plugins" ? &to.check.plugins : nullptr;
  }

  /// False if it is none of a policy's keys.
  bool policy(const std::string& key, const YAML::Node& value, PolicyText& to) const {
    if (std::string* const word = word_of(key, to)) {
      *word = text(value, key);
    } else if (std::vector<std::string>* const list = list_of(key, to)) {
      *list = texts(value, key);
    } else if (key == "coredns" || key == "kubernetes") {
      to.check.coredns = key == "coredns" ? text(value, key) : std::string();
      to.check.kubernetes = key == "kubernetes" ? text(value, key) : std::string();
    } else if (key == "suppressions") {
      to.suppressions = text(value, key);
      if (to.suppressions != "true" && to.suppressions != "false") fail(value, "`suppressions` should be true or false");
    } else if (key == "severity") {
      map(value, '`' + key + '`');
      to.severity.clear();
      for (const auto& pair : value) to.severity.push_back(pair.first.Scalar() + '=' + text(pair.second, key));
    } else {
      return false;
    }
    return true;
  }

 private:
  const std::string& file_;
};

Enforce read_enforce(const std::string& text) {
  if (text == "errors") return Enforce::errors;
  if (text == "warnings") return Enforce::warnings;
  if (text == "none") return Enforce::none;
  throw app::UsageError("--enforce: `" + text + "` is not one of errors, warnings, none");
}

// Whether it is the first of two words.
bool read_either(const char* option, const std::string& text, const std::string& first, const std::string& second) {
  if (text == first || text == second) return text == first;
  throw app::UsageError(std::string(option) + ": `" + text + "` is not one of " + first + ", " + second);
}

Policy make_policy(const PolicyText& text, std::vector<std::string>& remarks) {
  Policy policy;
  policy.enforce = read_enforce(text.enforce);
  policy.deny_unchecked = read_either("--unchecked", text.unchecked, "deny", "allow");
  policy.deny_outside = read_either("--outside", text.outside, "deny", "warn");
  policy.override = read_either("--override", text.override, "text", "reason") ? Override::text : Override::reason;
  policy.in_pods = text.in_pods;
  policy.may_delete = text.may_delete;
  CheckArguments check = text.check;
  for (const std::string& names : text.ignore) check.rules.push_back({"--ignore", names});
  for (const std::string& pair : text.severity) check.rules.push_back({"--severity", pair});
  app::Settings settings = app::read_settings(check, {});
  policy.options = std::move(settings.options);
  // Who writes the object writes them: they count only where the configuration says so.
  if (text.suppressions != "true") policy.options.suppressions = {false, false, {}};
  // A small text can import snippets of snippets; no Corefile of a ConfigMap's size comes near this.
  policy.options.limits.expanded_words = 100'000;
  policy.options.max_findings = 1000;
  policy.options.outside = true;
  for (std::string& remark : settings.remarks) {
    if (std::find(remarks.begin(), remarks.end(), remark) == remarks.end()) remarks.push_back(std::move(remark));
  }
  return policy;
}

NameSelector read_name(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return {{}, text};
  return {text.substr(0, slash), text.substr(slash + 1)};
}

LabelSelector read_label(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return {text, {}};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void add_selectors(const std::vector<std::string>& names, const std::vector<std::string>& labels, Settings& settings) {
  for (const std::string& name : names) settings.names.push_back(read_name(name));
  for (const std::string& label : labels) settings.labels.push_back(read_label(label));
}

void read_releases(const Reader& reader, const YAML::Node& node, Settings& settings) {
  reader.map(node, "`releases`");
  for (const auto& pair : node) {
    CheckArguments check;
    check.coredns = reader.text(pair.second, pair.first.Scalar());
    settings.releases.emplace_back(read_name(pair.first.Scalar()), app::read_settings(check, {}).options.release);
  }
}

// `namespaces` comes last: what holds for all is their ground.
void read_file(const std::string& path, PolicyText everywhere, Settings& settings) {
  const Reader reader(path);
  try {
    const YAML::Node file = YAML::Load(app::read_file(path));
    if (!file.IsNull()) reader.map(file, "the file");
    for (const auto& pair : file) {
      const std::string key = reader.text(pair.first, "a key");
      if (key == "mainCorefile") {
        settings.main_path = reader.text(pair.second, key);
      } else if (key == "customFolder" || key == "mainNamespace") {
        (key == "customFolder" ? settings.custom_path : settings.main_namespace) = reader.text(pair.second, key);
      } else if (key == "releases") {
        read_releases(reader, pair.second, settings);
      } else if (key == "configMaps") {
        add_selectors(reader.texts(pair.second, key), {}, settings);
      } else if (key == "labels") {
        add_selectors({}, reader.texts(pair.second, key), settings);
      } else if (key != "namespaces" && !reader.policy(key, pair.second, everywhere)) {
        reader.unknown(pair.first, key, true);
      }
    }
    settings.everywhere = make_policy(everywhere, settings.remarks);
    const YAML::Node namespaces = file["namespaces"];
    if (!namespaces) return;
    reader.map(namespaces, "`namespaces`");
    for (const auto& pair : namespaces) {
      PolicyText own = everywhere;
      reader.map(pair.second, '`' + pair.first.Scalar() + '`');
      for (const auto& entry : pair.second) {
        if (!reader.policy(entry.first.Scalar(), entry.second, own)) reader.unknown(entry.first, entry.first.Scalar(), false);
      }
      settings.namespaces[pair.first.Scalar()] = make_policy(own, settings.remarks);
    }
  } catch (const YAML::Exception& error) {
    throw Trouble(path + ':' + std::to_string(error.mark.line + 1) + ": " + error.msg);
  } catch (const app::UsageError& error) {
    throw Trouble(path + ": " + error.what());
  }
}

}  // namespace

Settings read_settings(const Arguments& arguments) {
  Settings settings;
  PolicyText everywhere;
  everywhere.enforce = arguments.enforce;
  everywhere.unchecked = arguments.unchecked;
  everywhere.outside = arguments.outside;
  everywhere.override = arguments.override;
  everywhere.check.coredns = arguments.coredns;
  everywhere.check.kubernetes = arguments.kubernetes;
  everywhere.check.cluster_domain = arguments.cluster_domain;
  settings.main_path = arguments.main_corefile;
  settings.custom_path = arguments.custom_folder;
  settings.main_namespace = arguments.main_namespace;
  add_selectors(arguments.configmaps, arguments.labels, settings);
  if (arguments.config.empty()) {
    settings.everywhere = make_policy(everywhere, settings.remarks);
  } else {
    read_file(arguments.config, everywhere, settings);
  }
  if (!settings.main_path.empty()) settings.main_corefile = app::read_file(settings.main_path);
  if (!settings.custom_path.empty()) settings.custom_texts = read_folder(settings.custom_path);
  return settings;
}

}  // namespace corefile::webhook
