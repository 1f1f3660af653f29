// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "plugins/dns_types.hpp"
#include "plugins/setup.hpp"
#include "resolve/names.hpp"

/// Properties of plugin/forward.
namespace corefile::plugins {
namespace setup {

void forward_health_check(Reader& reader) {
  const Word name = reader.word();
  if (!reader.next_arg()) {
    reader.wrong_count(name, 0, "a duration");
    return;
  }
  reader.check({.kind = Kind::duration, .min = 0}, reader.word(), name);
  if (!reader.since(1, 6, 8)) return;  // options are read as properties then
  while (reader.next_arg()) {
    const Word option = reader.word();
    if (option.text == "no_rec") continue;
    if (option.text == "domain" && reader.since(1, 9, 2)) {
      if (!reader.next_arg()) {
        reader.wrong_count(option, 0, "a domain name");
      } else if (reader.since(1, 9, 4) && !go::is_domain_name(reader.val(), name_rules(reader.release()))) {
        reader.invalid(reader.word(), fmt::format("`{}` is not a domain name", reader.val()),
                       fmt::format("health_check: invalid domain name {}", reader.val()));
      }
      continue;
    }
    reader
        .invalid(option, fmt::format("`health_check` has no option `{}`", option.text),
                 fmt::format("health_check: unknown option {}", option.text))
        .help = "known here: `no_rec`, and `domain` from CoreDNS 1.9.2 on";
  }
}

}  // namespace setup

namespace check {

std::string rcode_any_case(std::string_view text, Release release) {
  const auto known = dns_rcodes(release);
  return std::find(known.begin(), known.end(), ascii::to_upper(text)) == known.end() ? fmt::format("{} is not a valid rcode", text)
                                                                                     : std::string();
}

std::string failover_rcode(std::string_view text, Release release) {
  constexpr std::string_view refused = "NoError cannot be used in failover";
  if (release >= Release{1, 13, 2} && ascii::to_upper(text) == "NOERROR") return std::string(refused);
  std::string says = rcode_any_case(text, release);
  return says.empty() || release >= Release{1, 13, 2} ? says : std::string(refused);
}

std::string resolver_address(std::string_view text, Release) {
  const auto parts = go::split_host_port(text);
  return go::parse_ip(parts ? parts->host : text) ? std::string() : fmt::format("resolver must be an IP address or IP:port: \"{}\"", text);
}

}  // namespace check

}  // namespace corefile::plugins
