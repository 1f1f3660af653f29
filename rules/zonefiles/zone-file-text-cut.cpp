// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_text_cut {
namespace {

/// What stands behind the record's last word on its line, if a `;` cuts it off.
std::string_view cut_off(const zone::Zone& zone, const zone::Record& record) {
  const std::string_view text = zone.sources[record.at.document].text();
  std::string_view rest = text.substr(std::min<std::size_t>(record.at.span.end, text.size()));
  rest = rest.substr(0, rest.find_first_of("\r\n"));
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (!rest.starts_with(';')) return {};
  rest.remove_prefix(1);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  return rest;
}

/// `p=reject`: a tag and its value, as DKIM, DMARC and their like have them (RFC 6376, section 3.2).
bool is_tag(std::string_view text) {
  constexpr std::size_t longest = 8;
  const std::size_t equals = text.find('=');
  const std::string_view tag = text.substr(0, std::min(equals, text.size()));
  return equals != std::string_view::npos && !tag.empty() && tag.size() <= longest &&
         tag.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    for (const zone::Record& record : zone.records) {
      if (record.type != zone::type::txt) continue;
      const std::string_view written = text_of(zone, record.at);
      if (written.empty() || written.starts_with('$') || written.ends_with('"')) continue;
      const std::string_view last = written.substr(written.find_last_of(" \t(") + 1);
      if (!is_tag(last) || !is_tag(cut_off(zone, record))) continue;
      Diagnostic& found = at_record(zone, record, file, fmt::format("the TXT record ends at `{}`: a `;` begins a comment", last), report);
      found.notes.push_back(fmt::format("what stands behind it, `{}`, is no part of the zone", cut_off(zone, record).substr(0, 40)));
      found.help = fmt::format("put the whole text in quotes: `\"{}; …\"`", last);
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_text_cut
