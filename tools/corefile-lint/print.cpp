// SPDX-License-Identifier: Apache-2.0
#include <corefile/render.hpp>

#include "app.hpp"
#include "arguments.hpp"
#include "disk.hpp"
#include "inputs.hpp"
#include "settings.hpp"

namespace corefile::app {
namespace {

std::string printed(const Source& source, Role role, const PrintArguments& arguments, const Files* files) {
  Document document = parse(source);
  if (arguments.tokens) return print_tokens(document);
  if (arguments.tree) return print_tree(document);
  ResolveOptions options;
  options.files = files;
  options.environment = read_environment(arguments.env);
  options.form = role == Role::custom_override ? Form::directives : Form::corefile;
  return print_config(recover(std::move(document), options).meant);
}

}  // namespace

void print(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const PrintArguments arguments = parse_print(std::move(words));
  if (arguments.path.empty()) throw UsageError("print needs a file, or - for standard input");
  if (arguments.tokens + arguments.tree + arguments.config != 1) throw UsageError("print takes one of --tokens, --tree, --config");
  const InputKind kind = read_kind(arguments.kind);
  const bool standard = arguments.path == "-";
  std::optional<std::string> text = standard ? invocation.standard_input() : read_file(arguments.path);
  if (!text) throw Trouble("standard input cannot be read");
  const Source source(standard ? "<stdin>" : arguments.path, std::move(*text));
  if (kind == InputKind::manifest || (kind == InputKind::detect && looks_like_manifest(source.name(), source.text()))) {
    for (const Embedded& embedded : read_manifest(source).corefiles) {
      outcome.out += "# " + visible(embedded.object) + ", " + visible(embedded.key) + '\n';
      outcome.out += printed(embedded.source, embedded.role, arguments, nullptr);
    }
    if (outcome.out.empty()) throw Trouble(source.name() + ": no Corefile in it");
    return;
  }
  const DiskFiles files(arguments.path);
  outcome.out = printed(source, role_by_name(source.name()).value_or(Role::standalone), arguments, standard ? nullptr : &files);
}

}  // namespace corefile::app
