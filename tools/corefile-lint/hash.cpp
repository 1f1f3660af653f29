// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/running.hpp>
#include <corefile/visible.hpp>
#include <filesystem>

#include "app.hpp"
#include "arguments.hpp"
#include "corefiles.hpp"
#include "disk.hpp"
#include "settings.hpp"
#include "system.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

/// The files beside a Corefile, under the names that they have where CoreDNS runs.
class MovedFiles final : public Files {
 public:
  MovedFiles(const std::string& path, const std::string& conf)
      : there_(path_name(disk_path(conf).parent_path())), here_(path_name(absolute_path(path).parent_path())), disk_(path) {}
  Content read(const std::string& path) const override { return disk_.read(moved(path)); }
  std::vector<std::string> list(const std::string& folder) const override { return disk_.list(moved(folder)); }
  bool authoritative(const std::string& path) const override { return is_there(path) && disk_.authoritative(moved(path)); }

 private:
  bool is_there(const std::string& path) const { return path == there_ || path.starts_with(there_ == "/" ? there_ : there_ + '/'); }
  std::string moved(const std::string& path) const { return is_there(path) ? here_ + path.substr(there_.size()) : path; }

  std::string there_, here_;
  DiskFiles disk_;
};

std::string line_of(const std::string& text, RunningHash hash) {
  if (hash == RunningHash::md5) return "Running configuration MD5 = " + md5_of(text) + '\n';
  return "Running configuration SHA512 = " + sha512_of(text) + '\n';
}

/// What stands in the way of knowing what CoreDNS reads.
const Problem* obstacle(const Config& config) {
  if (!config.accepted()) return &config.refusals().front();
  const auto found = std::find_if(config.remarks().begin(), config.remarks().end(), [](const Problem& problem) {
    return problem.kind == ProblemKind::import_unresolved || problem.kind == ProblemKind::environment_unknown;
  });
  return found != config.remarks().end() ? &*found : nullptr;
}

std::string conf_of(const HashArguments& arguments, bool in_file) {
  if (arguments.conf.empty()) return in_file ? path_name(absolute_path(arguments.path)) : "/etc/coredns/Corefile";
  if (!arguments.conf.starts_with('/')) throw UsageError("--conf: `" + arguments.conf + "` is not an absolute path");
  return path_name(disk_path(arguments.conf).lexically_normal());
}

}  // namespace

void hash(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<HashArguments>(std::move(words));
  if (arguments.path.empty()) throw UsageError("hash needs a file, or - for standard input");
  Settings settings;
  read_release(arguments.coredns, arguments.kubernetes, settings);
  const Release release = settings.options.release;
  const RunningHash hash = running_hash(release);
  if (hash == RunningHash::none) throw Trouble("CoreDNS " + to_string(release) + " logs no hash; the first release that does is 1.6.1");
  ResolveOptions resolving;
  resolving.environment = read_environment(arguments.env);
  const Opened opened =
      open_corefiles(invocation, arguments.path, arguments.stdin_filename, read_kind(arguments.kind), resolving.environment);
  const std::string conf = conf_of(arguments, opened.beside != nullptr);
  const MovedFiles files(arguments.path, conf);
  if (opened.beside != nullptr) resolving.files = &files;
  for (const std::string& remark : settings.remarks) complain(outcome, remark);
  for (const Corefile& corefile : opened.corefiles) {
    if (corefile.role == Role::custom_server || corefile.role == Role::custom_override) continue;
    const Source& text = corefile.embedded != nullptr ? corefile.embedded->source : opened.file;
    const Config config = resolve(parse(Source(conf, std::string(text.text()))), resolving);
    if (const Problem* problem = obstacle(config)) {
      const At where = at(opened, corefile, config, problem->place);
      throw Trouble(where.path + ':' + std::to_string(where.position.line) + ": " + problem->message + ", so its hash is not known");
    }
    if (corefile.embedded != nullptr)
      outcome.out += "# " + visible(corefile.embedded->object) + ", " + visible(corefile.embedded->key) + '\n';
    outcome.out += line_of(running_configuration(config, release), hash);
    if (!config.has(Plugin::reload)) complain(outcome, text.name() + ": it has no `reload`, so CoreDNS does not log this");
  }
  if (outcome.out.empty()) throw Trouble(opened.file.name() + ": holds parts of a Corefile alone");
}

}  // namespace corefile::app
