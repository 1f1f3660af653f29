// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>

#include "zone_file.hpp"

namespace corefile::rules::zone_file_srv_order {
namespace {

using Numbers = std::array<std::uint16_t, 3>;  // priority, weight and port

Numbers numbers_of(std::string_view rdata) {
  Numbers out{};
  for (std::uint16_t& number : out) {
    const std::size_t space = std::min(rdata.find(' '), rdata.size());
    std::from_chars(rdata.data(), rdata.data() + space, number);
    rdata.remove_prefix(std::min(space + 1, rdata.size()));
  }
  return out;
}

bool is_service(std::uint16_t port) {
  constexpr std::array<std::uint16_t, 13> known{21, 22, 25, 53, 80, 88, 389, 443, 464, 636, 853, 993, 995};
  return port >= 1024 || std::find(known.begin(), known.end(), port) != known.end();
}

void check(Directive file, const Context& context, Report& report) {
  each_loaded_zone(file, context, [&](const zone::Zone& zone) {
    for (const zone::Record& record : zone.records) {
      if (record.type != zone::type::srv) continue;
      const auto [priority, weight, port] = numbers_of(record.rdata);
      if (port > 100 || is_service(port) || is_service(weight) || !is_service(priority)) continue;
      Diagnostic& found =
          at_record(zone, record, file, fmt::format("the SRV record names port {}, with priority {}", port, priority), report);
      found.notes.push_back("the order is priority, weight, port and host");
      found.help = fmt::format("write `{} {} {} {}`, if {} is the port", port, weight, priority, record.target, priority);
    }
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file, Plugin::auto_}, .severity = Severity::info};

}  // namespace corefile::rules::zone_file_srv_order
