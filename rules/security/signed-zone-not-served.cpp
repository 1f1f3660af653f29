// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/zones.hpp"

namespace corefile::rules::signed_zone_not_served {
namespace {

/// `db.example.org.signed` in some folder: what `sign` makes for the zone.
bool is_signed_file(std::string_view path) { return path.find("signed") != std::string_view::npos; }

std::string_view folder(Directive sign) {
  const auto line = sign.properties().find("directory");
  return line && !line->arguments().empty() ? line->arguments().front().text : std::string_view("/var/lib/coredns");
}

/// `file` names what `sign` wrote, in a folder that `sign` does not write to.
void other_folder(Directive sign, const Word& path, std::string_view name, Report& report) {
  const std::size_t slash = path.text.rfind('/');
  const std::string_view where = folder(sign);
  if (slash == std::string_view::npos || slash == 0 || !path.text.starts_with('/') || !where.starts_with('/')) return;
  if (path.text.substr(slash + 1) != fmt::format("db.{}.signed", name)) return;
  std::string_view wanted = where;
  while (wanted.size() > 1 && wanted.ends_with('/')) wanted.remove_suffix(1);
  if (path.text.substr(0, slash) == wanted) return;
  Diagnostic& found = report.at(path, fmt::format("`sign` writes to `{}`, and `file` reads from `{}`", wanted, path.text.substr(0, slash)));
  found.labels.push_back({sign.config->place(sign.name_word()), "writes the signed zone"});
  found.help = fmt::format("write `file {}/db.{}.signed`", wanted, name);
}

/// `sign example.org`: a zone stands where the name of its file belongs.
bool names_no_file(Directive sign, const Context& context) {
  const Word& path = sign.arguments().front();
  if (sign.arguments().size() != 1 || path.unknown != 0 || path.text.find('/') != std::string_view::npos || path.text.starts_with("db.") ||
      path.text.ends_with(".db") || path.text.ends_with(".zone") || path.text.ends_with(".txt"))
    return false;
  const std::string_view name = zone_of(path.text);
  const std::span<const Word> keys = sign.config->block(sign.block()).keys();
  const bool own = std::any_of(keys.begin(), keys.end(),
                               [name](const Word& key) { return key.unknown == 0 && !zone_of(key).empty() && covers(zone_of(key), name); });
  if (!own || context.files == nullptr) return own;
  return context.files->read(std::string(path.text)).status != Files::Status::ok;
}

/// What `sign` reads is another file than the one that `file` serves.
void no_file(Directive sign, const Word& served, Report& report) {
  const Word& path = sign.arguments().front();
  Diagnostic& found = report.at(path, fmt::format("`sign` takes `{}` for the name of the file to sign", path.text));
  found.label = "the file, not a zone";
  found.labels.push_back({sign.config->place(served), "the zone's file"});
  found.notes.push_back("a file that cannot be opened is logged and tried again, and nothing is signed; the zones are the block's own");
  found.help = fmt::format("write `sign {}`, and let `file` serve what it writes: `{}/db.{}.signed`", served.text, folder(sign),
                           zone_of(sign.zones().front()));
}

void check(Directive sign, const Context& context, Report& report) {
  const Config& config = *sign.config;
  if (!context.load->loads() || sign.zones().empty() || !all_known(sign.zones()) || has_unresolved_import(config)) return;
  const Word& zone = sign.zones().front();
  const std::string_view name = zone_of(zone);
  if (name.empty()) return;
  std::optional<Directive> unsigned_file;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Directive directive : config.block(i).directives()) {
      if (directive.is(Plugin::auto_) && any_overlaps(directive.zones(), {&zone, 1})) return;
      if (!directive.is(Plugin::file) || directive.arguments().empty() || !any_covers(directive.zones(), name)) continue;
      const Word& path = directive.arguments().front();
      if (path.unknown) return;
      if (is_signed_file(path.text)) return other_folder(sign, path, name, report);
      unsigned_file = directive;
    }
  }
  if (unsigned_file && names_no_file(sign, context) && unsigned_file->arguments().front().text != sign.arguments().front().text)
    return no_file(sign, unsigned_file->arguments().front(), report);
  const std::string path = fmt::format("{}/db.{}.signed", folder(sign), name);
  Diagnostic& found =
      unsigned_file ? report.at(unsigned_file->arguments().front(), fmt::format("`file` serves the unsigned zone, not what `sign` writes"))
                    : report.at(sign.name_word(), fmt::format("no `file` serves the zone that `sign` signs"));
  if (unsigned_file) found.labels.push_back({config.place(sign.name_word()), "signs it, into a file of its own"});
  found.notes.push_back(fmt::format("the signed zone is written to `{}`; answers come from the file that `file` names", path));
  found.help = fmt::format("write `file {} {}`", path, name);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::sign}};

}  // namespace corefile::rules::signed_zone_not_served
