// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/corefile.hpp>
#include <nlohmann/json.hpp>

#include "app.hpp"
#include "arguments.hpp"
#include "disk.hpp"
#include "inputs.hpp"
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
  if (!arguments.coredns.empty()) {
    Settings settings;
    read_release(arguments.coredns, {}, settings);
    for (const std::string& remark : settings.remarks) complain(outcome, remark);
    asked.judged = settings.options.release;
  }
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
  const Embedded* embedded;  ///< null: the file is the Corefile
  Readings readings;
  std::vector<ReleaseRun> runs;
  bool loads;    ///< by the release that the exit code speaks of
  bool depends;  ///< somewhere where it loads
};

Answer answer(const Source& source, const Embedded* embedded, ResolveOptions options, Role role, const Asked& asked) {
  options.form = role == Role::custom_override ? Form::directives : Form::corefile;
  Answer out{embedded, recover(parse(source), options), {}, false, false};
  out.runs = load_by_release(out.readings.literal(), asked.releases, asked.plugins, options.files);
  out.loads = asked.judged ? load(out.readings.literal(), *asked.judged, asked.plugins, options.files).loads() : !out.runs.back().problem;
  out.depends = std::any_of(out.runs.begin(), out.runs.end(), [](const ReleaseRun& run) { return !run.problem && run.depends; });
  return out;
}

struct At {
  std::string path;
  Position position;
};

// In the file, not in the Corefile it holds.
At place(const Answer& answer, const Source& file, const Place& place) {
  if (place.document != 0) {
    const Source& imported = answer.readings.literal().document(place.document).source();
    return {imported.name(), imported.position(place.span.begin)};
  }
  const Span span = answer.embedded != nullptr ? answer.embedded->outer(place.span) : place.span;
  return {file.name(), file.position(span.begin)};
}

std::string text(const std::vector<Answer>& answers, const Source& file, const Asked& asked) {
  std::string out;
  bool depends = false;
  for (const Answer& answer : answers) {
    if (answer.embedded != nullptr) {
      if (!out.empty()) out += '\n';
      out += visible(answer.embedded->object) + ", " + visible(answer.embedded->key) + ":\n";
    }
    std::size_t width = 0;
    for (const ReleaseRun& run : answer.runs) width = std::max(width, asked.run(run).size());
    for (const ReleaseRun& run : answer.runs) {
      const std::string releases = asked.run(run);
      out += releases + std::string(width - releases.size(), ' ');
      if (run.problem) {
        const At at = place(answer, file, run.problem->place);
        out += "   refused   " + visible(at.path) + ':' + std::to_string(at.position.line) + ':' + std::to_string(at.position.column) +
               ": " + visible(run.problem->message) + '\n';
      } else {
        out += "   loads\n";
      }
    }
    depends = depends || answer.depends;
  }
  if (depends) out += "\nWhere it loads, files or variables that are not known here decide as well.\n";
  return out;
}

std::string json(const std::vector<Answer>& answers, const Source& file, const Asked& asked) {
  Json corefiles = Json::array();
  for (const Answer& answer : answers) {
    Json& corefile = corefiles.emplace_back(Json::object());
    if (answer.embedded != nullptr) corefile = {{"object", answer.embedded->object}, {"key", answer.embedded->key}};
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
      const At at = place(answer, file, run.problem->place);
      entry["fault"] = {{"path", at.path},
                        {"line", at.position.line},
                        {"column", at.position.column},
                        {"message", run.problem->message},
                        {"says", run.problem->says}};
    }
  }
  const Json report{{"version", 1}, {"path", file.name()}, {"corefiles", std::move(corefiles)}};
  return report.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

Source read_source(const Invocation& invocation, const ReleasesArguments& arguments) {
  if (arguments.path != "-") return {arguments.path, read_file(arguments.path)};
  std::optional<std::string> text = invocation.standard_input ? invocation.standard_input() : std::nullopt;
  if (!text) throw Trouble(arguments.stdin_filename + ": standard input cannot be read");
  return {arguments.stdin_filename, std::move(*text)};
}

}  // namespace

void releases(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const ReleasesArguments arguments = parse_releases(std::move(words));
  if (arguments.path.empty()) throw UsageError("releases needs a file, or - for standard input");
  if (arguments.format != "text" && arguments.format != "json") {
    throw UsageError("--format: `" + arguments.format + "` is not one of text, json");
  }
  const InputKind kind = read_kind(arguments.kind);
  const Asked asked = read_asked(arguments, outcome);
  ResolveOptions options;
  options.environment = read_environment(arguments.env);
  const Source source = read_source(invocation, arguments);
  if (source.truncated()) throw Trouble(source.name() + ": larger than 256 MiB, which is more than can be checked");

  Manifest manifest;
  std::vector<Answer> answers;
  const DiskFiles files(arguments.path);
  if (kind == InputKind::manifest || (kind == InputKind::detect && looks_like_manifest(source.name(), source.text()))) {
    manifest = read_manifest(source);
    for (const Embedded& embedded : manifest.corefiles) {
      answers.push_back(answer(embedded.source, &embedded, options, embedded.role, asked));
    }
    if (answers.empty()) throw Trouble(source.name() + ": no Corefile in it");
  } else {
    if (arguments.path != "-") options.files = &files;
    answers.push_back(answer(source, nullptr, options, role_by_name(source.name()).value_or(Role::standalone), asked));
  }
  outcome.out = arguments.format == "json" ? tame_json(json(answers, source, asked)) : text(answers, source, asked);
  if (!std::all_of(answers.begin(), answers.end(), [](const Answer& answer) { return answer.loads; })) outcome.exit = findings;
}

}  // namespace corefile::app
