// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app.hpp"
#include "arguments.hpp"
#include "configuration/configuration.hpp"
#include "settings.hpp"

/// `.corefile-lint.yaml`: what would otherwise stand on every command line.
namespace corefile::app {

/// All keys of the file.
std::span<const ConfigKey> config_keys() noexcept;

/// A configuration file, or one that it extends.
struct ConfigLayer {
  std::string file;    ///< as it is shown
  std::string folder;  ///< absolute; paths and patterns in it are relative to this
  std::vector<ConfigValue> values;
};
/// The file and what it extends, the farthest first. Throws Trouble, which names file and line.
std::vector<ConfigLayer> read_layers(const std::string& path, const Invocation& invocation);
/// A value that holds for a file, and where it comes from.
struct EffectiveValue {
  std::string key, text, origin;
};

/// What the configuration files and the command line say together.
class Configuration {
 public:
  /// Throws Trouble.
  Configuration(const Invocation& invocation, const CheckArguments& arguments);
  /// Of the run, where it does not depend on a file.
  const Settings& run() const noexcept { return *run_; }
  /// For a file. The closest configuration wins; none is mixed with one farther away. Throws Trouble.
  const Settings& of(const std::string& path);
  /// Where it is said which cluster the file belongs to; empty: nowhere. Files with one answer are one cluster's.
  std::string cluster_of(const std::string& path);
  /// The same for people: what the files say.
  std::vector<EffectiveValue> shown(const std::string& path);
  /// What is to be said once, of all settings that were made.
  std::vector<std::string> remarks() const;
  /// The files that were read, and those that would be if they were there.
  std::vector<std::string> asked() const;

 private:
  /// The closest `.corefile-lint.yaml` or `.corefile-lint.yml` in the folder and above, up to the top of its git work tree; empty: none.
  const std::string& file_for(const std::string& folder);
  const std::vector<ConfigLayer>& layers_of(const std::string& folder);
  const std::vector<ConfigLayer>& layers_for(const std::string& path);
  const Settings& settings(const CheckArguments& words);

  const Invocation& invocation_;
  const CheckArguments& arguments_;
  std::map<std::string, std::string> files_;  // by folder
  std::map<std::string, std::vector<ConfigLayer>> layers_;
  std::map<std::string, std::unique_ptr<Settings>> settings_;
  const Settings* run_ = nullptr;
  const Settings* plain_ = nullptr;  // where no configuration says anything
  std::string last_folder_;
  const std::vector<ConfigLayer>* last_layers_ = nullptr;
};

}  // namespace corefile::app
