// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

namespace corefile::rules::proxy_protocol_from_anyone {
namespace {

void check(Directive proxyproto, const Context& context, Report& report) {
  if (!context.load->loads() || proxyproto.properties().has("allow") || proxyproto.properties().has("default")) return;
  Diagnostic& found = report.at(proxyproto.name_word(), "without `allow` every client may say which address it comes from");
  found.label = "from everybody";
  found.notes.push_back("`acl`, `view` and the log then see the address that the client claims");
  found.help = "name the load balancers in its block: `allow 10.0.0.0/8`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::proxyproto}};

}  // namespace corefile::rules::proxy_protocol_from_anyone
