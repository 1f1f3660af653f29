// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The arguments as they were written, by subcommand. settings.hpp gives them a meaning.
namespace corefile::app {

/// What standard input is called where nobody says otherwise.
inline constexpr std::string_view unnamed_input = "<stdin>";

/// An option of which the order among others counts.
struct OrderedArgument {
  std::string_view option;
  std::string text;
};

struct CheckArguments {
  std::vector<std::string> paths;
  std::string stdin_filename = std::string(unnamed_input);
  std::vector<OrderedArgument> outputs;  ///< `--format` and `--output`, in the order of the command line
  std::vector<OrderedArgument> rules;    ///< in the order of the command line
  // Empty where nothing is said: a configuration file may say it.
  std::string fail_on, coredns, kubernetes, platform, kind, role, cluster_domain, service_subnet, pod_subnet, resolv_conf;
  std::vector<std::string> env, plugins;
  std::string color = "auto";
  std::optional<std::string> add_ignore;
  std::string baseline, config;
  bool write_baseline = false, no_suppressions = false, no_config = false;
  bool fix = false, unsafe_fixes = false, diff = false, quiet = false;
  std::vector<std::string> exclude;
  bool force_exclude = false, no_gitignore = false, statistics = false, watch = false;
  std::string changed;  ///< empty: everything; else the revision to compare with
  std::string jobs;
  bool together = false, apart = false;
};

struct ReleasesArguments {
  std::string path;
  std::string stdin_filename = std::string(unnamed_input);
  std::string format = "text";
  std::string coredns;
  bool kubernetes = false;
  std::string kind = "auto";
  std::string color = "auto";
  std::vector<std::string> env, plugins;
};

struct AskArguments {
  std::string path;
  std::vector<std::string> names;
  std::string stdin_filename = std::string(unnamed_input);
  std::string format = "text";
  std::string coredns, kubernetes;
  std::string kind = "auto";
  std::string from, listener;
  std::string cluster, resolv_conf;
  std::vector<std::string> env, plugins;
  bool tcp = false;
};

struct DiffArguments {
  std::vector<std::string> paths;
  std::string stdin_filename = std::string(unnamed_input);
  std::string format = "text";
  std::string coredns, kubernetes;
  std::string kind = "auto";
  std::string cluster, resolv_conf;
  std::vector<std::string> env, plugins;
};

struct UpgradeArguments {
  std::string path;
  std::string stdin_filename = std::string(unnamed_input);
  std::string format = "text";
  std::string from, to, kubernetes;
  std::string kind = "auto";
  std::string cluster, resolv_conf;
  std::vector<std::string> env, plugins;
};

struct TestArguments {
  std::vector<std::string> paths;
  std::string format = "text";
  std::string coredns, kubernetes;
  std::vector<std::string> env, plugins;
  bool coverage = false, init = false;
};

struct FormatArguments {
  std::vector<std::string> paths;
  std::string stdin_filename = std::string(unnamed_input);
  std::string kind = "auto";
  std::vector<std::string> exclude;
  bool force_exclude = false, check = false, diff = false, quiet = false;
};

struct HashArguments {
  std::string path;
  std::string stdin_filename = std::string(unnamed_input);
  std::string conf;
  std::string coredns, kubernetes;
  std::string kind = "auto";
  std::vector<std::string> env;
};

struct PrintArguments {
  std::string path;
  bool tokens = false, tree = false, config = false;
  std::string kind = "auto";
  std::vector<std::string> env;
};

struct RulesArguments {
  std::string format = "table";
};

struct ExplainArguments {
  std::string rule;
  std::string color = "auto";
};

struct ConfigArguments {
  std::string action;
  std::string file;
  std::string config;
};

struct VersionArguments {
  bool json = false;
};

/// Of any of the above. Throws UsageError.
template <typename Arguments>
Arguments parse_arguments(std::vector<std::string> words);
template <>
CheckArguments parse_arguments(std::vector<std::string> words);

/// `--format`, …: every option of a subcommand, for the test that its help names each.
std::vector<std::string> option_names(std::string_view command);

}  // namespace corefile::app
