// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "zone_file.hpp"

namespace corefile::rules::zone_file_owner_doubled {
namespace {

bool is_doubled(const zone::Record& record, const zone::Zone& zone) {
  const std::string twice = std::string(without_dot(zone.origin)) + '.' + zone.origin;
  const std::string owner = ascii::to_lower(record.owner);
  if (zone.origin.size() < 2 || !owner.ends_with(twice)) return false;
  // A zone of one label may have a host of its own name.
  return owner.size() == twice.size() ? without_dot(zone.origin).find('.') != std::string_view::npos
                                      : owner[owner.size() - twice.size() - 1] == '.';
}

/// The last `$ORIGIN` in front of the record; empty if there is none.
Span origin_before(std::string_view text, std::uint32_t end) {
  constexpr std::string_view word = "$ORIGIN";
  const std::size_t at = text.substr(0, end).rfind(word);
  if (at == std::string_view::npos) return {};
  const std::size_t line = std::min(text.find_first_of("\r\n;", at), text.size());
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(text.find_last_not_of(" \t", line - 1) + 1)};
}

void report_owner(const zone::Zone& zone, const zone::Record& record, std::size_t more, Directive file, Report& report) {
  const std::string_view origin = without_dot(zone.origin);
  const std::string_view owner = text_of(zone, record.at).substr(0, text_of(zone, record.at).find_first_of(" \t"));
  const bool own = ascii::to_lower(owner).ends_with(origin);
  const Span directive = own ? Span{} : origin_before(zone.sources[record.at.document].text(), record.at.span.begin);
  const bool by_origin = directive.end > directive.begin;
  Diagnostic& found =
      at_record(zone, record, file, fmt::format("the record is one of `{}`: a last dot is missing", without_dot(record.owner)), report);
  const std::string_view line = zone.sources[record.at.document].text(directive);
  if (by_origin) {
    found.labels.push_back(
        {report.beside(zone.sources[record.at.document], directive, *file_word(file)), fmt::format("`{}` is put behind this", origin)});
  }
  found.notes.push_back(fmt::format("a name without a dot at its end gets `{}` behind it", origin));
  if (more > 0)
    found.notes.push_back(
        fmt::format("{} further record{} of the file ha{} such a name", more, more == 1 ? "" : "s", more == 1 ? "s" : "ve"));
  const std::string short_form = std::string(owner.substr(0, owner.size() - std::min(owner.size(), origin.size() + 1)));
  if (by_origin) {
    found.help = fmt::format("write `{}.`, with its last dot", line);
  } else {
    found.help = short_form.empty() ? fmt::format("write `{}.`, or `@`", owner)
                                    : fmt::format("write `{}.`, with its last dot, or `{}` alone", owner, short_form);
  }
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    // The SOA record's own name is what other rules speak of.
    const auto is_soa = [&](const zone::Record& one) { return one.type == zone::type::soa && is_doubled(one, zone); };
    if (std::any_of(zone.records.begin(), zone.records.end(), is_soa)) return;
    const zone::Record* first = nullptr;
    std::size_t more = 0;
    for (const zone::Record& record : zone.records) {
      if (record.type == zone::type::soa || text_of(zone, record.at).starts_with('$') || !is_doubled(record, zone)) continue;
      if (first != nullptr) ++more;
      if (first == nullptr) first = &record;
    }
    if (first != nullptr) report_owner(zone, *first, more, file, report);
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_owner_doubled
