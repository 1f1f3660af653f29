// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The arguments as they were written, by subcommand. settings.hpp gives them a meaning.
namespace corefile::app {

/// `--select`, `--ignore` or `--severity`.
struct RuleArgument {
  std::string_view option;
  std::string text;
};

struct CheckArguments {
  std::vector<std::string> paths;
  std::string stdin_filename = "<stdin>";
  std::string format = "full";
  std::vector<RuleArgument> rules;  ///< in the order of the command line
  std::string fail_on = "warning";
  std::string coredns, kubernetes, platform;
  std::string kind = "auto";
  std::string role;
  std::string cluster_domain;
  std::string resolv_conf;
  std::vector<std::string> env, plugins;
  std::string color = "auto";
  bool fix = false, unsafe_fixes = false, diff = false, quiet = false;
  bool together = false, apart = false;
};

struct ReleasesArguments {
  std::string path;
  std::string stdin_filename = "<stdin>";
  std::string format = "text";
  std::string coredns;
  bool kubernetes = false;
  std::string kind = "auto";
  std::vector<std::string> env, plugins;
};

struct AskArguments {
  std::string path;
  std::vector<std::string> names;
  std::string stdin_filename = "<stdin>";
  std::string format = "text";
  std::string coredns, kubernetes;
  std::string kind = "auto";
  std::string from, listener;
  std::string cluster, resolv_conf;
  std::vector<std::string> env, plugins;
  bool tcp = false;
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
};

struct VersionArguments {
  bool json = false;
};

/// Each throws UsageError.
CheckArguments parse_check(std::vector<std::string> arguments);
ReleasesArguments parse_releases(std::vector<std::string> arguments);
AskArguments parse_ask(std::vector<std::string> arguments);
PrintArguments parse_print(std::vector<std::string> arguments);
RulesArguments parse_rules(std::vector<std::string> arguments);
ExplainArguments parse_explain(std::vector<std::string> arguments);
VersionArguments parse_version(std::vector<std::string> arguments);

/// `--format`, …: every option of a subcommand, for the test that its help names each.
std::vector<std::string> option_names(std::string_view command);

}  // namespace corefile::app
