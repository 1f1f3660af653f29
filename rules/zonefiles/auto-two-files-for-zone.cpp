// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>
#include <map>
#include <string>

#include "lint/zone_files.hpp"
#include "resolve/import.hpp"
#include "zone/folder.hpp"

namespace corefile::rules::auto_two_files_for_zone {
namespace {

// Before, the later one is read as soon as the zone is loaded anew: plugin/auto/walk.go, SetFile.
constexpr Release first_stays{1, 14, 5};

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

void tell(Property line, std::string_view origin, std::string_view first, std::string_view second, const Context& context, Report& report) {
  Diagnostic& found = report.at(
      line.words, fmt::format("`{}` and `{}` are both taken for the zone `{}`", name_of(first), name_of(second), without_dot(origin)));
  found.severity = context.release < first_stays ? Severity::warning : Severity::info;
  found.label = "fits both names";
  found.notes.push_back(
      context.release < first_stays
          ? fmt::format("`{}` is loaded at the start, and `{}` when the folder is looked at again", name_of(first), name_of(second))
          : fmt::format("`{}` is served, the first by its name", name_of(first)));
  found.notes.push_back("the expression may fit any part of a file's name, and folders below this one are read too");
  found.help = line.arguments().size() < 3 ? "name the files that are meant, with `^` and `$` around: `^db\\.(.*)$ {1}`"
                                           : fmt::format("put `^` and `$` around the expression: `^{}$`", line.arguments()[1].text);
}

void check(Directive directive, const Context& context, Report& report) {
  if (context.files == nullptr || !context.load->loads()) return;
  const auto line = directive.properties().find("directory");
  if (!line || line->arguments().empty()) return;
  const std::span<const Word> words = line->arguments();
  if (std::any_of(words.begin(), words.end(), [](const Word& word) { return word.unknown != 0; })) return;
  const std::string_view folder = words.front().text;
  // `root` moves it elsewhere.
  if (!folder.starts_with('/') && directive.config->block(directive.block()).has(Plugin::root)) return;
  zone::Folder zones;
  zones.directory = folder.starts_with('/')
                        ? std::string(folder)
                        : resolve_detail::join(resolve_detail::folder_of(directive.config->document(0).source().name()), folder);
  if (words.size() >= 3) zones.match(words[1].text, words[2].text);
  std::map<std::string, std::string> first;
  for (zone::FolderFile& file : zones.files(*context.files)) {
    const auto [at, added] = first.try_emplace(file.origin, file.path);
    if (!added) return tell(*line, file.origin, at->second, file.path, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::auto_}, .lines = {"directory"}};

}  // namespace corefile::rules::auto_two_files_for_zone
