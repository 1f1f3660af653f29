// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include <algorithm>

#include "command_line.hpp"

namespace corefile::app {
namespace {

void describe(CLI::App& app, CheckArguments& to) {
  app.add_option("files", to.paths);
  one(app, "--stdin-filename", to.stdin_filename);
  for (const char* option : {"--format", "--output"}) {
    each(app, option, [&to, option](const std::string& text) { to.outputs.push_back({option, text}); });
  }
  for (const char* option : {"--select", "--ignore", "--severity"}) {
    each(app, option, [&to, option](const std::string& text) { to.rules.push_back({option, text}); });
  }
  one(app, "--fail-on", to.fail_on);
  one(app, "--coredns", to.coredns);
  one(app, "--kubernetes", to.kubernetes);
  one(app, "--platform", to.platform);
  one(app, "--kind", to.kind);
  one(app, "--role", to.role);
  one(app, "--cluster-domain", to.cluster_domain);
  one(app, "--resolv-conf", to.resolv_conf);
  many(app, "--env", to.env);
  many(app, "--plugins", to.plugins);
  one(app, "--color", to.color);
  one(app, "--config", to.config);
  app.add_flag("--no-config", to.no_config);
  app.add_flag("--no-suppressions", to.no_suppressions);
  one(app, "--add-ignore", to.add_ignore);
  one(app, "--baseline", to.baseline);
  app.add_flag("--write-baseline", to.write_baseline);
  app.add_flag("--fix", to.fix);
  app.add_flag("--unsafe-fixes", to.unsafe_fixes);
  app.add_flag("--diff", to.diff);
  app.add_flag("-q,--quiet", to.quiet);
  many(app, "--exclude", to.exclude);
  app.add_flag("--force-exclude", to.force_exclude);
  app.add_flag("--no-gitignore", to.no_gitignore);
  app.add_flag("--changed{HEAD}", to.changed);
  one(app, "-j,--jobs", to.jobs);
  app.add_flag("--statistics", to.statistics);
  app.add_flag("--together", to.together);
  app.add_flag("--apart", to.apart);
}

void describe(CLI::App& app, ReleasesArguments& to) {
  app.add_option("file", to.path);
  one(app, "--stdin-filename", to.stdin_filename);
  one(app, "--format", to.format);
  one(app, "--coredns", to.coredns);
  app.add_flag("--kubernetes", to.kubernetes);
  one(app, "--kind", to.kind);
  one(app, "--color", to.color);
  many(app, "--env", to.env);
  many(app, "--plugins", to.plugins);
}

void describe(CLI::App& app, AskArguments& to) {
  app.add_option("file", to.path);
  app.add_option("names", to.names);
  one(app, "--stdin-filename", to.stdin_filename);
  one(app, "--format", to.format);
  one(app, "--coredns", to.coredns);
  one(app, "--kubernetes", to.kubernetes);
  one(app, "--kind", to.kind);
  one(app, "--from", to.from);
  one(app, "--listener", to.listener);
  one(app, "--cluster", to.cluster);
  one(app, "--resolv-conf", to.resolv_conf);
  many(app, "--env", to.env);
  many(app, "--plugins", to.plugins);
  app.add_flag("--tcp", to.tcp);
}

void describe(CLI::App& app, DiffArguments& to) {
  app.add_option("files", to.paths);
  one(app, "--stdin-filename", to.stdin_filename);
  one(app, "--format", to.format);
  one(app, "--coredns", to.coredns);
  one(app, "--kubernetes", to.kubernetes);
  one(app, "--kind", to.kind);
  one(app, "--cluster", to.cluster);
  one(app, "--resolv-conf", to.resolv_conf);
  many(app, "--env", to.env);
  many(app, "--plugins", to.plugins);
}

void describe(CLI::App& app, UpgradeArguments& to) {
  app.add_option("file", to.path);
  one(app, "--stdin-filename", to.stdin_filename);
  one(app, "--format", to.format);
  one(app, "--from", to.from);
  one(app, "--to", to.to);
  one(app, "--kubernetes", to.kubernetes);
  one(app, "--kind", to.kind);
  one(app, "--cluster", to.cluster);
  one(app, "--resolv-conf", to.resolv_conf);
  many(app, "--env", to.env);
  many(app, "--plugins", to.plugins);
}

void describe(CLI::App& app, TestArguments& to) {
  app.add_option("files", to.paths);
  one(app, "--format", to.format);
  one(app, "--coredns", to.coredns);
  one(app, "--kubernetes", to.kubernetes);
  many(app, "--env", to.env);
  many(app, "--plugins", to.plugins);
  app.add_flag("--coverage", to.coverage);
  app.add_flag("--init", to.init);
}

void describe(CLI::App& app, FormatArguments& to) {
  app.add_option("files", to.paths);
  one(app, "--stdin-filename", to.stdin_filename);
  one(app, "--kind", to.kind);
  many(app, "--exclude", to.exclude);
  app.add_flag("--force-exclude", to.force_exclude);
  app.add_flag("--check", to.check);
  app.add_flag("--diff", to.diff);
  app.add_flag("-q,--quiet", to.quiet);
}

void describe(CLI::App& app, HashArguments& to) {
  app.add_option("file", to.path);
  one(app, "--stdin-filename", to.stdin_filename);
  one(app, "--conf", to.conf);
  one(app, "--coredns", to.coredns);
  one(app, "--kubernetes", to.kubernetes);
  one(app, "--kind", to.kind);
  many(app, "--env", to.env);
}

void describe(CLI::App& app, PrintArguments& to) {
  app.add_option("file", to.path);
  app.add_flag("--tokens", to.tokens);
  app.add_flag("--tree", to.tree);
  app.add_flag("--config", to.config);
  one(app, "--kind", to.kind);
  many(app, "--env", to.env);
}

void describe(CLI::App& app, RulesArguments& to) { one(app, "--format", to.format); }
void describe(CLI::App& app, ExplainArguments& to) {
  app.add_option("rule", to.rule);
  one(app, "--color", to.color);
}
void describe(CLI::App& app, ConfigArguments& to) {
  app.add_option("action", to.action);
  app.add_option("file", to.path);
  one(app, "--config", to.config);
}
void describe(CLI::App& app, VersionArguments& to) { app.add_flag("--json", to.json); }

template <typename Arguments>
Arguments parse(std::vector<std::string> words) {
  Arguments arguments;
  CLI::App app;
  app.set_help_flag();
  describe(app, arguments);
  parse_words(app, std::move(words));
  return arguments;
}

template <typename Arguments>
std::vector<std::string> names() {
  Arguments arguments;
  CLI::App app;
  app.set_help_flag();
  describe(app, arguments);
  return option_names(app);
}

}  // namespace

CheckArguments parse_check(std::vector<std::string> arguments) {
  // Paths alone, the usual call, need no parser: making one takes longer than checking a ConfigMap.
  if (std::none_of(arguments.begin(), arguments.end(), [](const std::string& word) { return word.size() > 1 && word.front() == '-'; })) {
    CheckArguments paths;
    paths.paths = std::move(arguments);
    return paths;
  }
  return parse<CheckArguments>(std::move(arguments));
}
ReleasesArguments parse_releases(std::vector<std::string> arguments) { return parse<ReleasesArguments>(std::move(arguments)); }
AskArguments parse_ask(std::vector<std::string> arguments) { return parse<AskArguments>(std::move(arguments)); }
DiffArguments parse_diff(std::vector<std::string> arguments) { return parse<DiffArguments>(std::move(arguments)); }
UpgradeArguments parse_upgrade(std::vector<std::string> arguments) { return parse<UpgradeArguments>(std::move(arguments)); }
TestArguments parse_test(std::vector<std::string> arguments) { return parse<TestArguments>(std::move(arguments)); }
FormatArguments parse_format(std::vector<std::string> arguments) { return parse<FormatArguments>(std::move(arguments)); }
HashArguments parse_hash(std::vector<std::string> arguments) { return parse<HashArguments>(std::move(arguments)); }
PrintArguments parse_print(std::vector<std::string> arguments) { return parse<PrintArguments>(std::move(arguments)); }
RulesArguments parse_rules(std::vector<std::string> arguments) { return parse<RulesArguments>(std::move(arguments)); }
ExplainArguments parse_explain(std::vector<std::string> arguments) { return parse<ExplainArguments>(std::move(arguments)); }
ConfigArguments parse_config(std::vector<std::string> arguments) { return parse<ConfigArguments>(std::move(arguments)); }
VersionArguments parse_version(std::vector<std::string> arguments) { return parse<VersionArguments>(std::move(arguments)); }

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
