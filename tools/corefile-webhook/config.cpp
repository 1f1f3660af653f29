// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "app.hpp"
#include "configuration/configuration.hpp"
#include "disk.hpp"
#include "flags.hpp"
#include "folder.hpp"
#include "policy.hpp"
#include "settings.hpp"

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

using Kind = ConfigKey::Kind;
constexpr std::array policy_keys{ConfigKey{"enforce", Kind::text, "Which findings deny"},
                                 ConfigKey{"unchecked", Kind::text, "What becomes of an object that cannot be checked"},
                                 ConfigKey{"outside", Kind::text, "What becomes of a Corefile that needs what is not known here"},
                                 ConfigKey{"inPods", Kind::texts, "Files and folders that CoreDNS's pods have"},
                                 ConfigKey{"override", Kind::text, "What an override needs"},
                                 ConfigKey{"mayDelete", Kind::texts, "Who may delete and empty"},
                                 ConfigKey{"coredns", Kind::text, "The CoreDNS release"},
                                 ConfigKey{"kubernetes", Kind::text, "The release that kubeadm installs with it"},
                                 ConfigKey{"clusterDomain", Kind::text, "The cluster's domain"},
                                 ConfigKey{"ignore", Kind::texts, "Rules and groups that say nothing"},
                                 ConfigKey{"severity", Kind::map, "How loudly rules and groups speak"},
                                 ConfigKey{"plugins", Kind::texts, "Plugins built into CoreDNS beside its own"},
                                 ConfigKey{"suppressions", Kind::flag, "Comments and annotations ignore findings"}};
constexpr std::array file_keys{ConfigKey{"mainCorefile", Kind::text, "The cluster's own Corefile"},
                               ConfigKey{"customFolder", Kind::text, "The folder of what it imports"},
                               ConfigKey{"mainNamespace", Kind::text, "The namespace of its ConfigMap"},
                               ConfigKey{"releases", Kind::map, "The CoreDNS release by ConfigMap"},
                               ConfigKey{"configMaps", Kind::texts, "ConfigMaps to look at beside the usual ones"},
                               ConfigKey{"labels", Kind::texts, "Labels of ConfigMaps to look at"},
                               ConfigKey{"namespaces", Kind::sections, "What holds in a namespace instead", {}, policy_keys}};

std::vector<std::string> words_of(const ConfigValue& list) {
  std::vector<std::string> words;
  words.reserve(list.items.size());
  for (const ConfigValue& item : list.items) words.push_back(item.text);
  return words;
}

void take(const ConfigValue& value, PolicyText& to) {
  const std::string_view key = value.name;
  if (key == "enforce") to.enforce = value.text;
  if (key == "unchecked") to.unchecked = value.text;
  if (key == "outside") to.outside = value.text;
  if (key == "override") to.override = value.text;
  if (key == "clusterDomain") to.check.cluster_domain = value.text;
  if (key == "suppressions") to.suppressions = value.text;
  if (key == "inPods") to.in_pods = words_of(value);
  if (key == "mayDelete") to.may_delete = words_of(value);
  if (key == "ignore") to.ignore = words_of(value);
  if (key == "plugins") to.check.plugins = words_of(value);
  if (key == "coredns" || key == "kubernetes") {
    to.check.coredns = key == "coredns" ? value.text : std::string();
    to.check.kubernetes = key == "kubernetes" ? value.text : std::string();
  }
  if (key == "severity") {
    to.severity.clear();
    for (const ConfigValue& one : value.items) to.severity.push_back(one.name + '=' + one.text);
  }
}

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
  policy.options.live = true;
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

void read_releases(const ConfigValue& releases, Settings& settings) {
  for (const ConfigValue& one : releases.items) {
    CheckArguments check;
    check.coredns = one.text;
    settings.releases.emplace_back(read_name(one.name), app::read_settings(check, {}).options.release);
  }
}

ConfigFile read_keys(const std::string& path) {
  std::vector<ConfigKey> keys(policy_keys.begin(), policy_keys.end());
  keys.insert(keys.end(), file_keys.begin(), file_keys.end());
  ConfigFile file = read_config(Source(path, app::read_file(path)), keys);
  if (file.faults.empty()) return file;
  throw Trouble(path + ':' + std::to_string(file.faults.front().line) + ": " + file.faults.front().message);
}

// `namespaces` comes last: what holds for all is their ground.
void read_file(const std::string& path, PolicyText everywhere, Settings& settings) {
  const ConfigFile file = read_keys(path);
  try {
    const ConfigValue* namespaces = nullptr;
    for (const ConfigValue& value : file.values) {
      if (value.name == "mainCorefile") settings.main_path = value.text;
      if (value.name == "customFolder") settings.custom_path = value.text;
      if (value.name == "mainNamespace") settings.main_namespace = value.text;
      if (value.name == "releases") read_releases(value, settings);
      if (value.name == "configMaps") add_selectors(words_of(value), {}, settings);
      if (value.name == "labels") add_selectors({}, words_of(value), settings);
      if (value.name == "namespaces") namespaces = &value;
      take(value, everywhere);
    }
    settings.everywhere = make_policy(everywhere, settings.remarks);
    if (namespaces == nullptr) return;
    for (const ConfigValue& space : namespaces->items) {
      PolicyText own = everywhere;
      for (const ConfigValue& value : space.items) take(value, own);
      settings.namespaces[space.name] = make_policy(own, settings.remarks);
    }
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
