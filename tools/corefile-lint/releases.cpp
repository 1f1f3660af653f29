// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/corefile.hpp>
#include <nlohmann/json.hpp>

#include "app.hpp"
#include "arguments.hpp"
#include "base/ink.hpp"
#include "corefiles.hpp"
#include "log.hpp"
#include "settings.hpp"

namespace corefile::app {
namespace {

using Json = nlohmann::ordered_json;

struct Asked {
  std::vector<Release> releases;
  std::vector<std::string_view> kubernetes;  ///< their Kubernetes releases, or none
  ExternalPlugins plugins;
  std::optional<Release> judged;  ///< the exit code speaks of it; none: of the newest

  /// `1.4.0 to 1.8.6`.
  std::string run(const ReleaseRun& run) const {
    const auto range = [](const std::string& from, const std::string& to) { return from == to ? from : from + " to " + to; };
    std::string coredns = range(to_string(releases[run.first]), to_string(releases[run.last]));
    if (kubernetes.empty()) return coredns;
    return "Kubernetes " + range(std::string(kubernetes[run.first]), std::string(kubernetes[run.last])) + " (CoreDNS " + coredns + ')';
  }
};

Asked read_asked(const ReleasesArguments& arguments, Outcome& outcome) {
  Asked asked;
  asked.plugins = read_plugins(arguments.plugins);
  if (!arguments.coredns.empty()) asked.judged = release_asked(arguments.coredns, {}, outcome);
  if (!arguments.kubernetes) {
    asked.releases.assign(known_releases().begin(), known_releases().end());
    return asked;
  }
  for (std::size_t i = 0; i < known_kubernetes().size(); ++i) {
    if (kubernetes_releases()[i] < known_releases().front()) continue;
    asked.releases.push_back(kubernetes_releases()[i]);
    asked.kubernetes.push_back(known_kubernetes()[i]);
  }
  return asked;
}

/// One Corefile's answer.
struct Answer {
  const Corefile* corefile;
  std::vector<ReleaseRun> runs;
  bool loads;    ///< by the release that the exit code speaks of
  bool depends;  ///< somewhere where it loads
};

Answer answer(const Corefile& corefile, const Files* files, const Asked& asked) {
  const Config& config = corefile.readings.literal();
  Answer out{&corefile, load_by_release(config, asked.releases, asked.plugins, files), false, false};
  out.loads = asked.judged ? load(config, *asked.judged, asked.plugins, files).loads() : !out.runs.back().problem;
  out.depends = std::any_of(out.runs.begin(), out.runs.end(), [](const ReleaseRun& run) { return !run.problem && run.depends; });
  return out;
}

At place(const Opened& opened, const Answer& answer, const Place& place) {
  return at(opened, *answer.corefile, answer.corefile->readings.literal(), place);
}

std::string text(const Opened& opened, const std::vector<Answer>& answers, const Asked& asked, const ink::Paint& paint) {
  std::string out;
  bool depends = false;
  for (const Answer& answer : answers) {
    if (answer.corefile->embedded != nullptr) {
      if (!out.empty()) out += '\n';
      out += visible(answer.corefile->embedded->object) + ", " + visible(answer.corefile->embedded->key) + ":\n";
    }
    std::size_t width = 0;
    for (const ReleaseRun& run : answer.runs) width = std::max(width, asked.run(run).size());
    for (const ReleaseRun& run : answer.runs) {
      const std::string releases = asked.run(run);
      out += releases + std::string(width - releases.size(), ' ');
      if (run.problem) {
        const At where = place(opened, answer, run.problem->place);
        paint.put(out += "   ", ink::Ink::removed, "refused");
        out += "   " + visible(where.path) + ':' + std::to_string(where.position.line) + ':' + std::to_string(where.position.column) +
               ": " + visible(run.problem->message) + '\n';
      } else {
        paint.put(out += "   ", ink::Ink::added, "loads");
        out += '\n';
      }
    }
    depends = depends || answer.depends;
  }
  if (depends) out += "\nWhere it loads, files or variables that are not known here decide as well.\n";
  return out;
}

std::string json(const Opened& opened, const std::vector<Answer>& answers, const Asked& asked) {
  Json corefiles = Json::array();
  for (const Answer& answer : answers) {
    Json& corefile = corefiles.emplace_back(Json::object());
    if (answer.corefile->embedded != nullptr)
      corefile = {{"object", answer.corefile->embedded->object}, {"key", answer.corefile->embedded->key}};
    corefile["loads"] = answer.loads;
    corefile["runs"] = Json::array();
    for (const ReleaseRun& run : answer.runs) {
      Json& entry = corefile["runs"].emplace_back(Json::object());
      if (!asked.kubernetes.empty()) {
        entry["kubernetes"] = {{"first", asked.kubernetes[run.first]}, {"last", asked.kubernetes[run.last]}};
      }
      entry["coredns"] = {{"first", to_string(asked.releases[run.first])}, {"last", to_string(asked.releases[run.last])}};
      entry["loads"] = !run.problem;
      entry["depends"] = run.depends;
      if (!run.problem) continue;
      const At where = place(opened, answer, run.problem->place);
      entry["fault"] = {{"path", where.path},
                        {"line", where.position.line},
                        {"column", where.position.column},
                        {"message", run.problem->message},
                        {"says", run.problem->says}};
    }
  }
  const Json report{{"version", 1}, {"path", opened.file.name()}, {"corefiles", std::move(corefiles)}};
  return report.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

}  // namespace

void releases(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<ReleasesArguments>(std::move(words));
  if (arguments.path.empty()) throw UsageError("releases needs a file, or - for standard input");
  insist_on("--format", arguments.format, {"text", "json"});
  const InputKind kind = read_kind(arguments.kind);
  const Asked asked = read_asked(arguments, outcome);
  const Opened opened = open_corefiles(invocation, arguments.path, arguments.stdin_filename, kind, read_environment(arguments.env));
  std::vector<Answer> answers;
  answers.reserve(opened.corefiles.size());
  for (const Corefile& corefile : opened.corefiles) answers.push_back(answer(corefile, opened.beside.get(), asked));
  outcome.out = arguments.format == "json" ? tame_json(json(opened, answers, asked))
                                           : text(opened, answers, asked, ink::Paint(read_colour(arguments.color, invocation)));
  if (!std::all_of(answers.begin(), answers.end(), [](const Answer& answer) { return answer.loads; })) outcome.exit = findings;
}

}  // namespace corefile::app
