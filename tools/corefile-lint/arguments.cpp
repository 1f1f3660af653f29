// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include <algorithm>

#include "command_line.hpp"
#include "system.hpp"

namespace corefile::app {
namespace {

void option(CLI::App& app, const char* name, std::string& value) { one(app, name, value); }
void option(CLI::App& app, const char* name, std::optional<std::string>& value) {
  each(app, name, [&value](const std::string& text) { value = text; });
}
void option(CLI::App& app, const char* name, std::vector<std::string>& values) { many(app, name, values); }
void option(CLI::App& app, const char* name, bool& flag) { app.add_flag(name, flag); }

// What several commands have: a command has those of which its arguments have the member.
template <typename Arguments>
void describe_shared(CLI::App& app, Arguments& to) {
  if constexpr (requires { to.path; }) app.add_option("file", to.path);
  if constexpr (requires { to.paths; }) app.add_option("files", to.paths);
  if constexpr (requires { to.stdin_filename; }) option(app, "--stdin-filename", to.stdin_filename);
  if constexpr (requires { to.format; }) option(app, "--format", to.format);
  if constexpr (requires { to.coredns; }) option(app, "--coredns", to.coredns);
  if constexpr (requires { to.kubernetes; }) option(app, "--kubernetes", to.kubernetes);
  if constexpr (requires { to.kind; }) option(app, "--kind", to.kind);
  if constexpr (requires { to.cluster; }) option(app, "--cluster", to.cluster);
  if constexpr (requires { to.resolv_conf; }) option(app, "--resolv-conf", to.resolv_conf);
  if constexpr (requires { to.env; }) option(app, "--env", to.env);
  if constexpr (requires { to.plugins; }) option(app, "--plugins", to.plugins);
  if constexpr (requires { to.color; }) option(app, "--color", to.color);
  if constexpr (requires { to.config; }) option(app, "--config", to.config);
  if constexpr (requires { to.from; }) option(app, "--from", to.from);
  if constexpr (requires { to.diff; }) option(app, "--diff", to.diff);
  if constexpr (requires { to.quiet; }) option(app, "-q,--quiet", to.quiet);
  if constexpr (requires { to.exclude; }) option(app, "--exclude", to.exclude);
  if constexpr (requires { to.force_exclude; }) option(app, "--force-exclude", to.force_exclude);
}

void describe(CLI::App& app, CheckArguments& to) {
  for (const char* name : {"--format", "--output"}) {
    each(app, name, [&to, name](const std::string& text) { to.outputs.push_back({name, text}); });
  }
  for (const char* name : {"--select", "--ignore", "--severity"}) {
    each(app, name, [&to, name](const std::string& text) { to.rules.push_back({name, text}); });
  }
  option(app, "--fail-on", to.fail_on);
  option(app, "--platform", to.platform);
  option(app, "--role", to.role);
  option(app, "--cluster-domain", to.cluster_domain);
  option(app, "--service-subnet", to.service_subnet);
  option(app, "--pod-subnet", to.pod_subnet);
  option(app, "--no-config", to.no_config);
  option(app, "--no-suppressions", to.no_suppressions);
  option(app, "--add-ignore", to.add_ignore);
  option(app, "--baseline", to.baseline);
  option(app, "--write-baseline", to.write_baseline);
  option(app, "--fix", to.fix);
  option(app, "--unsafe-fixes", to.unsafe_fixes);
  option(app, "--no-gitignore", to.no_gitignore);
  app.add_flag("--changed{HEAD}", to.changed);
  option(app, "-j,--jobs", to.jobs);
  option(app, "--statistics", to.statistics);
  option(app, "--watch", to.watch);
  option(app, "--together", to.together);
  option(app, "--apart", to.apart);
}
void describe(CLI::App& /*app*/, ReleasesArguments& /*to*/) {}
void describe(CLI::App& app, AskArguments& to) {
  app.add_option("names", to.names);
  option(app, "--listener", to.listener);
  option(app, "--tcp", to.tcp);
}
void describe(CLI::App& /*app*/, DiffArguments& /*to*/) {}
void describe(CLI::App& app, UpgradeArguments& to) { option(app, "--to", to.to); }
void describe(CLI::App& app, TestArguments& to) {
  option(app, "--coverage", to.coverage);
  option(app, "--init", to.init);
}
void describe(CLI::App& app, FormatArguments& to) { option(app, "--check", to.check); }
void describe(CLI::App& app, HashArguments& to) { option(app, "--conf", to.conf); }
void describe(CLI::App& app, PrintArguments& to) {
  option(app, "--tokens", to.tokens);
  option(app, "--tree", to.tree);
}
void describe(CLI::App& /*app*/, RulesArguments& /*to*/) {}
void describe(CLI::App& app, ExplainArguments& to) { app.add_option("rule", to.rule); }
void describe(CLI::App& app, ConfigArguments& to) {
  app.add_option("action", to.action);
  app.add_option("file", to.file);
}
void describe(CLI::App& app, VersionArguments& to) { option(app, "--json", to.json); }

template <typename Arguments>
void describe_all(CLI::App& app, Arguments& to) {
  app.set_help_flag();
  describe_shared(app, to);
  describe(app, to);
}

void tidy(std::string& path) { path = typed_path(std::move(path)); }
void tidy(std::vector<std::string>& paths) {
  for (std::string& path : paths) tidy(path);
}

// `--conf` is a path where CoreDNS runs; patterns keep their backslashes.
template <typename Arguments>
void tidy_paths(Arguments& of) {
  if constexpr (requires { of.path; }) tidy(of.path);
  if constexpr (requires { of.paths; }) tidy(of.paths);
  if constexpr (requires { of.stdin_filename; }) tidy(of.stdin_filename);
  if constexpr (requires { of.cluster; }) tidy(of.cluster);
  if constexpr (requires { of.resolv_conf; }) tidy(of.resolv_conf);
  if constexpr (requires { of.plugins; }) tidy(of.plugins);
  if constexpr (requires { tidy(of.config); }) tidy(of.config);
  if constexpr (requires { of.baseline; }) tidy(of.baseline);
  if constexpr (requires { of.file; }) tidy(of.file);
  if constexpr (requires { of.outputs; }) {
    for (OrderedArgument& output : of.outputs) tidy(output.text);
  }
}

template <typename Arguments>
Arguments parse(std::vector<std::string> words) {
  Arguments arguments;
  CLI::App app;
  describe_all(app, arguments);
  parse_words(app, std::move(words));
  tidy_paths(arguments);
  return arguments;
}

template <typename Arguments>
std::vector<std::string> names() {
  Arguments arguments;
  CLI::App app;
  describe_all(app, arguments);
  return option_names(app);
}

}  // namespace

template <typename Arguments>
Arguments parse_arguments(std::vector<std::string> words) {
  return parse<Arguments>(std::move(words));
}

template <>
CheckArguments parse_arguments(std::vector<std::string> words) {
  // Paths alone, the usual call, need no parser: making one takes longer than checking a ConfigMap.
  if (std::none_of(words.begin(), words.end(), [](const std::string& word) { return word.size() > 1 && word.front() == '-'; })) {
    CheckArguments paths;
    paths.paths = std::move(words);
    tidy(paths.paths);
    return paths;
  }
  return parse<CheckArguments>(std::move(words));
}
template ReleasesArguments parse_arguments(std::vector<std::string> words);
template AskArguments parse_arguments(std::vector<std::string> words);
template DiffArguments parse_arguments(std::vector<std::string> words);
template UpgradeArguments parse_arguments(std::vector<std::string> words);
template TestArguments parse_arguments(std::vector<std::string> words);
template FormatArguments parse_arguments(std::vector<std::string> words);
template HashArguments parse_arguments(std::vector<std::string> words);
template PrintArguments parse_arguments(std::vector<std::string> words);
template RulesArguments parse_arguments(std::vector<std::string> words);
template ExplainArguments parse_arguments(std::vector<std::string> words);
template ConfigArguments parse_arguments(std::vector<std::string> words);
template VersionArguments parse_arguments(std::vector<std::string> words);

std::vector<std::string> option_names(std::string_view command) {
  if (command == "check") return names<CheckArguments>();
  if (command == "releases") return names<ReleasesArguments>();
  if (command == "ask") return names<AskArguments>();
  if (command == "diff") return names<DiffArguments>();
  if (command == "upgrade") return names<UpgradeArguments>();
  if (command == "test") return names<TestArguments>();
  if (command == "format") return names<FormatArguments>();
  if (command == "hash") return names<HashArguments>();
  if (command == "print") return names<PrintArguments>();
  if (command == "rules") return names<RulesArguments>();
  if (command == "explain") return names<ExplainArguments>();
  if (command == "config") return names<ConfigArguments>();
  return names<VersionArguments>();
}

}  // namespace corefile::app
