// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>
#include <map>
#include <string>
#include <string_view>

#include "lint/key_mistake.hpp"
#include "lint/zone_files.hpp"

/// What rules about zone files share.
namespace corefile::rules {

/// A finding about a record of a file that `file` or `auto` loads.
inline Diagnostic& at_record(const zone::Zone& zone, const zone::Record& record, Directive file, std::string message, Report& report) {
  const Word& word = *file_word(file);
  Diagnostic& found = report.at(report.beside(zone.sources[record.at.document], record.at.span, word), std::move(message));
  found.labels.push_back({file.config->place(word), "loaded here"});
  return found;
}

/// The first CNAME record of each name that has one.
inline std::map<std::string_view, const zone::Record*> aliases_of(const zone::Zone& zone) {
  std::map<std::string_view, const zone::Record*> aliases;
  for (const zone::Record& record : zone.records) {
    if (record.type == zone::type::cname) aliases.emplace(record.owner, &record);
  }
  return aliases;
}

/// Four numbers with dots between them, in front of a name.
inline std::string_view leading_address(std::string_view name) noexcept {
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    const std::size_t begin = at;
    while (at < name.size() && name[at] >= '0' && name[at] <= '9') ++at;
    if (at == begin || at - begin > 3 || at == name.size() || name[at] != '.') return {};
    ++at;
  }
  return name.substr(0, at - 1);
}

}  // namespace corefile::rules
