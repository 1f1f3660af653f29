// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/edit.hpp"
#include "plugins/reader.hpp"
#include "resolve/import.hpp"

namespace corefile::rules {
namespace {

using resolve_detail::folder_of;
using resolve_detail::join;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string nearly(const std::vector<std::string>& names, const std::string& name) {
  for (const std::string& other : names) {
    if (lower(other) == lower(name)) return other;
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  return std::string(plugins::nearest(name, views));
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
  const std::string folder = folder_of(path);
  const std::string file = path.substr(path.rfind('/') + 1);
  const std::string meant = nearly(context.files->list(folder), file);
  // `root` moves it elsewhere.
  if (meant.empty() || config.block(directive.block()).has("root")) return;
  const std::string written = name.substr(0, name.size() - std::min(name.size(), file.size())) + meant;
  Diagnostic& found = report.at(word, fmt::format("there is no file `{}`", name));
  found.label = fmt::format("`{}` is there", written);
  found.notes.push_back(directive.name() == "hosts" ? "CoreDNS goes on without it, and knows none of its names"
                                                    : "CoreDNS goes on without it, and answers SERVFAIL for the zone");
  found.help = fmt::format("write `{}`", written);
  found.fixes.push_back({fmt::format("write `{}`", written), Safety::unsafe, {replace(config, word, written)}});
}

}  // namespace

extern constinit const Rule file_misspelt{
    .name = "file-misspelt",
    .summary = "A file that is not there, beside one of nearly that name",
    .check = check,
    .directives = {"hosts", "file"},
    .fixes = Fixes::always,
};

}  // namespace corefile::rules
