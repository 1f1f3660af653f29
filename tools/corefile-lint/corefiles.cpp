// SPDX-License-Identifier: Apache-2.0
#include "corefiles.hpp"

#include "inputs.hpp"
#include "texts.hpp"

namespace corefile::app {
namespace {

Source read_source(const Invocation& invocation, const std::string& path, const std::string& stdin_filename) {
  if (path != "-") return {path, read_file(path)};
  return {stdin_filename, read_standard_input(invocation, stdin_filename)};
}

Corefile read(const Source& source, const Embedded* embedded, Role role, const Files* files, const Environment& environment) {
  ResolveOptions options;
  options.files = files;
  options.environment = environment;
  options.form = role == Role::custom_override ? Form::directives : Form::corefile;
  return {embedded, role, recover(parse(source), options)};
}

}  // namespace

Opened open_corefiles(const Invocation& invocation, const std::string& path, const std::string& stdin_filename, InputKind kind,
                      const Environment& environment) {
  Opened opened{read_source(invocation, path, stdin_filename), {}, {}, {}};
  const Source& file = opened.file;
  if (const std::string_view what = evidently_else(file.text()); !what.empty()) throw Trouble(file.name() + ": this " + std::string(what));
  if (file.truncated()) throw Trouble(file.name() + ": larger than 256 MiB, which is more than can be checked");
  if (kind == InputKind::manifest || (kind == InputKind::detect && looks_like_manifest(file.name(), file.text()))) {
    opened.embedded = read_corefiles(file);
    for (const Embedded& embedded : opened.embedded) {
      opened.corefiles.push_back(read(embedded.source, &embedded, embedded.role, nullptr, environment));
    }
    if (opened.corefiles.empty()) throw Trouble(file.name() + ": no Corefile in it");
  } else {
    if (path != "-") opened.beside = std::make_unique<const DiskFiles>(path);
    opened.corefiles.push_back(read(file, nullptr, role_by_name(file.name()).value_or(Role::standalone), opened.beside.get(), environment));
  }
  return opened;
}

At at(const Opened& opened, const Corefile& corefile, const Config& config, const Place& place) {
  if (place.document != 0) {
    const Source& imported = config.document(place.document).source();
    return {imported.name(), imported.position(place.span.begin)};
  }
  const Span span = corefile.embedded != nullptr ? corefile.embedded->outer(place.span) : place.span;
  return {opened.file.name(), opened.file.position(span.begin)};
}

}  // namespace corefile::app
