// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>

#include "app.hpp"
#include "arguments.hpp"
#include "log.hpp"
#include "settings.hpp"
#include "traced.hpp"

namespace corefile::app {

void diff(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<DiffArguments>(std::move(words));
  if (arguments.paths.size() != 2) throw UsageError("diff needs two files, the old and the new; one may be -");
  insist_on("--format", arguments.format, {"text", "json"});
  const Release release = release_asked(arguments.coredns, arguments.kubernetes, outcome);
  const ExternalPlugins plugins = read_plugins(arguments.plugins);
  const InputKind kind = read_kind(arguments.kind);
  const Environment environment = read_environment(arguments.env);
  const auto open = [&](const std::string& path) { return open_corefiles(invocation, path, arguments.stdin_filename, kind, environment); };
  const Opened before = open(arguments.paths[0]);
  const Opened after = open(arguments.paths[1]);
  const AskedFiles files_before(before.beside.get(), arguments.resolv_conf);
  const AskedFiles files_after(after.beside.get(), arguments.resolv_conf);
  const std::optional<Cluster> cluster = cluster_in(arguments.cluster);
  const Corefile& was = served(before);
  const Corefile& now = served(after);
  insist(before, was, release, plugins, files_before);
  insist(after, now, release, plugins, files_after);
  World world_before, world_after;
  world_before.files = &files_before;
  world_after.files = &files_after;
  world_before.cluster = world_after.cluster = cluster ? &*cluster : nullptr;
  const Difference difference =
      corefile::diff(flow(was.readings.literal(), release), world_before, flow(now.readings.literal(), release), world_after);
  if (arguments.format == "json") {
    nlohmann::ordered_json report{
        {"version", 1}, {"before", before.file.name()}, {"after", after.file.name()}, {"coredns", to_string(release)}};
    report.update(difference_json(difference));
    outcome.out = tame_json(report.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + '\n');
  } else {
    outcome.out = difference_text(difference, before, was, after, now);
  }
  if (!difference.same()) outcome.exit = findings;
}

}  // namespace corefile::app
