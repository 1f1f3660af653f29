// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>
#include <corefile/flow_upgrade.hpp>

#include "app.hpp"
#include "arguments.hpp"
#include "log.hpp"
#include "settings.hpp"
#include "traced.hpp"

namespace corefile::app {
namespace {

using Json = nlohmann::ordered_json;

Release release_of(const std::string& coredns, const std::string& kubernetes, Outcome& outcome) {
  Settings settings;
  read_release(coredns, kubernetes, settings);
  for (const std::string& remark : settings.remarks) complain(outcome, remark);
  return settings.options.release;
}

std::pair<Release, Release> way(const UpgradeArguments& arguments, Outcome& outcome) {
  if (!arguments.kubernetes.empty()) {
    const std::size_t dots = arguments.kubernetes.find("..");
    if (dots == std::string::npos) throw UsageError("--kubernetes: `" + arguments.kubernetes + "` is not two releases such as 1.30..1.34");
    if (!arguments.from.empty() || !arguments.to.empty()) throw UsageError("give --kubernetes, or --from and --to");
    return {release_of({}, arguments.kubernetes.substr(0, dots), outcome), release_of({}, arguments.kubernetes.substr(dots + 2), outcome)};
  }
  if (arguments.from.empty()) throw UsageError("upgrade needs the release that runs now: --from 1.8.6, or --kubernetes 1.30..1.34");
  return {release_of(arguments.from, {}, outcome), release_of(arguments.to, {}, outcome)};
}

std::string place(const Opened& opened, const Corefile& corefile, const Place& place) {
  const At where = at(opened, corefile, corefile.readings.literal(), place);
  return where.path + ':' + std::to_string(where.position.line);
}

std::string text(const Upgrade& upgrade, const Opened& opened, const Corefile& corefile) {
  std::string out = "CoreDNS " + to_string(upgrade.from) + " to " + to_string(upgrade.to) + '\n';
  if (upgrade.refused) {
    out += "\nrefused from " + to_string(upgrade.refused_since) + " on: " + visible(place(opened, corefile, upgrade.refused->place)) +
           ": " + visible(upgrade.refused->message) + '\n';
  }
  for (const Upgrade::Step& step : upgrade.steps) {
    out += "\nfrom " + to_string(step.before) + " to " + to_string(step.after) + "\n\n";
    out += difference_text(step.difference, opened, corefile, opened, corefile);
  }
  if (!upgrade.refused && upgrade.steps.empty()) out += "\nIt loads, and no query is answered otherwise.\n";
  if (!upgrade.defaults.empty()) out += "\ndefaults that are others:\n";
  for (const Upgrade::Default& one : upgrade.defaults) {
    out += "  since " + to_string(one.since) + "  " + visible(place(opened, corefile, one.place)) + "  " + std::string(one.plugin) + ": " +
           std::string(one.is) + '\n';
  }
  return out;
}

Json json(const Upgrade& upgrade, const Opened& opened, const Corefile& corefile) {
  Json out{
      {"version", 1}, {"path", opened.file.name()}, {"from", to_string(upgrade.from)}, {"to", to_string(upgrade.to)}, {"refused", nullptr}};
  if (upgrade.refused) {
    const At where = at(opened, corefile, corefile.readings.literal(), upgrade.refused->place);
    out["refused"] = {{"since", to_string(upgrade.refused_since)},
                      {"path", where.path},
                      {"line", where.position.line},
                      {"message", upgrade.refused->message}};
  }
  out["steps"] = Json::array();
  for (const Upgrade::Step& step : upgrade.steps) {
    Json entry{{"before", to_string(step.before)}, {"after", to_string(step.after)}};
    entry.update(difference_json(step.difference));
    out["steps"].push_back(std::move(entry));
  }
  out["defaults"] = Json::array();
  for (const Upgrade::Default& one : upgrade.defaults) {
    const At where = at(opened, corefile, corefile.readings.literal(), one.place);
    out["defaults"].push_back(
        {{"since", to_string(one.since)}, {"path", where.path}, {"line", where.position.line}, {"plugin", one.plugin}, {"is", one.is}});
  }
  return out;
}

}  // namespace

void upgrade(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<UpgradeArguments>(std::move(words));
  if (arguments.path.empty()) throw UsageError("upgrade needs a file, or - for standard input");
  insist_on("--format", arguments.format, {"text", "json"});
  const auto [from, to] = way(arguments, outcome);
  const ExternalPlugins plugins = read_plugins(arguments.plugins);
  const Opened opened =
      open_corefiles(invocation, arguments.path, arguments.stdin_filename, read_kind(arguments.kind), read_environment(arguments.env));
  const AskedFiles files(opened.beside.get(), arguments.resolv_conf);
  const std::optional<Cluster> cluster = cluster_in(arguments.cluster);
  const Corefile& corefile = served(opened);
  insist(opened, corefile, from, plugins, files);
  World world;
  world.files = &files;
  world.cluster = cluster ? &*cluster : nullptr;
  const Upgrade found = corefile::upgrade(corefile.readings.literal(), from, to, world, plugins);
  const bool in_json = arguments.format == "json";
  outcome.out = in_json ? tame_json(json(found, opened, corefile).dump(2, ' ', true, Json::error_handler_t::replace) + '\n')
                        : text(found, opened, corefile);
  if (found.refused || !found.steps.empty()) outcome.exit = findings;
}

}  // namespace corefile::app
