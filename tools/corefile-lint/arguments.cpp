// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include <algorithm>

#include "command_line.hpp"

namespace corefile::app {
namespace {

void describe(CLI::App& app, CheckArguments& to) {
  app.add_option("files", to.paths);
  one(app, "--stdin-filename", to.stdin_filename);
  one(app, "--format", to.format);
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
  app.add_flag("--fix", to.fix);
  app.add_flag("--unsafe-fixes", to.unsafe_fixes);
  app.add_flag("--diff", to.diff);
  app.add_flag("-q,--quiet", to.quiet);
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

void describe(CLI::App& app, PrintArguments& to) {
  app.add_option("file", to.path);
  app.add_flag("--tokens", to.tokens);
  app.add_flag("--tree", to.tree);
  app.add_flag("--config", to.config);
  one(app, "--kind", to.kind);
  many(app, "--env", to.env);
}

void describe(CLI::App& app, RulesArguments& to) { one(app, "--format", to.format); }
void describe(CLI::App& app, ExplainArguments& to) { app.add_option("rule", to.rule); }
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
PrintArguments parse_print(std::vector<std::string> arguments) { return parse<PrintArguments>(std::move(arguments)); }
RulesArguments parse_rules(std::vector<std::string> arguments) { return parse<RulesArguments>(std::move(arguments)); }
ExplainArguments parse_explain(std::vector<std::string> arguments) { return parse<ExplainArguments>(std::move(arguments)); }
VersionArguments parse_version(std::vector<std::string> arguments) { return parse<VersionArguments>(std::move(arguments)); }

std::vector<std::string> option_names(std::string_view command) {
  if (command == "check") return names<CheckArguments>();
  if (command == "releases") return names<ReleasesArguments>();
  if (command == "ask") return names<AskArguments>();
  if (command == "print") return names<PrintArguments>();
  if (command == "rules") return names<RulesArguments>();
  if (command == "explain") return names<ExplainArguments>();
  return names<VersionArguments>();
}

}  // namespace corefile::app
