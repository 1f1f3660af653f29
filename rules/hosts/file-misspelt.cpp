// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/fixer.hpp"
#include "plugins/reader.hpp"
#include "resolve/import.hpp"

namespace corefile::rules::file_misspelt {
namespace {

using resolve_detail::folder_of;
using resolve_detail::join;

std::string nearly(const std::vector<std::string>& names, const std::string& name) {
  for (const std::string& other : names) {
    if (ascii::same_letters(other, name)) return other;
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  return std::string(plugins::nearest(name, views));
}

std::string without_it(Directive directive) {
  return directive.is(Plugin::hosts) ? "CoreDNS goes on without it, and knows none of its names"
                                     : "CoreDNS goes on without it, and answers SERVFAIL for the zone";
}

/// A file that is there stands where zones do.
void report_second(Directive directive, const Word& file, Report& report) {
  const Config& config = *directive.config;
  const Word& first = directive.arguments().front();
  Diagnostic& found = report.at(file, fmt::format("`{}` is read as a zone", file.text));
  found.label = "a file of this name is there";
  found.labels.push_back({config.place(first), "read as the file, which is not there"});
  found.notes.push_back(without_it(directive));
  found.help = fmt::format("remove `{}`", first.text);
  const Place gone = config.place(first);
  const Place next = config.place(file);
  if (gone.document != next.document || next.span.begin <= gone.span.begin) return;
  found.fixes.push_back(
      {fmt::format("remove `{}`", first.text), Safety::unsafe, {{{gone.document, {gone.span.begin, next.span.begin}}, ""}}});
}

/// A space stands within the file's name.
void report_torn(Directive directive, const std::string& whole, Report& report) {
  const Place at = directive.config->place(directive.arguments().first(2));
  Diagnostic& found =
      report.at(at, fmt::format("`{}` and `{}` are a file and a zone", directive.arguments()[0].text, directive.arguments()[1].text));
  found.label = fmt::format("a file `{}` is there", whole);
  found.notes.push_back(without_it(directive));
  found.help = fmt::format("write `{}`", whole);
  found.fixes.push_back({fmt::format("write `{}`", whole), Safety::unsafe, {{at, whole}}});
}

void check(Directive directive, const Context& context, Report& report) {
  const std::span<const Word> arguments = directive.arguments();
  if (context.files == nullptr || arguments.empty() || !context.load->loads()) return;
  const Word& word = arguments.front();
  const std::string name(word.text);
  if (word.unknown || name.empty() || name.starts_with('/')) return;
  const Config& config = *directive.config;
  const std::string path = join(folder_of(config.document(0).source().name()), name);
  if (!context.files->authoritative(path) || context.files->read(path).status != Files::Status::missing) return;
  // `root` moves it elsewhere.
  if (config.block(directive.block()).has(Plugin::root)) return;
  const std::string folder = folder_of(path);
  const std::string file = path.substr(path.rfind('/') + 1);
  const std::vector<std::string> names = context.files->list(folder);
  if (arguments.size() > 1 && std::find(names.begin(), names.end(), arguments[1].text) != names.end()) {
    return report_second(directive, arguments[1], report);
  }
  if (arguments.size() > 1 && std::find(names.begin(), names.end(), name + std::string(arguments[1].text)) != names.end()) {
    return report_torn(directive, name + std::string(arguments[1].text), report);
  }
  const std::string meant = nearly(names, file);
  if (meant.empty()) return;
  const std::string written = name.substr(0, name.size() - std::min(name.size(), file.size())) + meant;
  Diagnostic& found = report.at(word, fmt::format("there is no file `{}`", name));
  found.label = fmt::format("`{}` is there", written);
  found.notes.push_back(without_it(directive));
  found.help = fmt::format("write `{}`", written);
  found.fixes.push_back({fmt::format("write `{}`", written), Safety::unsafe, {Fixer(config).replace(word, written)}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts, Plugin::file}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::file_misspelt
