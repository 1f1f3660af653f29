// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"
#include "reading.hpp"

namespace corefile::rules::external_name_is_address {
namespace {

void check(const Manifest& manifest, const Context&, ManifestReport& report) {
  const auto serves = [](const Embedded& one) { return one.role == Role::cluster; };
  if (std::none_of(manifest.corefiles.begin(), manifest.corefiles.end(), serves)) return;
  for (const Service& service : manifest.bundle.services) {
    const Written& name = service.external_name;
    if (!go::parse_ip(name.text)) continue;
    Diagnostic& found = report.at(Place{0, name.span}, fmt::format("{} has an address for its external name", shown_name(service.name)));
    found.label = "no host name";
    found.notes.push_back("`kubernetes` makes a CNAME record of a host name, and passes over what is none: the Service's name is NXDOMAIN");
    found.help = "write a Service without selector and an EndpointSlice with the address, or a host name that has it";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check};

}  // namespace corefile::rules::external_name_is_address
