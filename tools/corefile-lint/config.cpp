// SPDX-License-Identifier: Apache-2.0
#include "config.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "disk.hpp"
#include "ignored.hpp"
#include "system.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

constexpr int most_extended = 10;  // files, one in the other
constexpr std::array file_names{".corefile-lint.yaml", ".corefile-lint.yml"};

std::string beside(const ConfigLayer& layer, const std::string& path) {
  const fs::path written = disk_path(path);
  return written.is_absolute() ? path : path_name((disk_path(layer.folder) / written).lexically_normal());
}

// A plugin's name has neither folder nor ending.
std::string plugin_of(const ConfigLayer& layer, const std::string& text) {
  return text.find_first_of("/.") == std::string::npos ? text : beside(layer, text);
}

/// What is known so far, and where from.
struct Gathered {
  CheckArguments words;
  std::vector<EffectiveValue> shown;
};

class Gatherer {
 public:
  Gatherer(const ConfigLayer& layer, Gathered& to) : layer_(layer), to_(to) {}

  void take(const ConfigValue& value) {
    CheckArguments& words = to_.words;
    if (value.name == "coredns" || value.name == "kubernetes") {
      words.coredns = value.name == "coredns" ? value.text : std::string();
      words.kubernetes = value.name == "kubernetes" ? value.text : std::string();
      forget(value.name == "coredns" ? "kubernetes" : "coredns");
      one(value);
    } else if (std::string* text = word(value.name)) {
      *text = value.name == "resolvConf" ? beside(layer_, value.text) : value.text;
      one(value);
    } else if (value.name == "suppressions") {
      words.no_suppressions = value.text == "false";
      one(value);
    } else {
      several(value);
    }
  }

 private:
  std::string* word(std::string_view key) {
    CheckArguments& words = to_.words;
    if (key == "platform") return &words.platform;
    if (key == "clusterDomain") return &words.cluster_domain;
    if (key == "serviceSubnet") return &words.service_subnet;
    if (key == "podSubnet") return &words.pod_subnet;
    if (key == "resolvConf") return &words.resolv_conf;
    if (key == "kind") return &words.kind;
    if (key == "role") return &words.role;
    if (key == "failOn") return &words.fail_on;
    return nullptr;
  }

  void several(const ConfigValue& value) {
    for (const ConfigValue& item : value.items) {
      if (value.name == "env") {
        to_.words.env.push_back(item.name + '=' + item.text);
      } else if (value.name == "plugins") {
        to_.words.plugins.push_back(plugin_of(layer_, item.text));
      } else if (value.name == "severity") {
        to_.words.rules.push_back({"--severity", item.name + '=' + item.text});
      } else if (value.name == "select" || value.name == "ignore") {
        to_.words.rules.push_back({value.name == "select" ? "--select" : "--ignore", item.text});
      } else {
        continue;  // `paths`, `clusters`, `files` and `extends` are read elsewhere
      }
      if (item.name.empty()) {
        show(value.name, item.text, item.line);
        continue;
      }
      const std::string name = item.name + ": ";
      std::erase_if(to_.shown, [&](const EffectiveValue& known) { return known.key == value.name && known.text.starts_with(name); });
      show(value.name, name + item.text, item.line);
    }
  }

  void forget(std::string_view key) {
    std::erase_if(to_.shown, [key](const EffectiveValue& known) { return known.key == key; });
  }
  void one(const ConfigValue& value) {
    forget(value.name);
    show(value.name, value.text, value.line);
  }
  void show(const std::string& key, std::string text, std::uint32_t line) {
    to_.shown.push_back({key, std::move(text), layer_.file + ':' + std::to_string(line)});
  }

  const ConfigLayer& layer_;
  Gathered& to_;
};

bool is_for(const ConfigLayer& layer, const ConfigValue& entry, const fs::path& path) {
  const auto files = std::find_if(entry.items.begin(), entry.items.end(), [](const ConfigValue& v) { return v.name == "files"; });
  if (files == entry.items.end()) return false;
  IgnorePatterns patterns;
  for (const ConfigValue& pattern : files->items) patterns.add(pattern.text, disk_path(layer.folder));
  for (fs::path part = path; part.has_relative_path() && path_name(part).size() > layer.folder.size(); part = part.parent_path()) {
    if (patterns.ignored(part, part != path)) return true;
  }
  return false;
}

Gathered gather(const std::vector<ConfigLayer>& layers, const fs::path& path) {
  Gathered to;
  to.words.fail_on.clear();
  for (const ConfigLayer& layer : layers) {
    Gatherer gatherer(layer, to);
    for (const ConfigValue& value : layer.values) gatherer.take(value);
  }
  if (path.empty()) return to;
  for (const ConfigLayer& layer : layers) {
    Gatherer gatherer(layer, to);
    for (const ConfigValue& value : layer.values) {
      if (value.name != "paths") continue;
      for (const ConfigValue& entry : value.items) {
        if (!is_for(layer, entry, path)) continue;
        for (const ConfigValue& own : entry.items) gatherer.take(own);
      }
    }
  }
  return to;
}

// What the command line says counts more.
CheckArguments together(CheckArguments words, const CheckArguments& line) {
  CheckArguments out = line;
  // A platform may bring the release.
  if (line.coredns.empty() && line.kubernetes.empty() && line.platform.find(':') == std::string::npos) {
    out.coredns = words.coredns;
    out.kubernetes = words.kubernetes;
  }
  for (const auto text :
       {&CheckArguments::platform, &CheckArguments::cluster_domain, &CheckArguments::service_subnet, &CheckArguments::pod_subnet,
        &CheckArguments::resolv_conf, &CheckArguments::kind, &CheckArguments::role, &CheckArguments::fail_on}) {
    if ((line.*text).empty()) out.*text = words.*text;
  }
  out.no_suppressions = line.no_suppressions || words.no_suppressions;
  const auto ahead = [](auto& to, auto& first) { to.insert(to.begin(), first.begin(), first.end()); };
  ahead(out.rules, words.rules);
  ahead(out.env, words.env);
  ahead(out.plugins, words.plugins);
  return out;
}

std::string folder_of(const std::string& path) { return path_name(absolute_path(path).parent_path()); }

// As seen from the current folder.
std::string near(const fs::path& path) {
  std::error_code error;
  const fs::path relative = path.lexically_relative(fs::current_path(error));
  return path_name(relative.empty() ? path : relative);
}

// Every value is tried alone, so that what is wrong with it is said at its line.
void try_value(const ConfigLayer& layer, const ConfigValue& value, const Invocation& invocation) {
  if (value.name == "paths" || value.name == "clusters") {
    for (const ConfigValue& entry : value.items) {
      const auto files = [](const ConfigValue& own) { return own.name == "files"; };
      if (std::none_of(entry.items.begin(), entry.items.end(), files)) {
        throw Trouble(layer.file + ':' + std::to_string(entry.line) + ": `files` is missing: patterns of the files it is for");
      }
      for (const ConfigValue& own : entry.items) try_value(layer, own, invocation);
    }
    return;
  }
  const auto attempt = [&](const ConfigValue& one, std::uint32_t line) {
    Gathered alone;
    Gatherer(layer, alone).take(one);
    try {
      read_settings(alone.words, invocation);
    } catch (const Trouble& error) {
      std::string what = error.what();
      if (what.starts_with("--")) what = value.name + what.substr(std::min(what.find_first_of(": "), what.size()));
      throw Trouble(layer.file + ':' + std::to_string(line) + ": " + what);
    }
  };
  if (value.items.empty()) return attempt(value, value.line);
  for (const ConfigValue& item : value.items) attempt({value.name, {}, {item}, value.line}, item.line);
}

void read_layers(const std::string& path, const Invocation& invocation, int depth, std::vector<ConfigLayer>& out) {
  if (depth > most_extended) throw Trouble(path + ": configuration files extend one another more than ten times over, or in a circle");
  const Source file(path, read_file(path));
  ConfigFile read = read_config(file, config_keys());
  if (!read.faults.empty()) {
    std::vector<std::string> lines;
    lines.reserve(read.faults.size());
    for (const ConfigFault& fault : read.faults) lines.push_back(path + ':' + std::to_string(fault.line) + ": " + fault.message);
    throw Troubles(std::move(lines));
  }
  ConfigLayer layer{path, folder_of(path), std::move(read.values)};
  for (const ConfigValue& value : layer.values) {
    if (value.name == "extends") {
      for (const ConfigValue& other : value.items) {
        const std::string next = near(disk_path(beside(layer, other.text)));
        std::error_code error;
        if (!fs::exists(disk_path(next), error))
          throw Trouble(layer.file + ':' + std::to_string(other.line) + ": extends: there is no file `" + next + '`');
        read_layers(next, invocation, depth + 1, out);
      }
    } else {
      try_value(layer, value, invocation);
    }
  }
  out.push_back(std::move(layer));
}

std::string key_of(const CheckArguments& words) {
  std::string key;
  const auto add = [&key](std::string_view text) { (key += text) += '\0'; };
  for (const std::string* text : {&words.coredns, &words.kubernetes, &words.platform, &words.cluster_domain, &words.service_subnet,
                                  &words.pod_subnet, &words.resolv_conf, &words.kind, &words.role, &words.fail_on}) {
    add(*text);
  }
  for (const OrderedArgument& rule : words.rules) add(std::string(rule.option) + rule.text);
  add("env");
  for (const std::string& text : words.env) add(text);
  add("plugins");
  for (const std::string& text : words.plugins) add(text);
  add(words.no_suppressions ? "no" : "yes");
  return key;
}

}  // namespace

std::vector<ConfigLayer> read_layers(const std::string& path, const Invocation& invocation) {
  std::vector<ConfigLayer> out;
  read_layers(path, invocation, 0, out);
  return out;
}

Configuration::Configuration(const Invocation& invocation, const CheckArguments& arguments)
    : invocation_(invocation), arguments_(arguments) {
  run_ = &settings(together(gather(layers_of(folder_of("Corefile")), {}).words, arguments));
}

const std::vector<ConfigLayer>& Configuration::layers_of(const std::string& folder) {
  static const std::vector<ConfigLayer> none;
  if (arguments_.no_config) return none;
  const std::string& file = arguments_.config.empty() ? file_for(folder) : arguments_.config;
  if (file.empty()) return none;
  const auto known = layers_.find(file);
  return known != layers_.end() ? known->second : layers_.emplace(file, read_layers(file, invocation_)).first->second;
}

const std::string& Configuration::file_for(const std::string& folder) {
  if (const auto known = files_.find(folder); known != files_.end()) return known->second;
  const fs::path at = disk_path(folder);
  std::error_code error;
  std::string found;
  for (const char* name : file_names) {
    if (found.empty() && fs::is_regular_file(at / name, error)) found = near(at / name);
  }
  if (found.empty() && at.has_relative_path() && !fs::exists(at / ".git", error)) found = file_for(path_name(at.parent_path()));
  return files_.emplace(folder, std::move(found)).first->second;
}

const Settings& Configuration::settings(const CheckArguments& words) {
  std::unique_ptr<Settings>& made = settings_[key_of(words)];
  if (made == nullptr) made = std::make_unique<Settings>(read_settings(words, invocation_));
  return *made;
}

const std::vector<ConfigLayer>& Configuration::layers_for(const std::string& path) {
  // Most inputs lie in the folder of the one before.
  const std::string_view folder = std::string_view(path).substr(0, path.rfind('/') + 1);
  if (last_layers_ == nullptr || last_folder_ != folder) {
    last_layers_ = &layers_of(folder_of(path));
    last_folder_ = folder;
  }
  return *last_layers_;
}

const Settings& Configuration::of(const std::string& path) {
  const std::vector<ConfigLayer>& layers = layers_for(path);
  if (layers.empty()) {
    if (plain_ == nullptr) plain_ = &settings(arguments_);
    return *plain_;
  }
  return settings(together(gather(layers, absolute_path(path)).words, arguments_));
}

std::vector<EffectiveValue> Configuration::shown(const std::string& path) {
  std::vector<EffectiveValue> out = gather(layers_of(folder_of(path)), absolute_path(path)).shown;
  if (std::string origin = cluster_of(path); !origin.empty()) out.push_back({"clusters", "the one that begins here", std::move(origin)});
  return out;
}

std::string Configuration::cluster_of(const std::string& path) {
  const std::vector<ConfigLayer>& layers = layers_for(path);
  if (layers.empty()) return {};
  const auto groups = [](const ConfigValue& value) { return value.name == "clusters"; };
  const fs::path absolute = absolute_path(path);
  std::string found;
  for (const ConfigLayer& layer : layers) {
    const auto clusters = std::find_if(layer.values.begin(), layer.values.end(), groups);
    if (clusters == layer.values.end()) continue;
    for (const ConfigValue& entry : clusters->items) {
      if (is_for(layer, entry, absolute)) found = layer.file + ':' + std::to_string(entry.line);
    }
  }
  return found;
}

std::vector<std::string> Configuration::remarks() const {
  std::vector<std::string> out;
  for (const auto& [key, made] : settings_) {
    for (const std::string& remark : made->remarks) {
      if (std::find(out.begin(), out.end(), remark) == out.end()) out.push_back(remark);
    }
  }
  return out;
}

std::vector<std::string> Configuration::asked() const {
  std::vector<std::string> out;
  for (const auto& [folder, file] : files_) {
    for (const char* name : file_names) out.push_back(path_name(disk_path(folder) / name));
  }
  for (const auto& [file, layers] : layers_) {
    for (const ConfigLayer& layer : layers) out.push_back(layer.file);
  }
  for (const auto& [key, made] : settings_) out.insert(out.end(), made->files.begin(), made->files.end());
  return out;
}

}  // namespace corefile::app
