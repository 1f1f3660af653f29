// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "resolvers.hpp"

namespace corefile::rules::upstream_unreachable {
namespace {

/// What the address is instead of a server's; empty if it may be one's.
std::string_view other_than_server(const Upstream& upstream) {
  const auto& b = upstream.address.bytes;
  if (!upstream.address.is4) return b[0] == 0xFF ? "a multicast address" : "";
  if (b[12] == 0) return "in `0.0.0.0/8`, where nobody can be reached";
  if (b[12] >= 224 && b[12] < 240) return "a multicast address";
  if (b[12] >= 240) return "in a range that was never given out";
  return "";
}

/// `fe80::1`, without the `%eth0` that says where to look for it.
bool lacks_interface(const Word& word, const Upstream& upstream) {
  const auto& b = upstream.address.bytes;
  return !upstream.address.is4 && b[0] == 0xFE && (b[1] & 0xC0) == 0x80 && word.text.find('%') == std::string_view::npos;
}

void tell_interface(const Word& word, const Upstream& upstream, Report& report) {
  Diagnostic& found = report.at(word, fmt::format("`{}` is a link-local address, and its interface is missing", upstream.host));
  found.label = "on which network?";
  found.notes.push_back("queries that are sent there end as SERVFAIL: dial udp: connect: invalid argument");
  found.help = fmt::format("write the interface behind it, `{}%eth0`, or the resolver's other address", upstream.host);
}

void check(Directive directive, const Context& context, Report& report) {
  for (const Word& word : directive.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    if (upstream.kind != Upstream::Kind::address || upstream.loopback) continue;
    if (const std::string_view other = other_than_server(upstream); !other.empty()) {
      Diagnostic& found = report.at(word, fmt::format("`{}` is {}", upstream.host, other));
      found.label = "no server's address";
      found.notes.push_back("queries that are sent there end as SERVFAIL");
      found.help = "write the address of a resolver";
    } else if (lacks_interface(word, upstream)) {
      tell_interface(word, upstream, report);
    } else if (upstream.address.is4 && upstream.address.bytes[15] == 0) {
      Diagnostic& found = report.at(word, fmt::format("`{}` looks like the address of a network", upstream.host));
      found.label = "ends in 0";
      found.help = "write the address of a resolver in it";
    }
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward, Plugin::grpc, Plugin::proxy}, .needs = Precondition::upstream_address};

}  // namespace corefile::rules::upstream_unreachable
