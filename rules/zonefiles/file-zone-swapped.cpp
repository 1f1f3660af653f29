// SPDX-License-Identifier: Apache-2.0
#include "lint/zones.hpp"

#include "zone_file.hpp"

namespace corefile::rules::file_zone_swapped {
namespace {

bool looks_like_a_file(std::string_view text) {
  return text.starts_with('/') || text.starts_with("./") || text.starts_with("db.") || text.ends_with(".db") || text.ends_with(".zone");
}

bool is_own_zone(Directive file, std::string_view text) {
  if (text == "." || text.find('/') != std::string_view::npos || looks_like_a_file(text)) return text == ".";
  const std::span<const Word> keys = file.config->block(file.block()).keys();
  return std::any_of(keys.begin(), keys.end(), [&](const Word& key) {
    return !key.unknown && !zone_of(key.text).empty() && covers(zone_of(key.text), zone_of(text));
  });
}

/// A file of that name lies beside the Corefile.
bool is_there(Directive file, const Context& context) { return context.files != nullptr && !context.zone_files->of(file).empty(); }

void check(Directive file, const Context& context, Report& report) {
  const std::span<const Word> arguments = file.arguments();
  if (arguments.size() != 2 || !all_known(arguments) || !context.load->loads()) return;
  const Word& first = arguments[0];
  const Word& second = arguments[1];
  if (!looks_like_a_file(second.text) || !is_own_zone(file, first.text) || (file.is(Plugin::file) && is_there(file, context))) return;
  Diagnostic& found = report.at(
      arguments, fmt::format("`{}` reads `{}` as the name of its file, and `{}` as a zone", file.name(), first.text, second.text));
  found.label = "the file comes first";
  found.notes.push_back("CoreDNS goes on without the file, and looks for it again and again");
  found.help = fmt::format("write `{} {} {}`", file.name(), second.text, first.text);
  const Config& config = *file.config;
  found.fixes.push_back({"name the file first",
                         Safety::unsafe,
                         {{config.place(first), std::string(second.text)}, {config.place(second), std::string(first.text)}}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::sign}, .fixes = Fixes::always};

}  // namespace corefile::rules::file_zone_swapped
