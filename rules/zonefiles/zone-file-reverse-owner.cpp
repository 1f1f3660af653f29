// SPDX-License-Identifier: Apache-2.0
#include "zone_file.hpp"

namespace corefile::rules::zone_file_reverse_owner {
namespace {

constexpr std::string_view reverse = "in-addr.arpa.";

/// The numbers in front of `in-addr.arpa`, as they stand; none if something else is among them, as RFC 2317 has it.
std::vector<std::string_view> numbers_of(std::string_view name) {
  std::vector<std::string_view> out;
  if (!name.ends_with(reverse)) return {};
  name.remove_suffix(reverse.size());
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    if (label.empty() || label.size() > 3 || label.find_first_not_of("0123456789") != std::string_view::npos) return {};
    out.push_back(label);
    name.remove_prefix(std::min(label.size() + 1, name.size()));
  }
  return out;
}

/// What of an address, written as people write it, belongs in front of the zone: `2.1` of 192.168.1.2 in 168.192. Empty if it is not in it.
std::string rest_of(const std::vector<std::string_view>& address, const std::vector<std::string_view>& zone) {
  if (address.size() != 4 || zone.size() >= 4 || !std::equal(zone.rbegin(), zone.rend(), address.begin())) return {};
  std::string out;
  for (std::size_t i = 4; i-- > zone.size();) out.append(out.empty() ? "" : ".").append(address[i]);
  return out;
}

void check(Directive file, const Context& context, Report& report) {
  constexpr std::size_t whole = 4;
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    const std::vector<std::string_view> own = numbers_of(zone.origin);
    if (own.empty()) return;
    for (const zone::Record& record : zone.records) {
      if (record.type != zone::type::ptr) continue;
      std::vector<std::string_view> numbers = numbers_of(record.owner);
      if (numbers.empty() || numbers.size() == whole || numbers.size() < own.size()) continue;
      const bool more = numbers.size() > whole;
      Diagnostic& found =
          at_record(zone, record, file,
                    more ? fmt::format("nobody asks for `{}`: it has more than four numbers", without_dot(record.owner))
                         : fmt::format("`{}` is no host's address: it has {} of four numbers", without_dot(record.owner), numbers.size()),
                    report);
      if (!more) found.severity = Severity::info;
      found.notes.push_back(fmt::format("names of this file end in `{}` already", without_dot(zone.origin)));
      numbers.resize(numbers.size() - own.size());
      const std::string rest = rest_of(numbers, own);
      found.help =
          rest.empty() ? "write the numbers that the zone lacks, the last one of the address first" : fmt::format("write `{}`", rest);
      return;
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}};

}  // namespace corefile::rules::zone_file_reverse_owner
