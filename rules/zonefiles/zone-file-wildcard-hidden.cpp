// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "zone_file.hpp"

namespace corefile::rules::zone_file_wildcard_hidden {
namespace {

bool is_address(std::uint16_t type) { return type == zone::type::a || type == zone::type::aaaa; }

/// A host's name right below `parent`. To a name that only has others below it, CoreDNS gives the wildcard's address.
bool is_child(std::string_view owner, std::string_view parent) {
  if (owner.size() <= parent.size() + 1 || !owner.ends_with(parent) || owner[owner.size() - parent.size() - 1] != '.') return false;
  const std::string_view front = owner.substr(0, owner.size() - parent.size() - 1);
  return front.find('.') == std::string_view::npos && !front.starts_with('_') && !front.starts_with('*');
}

void check_wildcard(const zone::Zone& zone, const zone::Tree& tree, const zone::Record& wildcard, Directive file, Report& report) {
  const std::string_view parent = std::string_view(wildcard.owner).substr(2);
  std::set<std::string_view> asked;
  for (const zone::Record& record : zone.records) {
    const std::string_view child = record.owner;
    if (!is_child(child, parent) || record.type == zone::type::ns || !asked.insert(child).second) continue;
    const zone::Answer answer = zone::answer(tree, {child, wildcard.type});
    if (answer.result != zone::Answer::Result::no_data) continue;
    // An address of the other family is an answer of its own.
    const zone::Tree::Name* name = tree.search(child);
    if (name != nullptr && std::any_of(name->types.begin(), name->types.end(), [](const auto& one) { return is_address(one.first); }))
      continue;
    Diagnostic& found = at_record(zone, record, file,
                                  fmt::format("the wildcard is not for `{}`, which has records of its own", without_dot(child)), report);
    found.labels.push_back(
        {report.beside(zone.sources[wildcard.at.document], wildcard.at.span, *file_word(file)), "for names that do not exist"});
    found.notes.push_back(fmt::format("whoever asks for its address is told that there is none; {} has one", without_dot(wildcard.owner)));
    found.help = fmt::format("add `{} {} {}`, if it is to have the same address", without_dot(child.substr(0, child.find('.'))),
                             wildcard.type == zone::type::a ? "A" : "AAAA", wildcard.rdata);
    return;
  }
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    if (zone.verdict != zone::Verdict::loads) return;
    std::optional<zone::Tree> tree;
    std::set<std::string_view> seen;
    for (const zone::Record& record : zone.records) {
      if (!is_address(record.type) || !record.owner.starts_with("*.") || !seen.insert(record.owner).second) continue;
      if (!tree) tree.emplace(zone);
      check_wildcard(zone, *tree, record, file, report);
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}, .severity = Severity::info};

}  // namespace corefile::rules::zone_file_wildcard_hidden
