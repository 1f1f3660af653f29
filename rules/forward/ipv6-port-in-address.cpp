// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "lint/upstream.hpp"

namespace corefile::rules::ipv6_port_in_address {
namespace {

/// Ports on which resolvers are run.
constexpr std::array<std::string_view, 8> usual{"53", "853", "443", "5353", "1053", "8053", "8600", "5300"};

/// The usual port behind the last colon of an IPv6 address without brackets, where the address stands without it as well.
std::string_view port_of(const Upstream& upstream) {
  if (upstream.kind != Upstream::Kind::address || upstream.address.is4 || upstream.port_written || !upstream.server.empty()) return {};
  const std::size_t colon = upstream.host.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  const std::string_view last = upstream.host.substr(colon + 1);
  const std::string_view rest = upstream.host.substr(0, colon);
  // `fe80::53` is an address that people give to a resolver.
  if (std::find(usual.begin(), usual.end(), last) == usual.end() || rest.ends_with(':') || !go::parse_ip(rest)) return {};
  return last;
}

void check(Directive forwarder, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& word : forwarder.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    const std::string_view port = word.unknown ? std::string_view() : port_of(upstream);
    if (port.empty()) continue;
    const std::string_view rest = upstream.host.substr(0, upstream.host.size() - port.size() - 1);
    Diagnostic& found = report.at(word, fmt::format("`:{}` is read as a part of the address", port));
    found.label = fmt::format("port {}", upstream.port);
    found.notes.push_back(fmt::format("the whole word is one IPv6 address, which is asked on port {}", upstream.port));
    const std::size_t at = word.text.find(upstream.host);
    if (at == std::string_view::npos) return;
    const std::string meant = fmt::format("{}[{}]:{}", word.text.substr(0, at), rest, port);
    found.help = fmt::format("write `{}`", meant);
    found.fixes.push_back({found.help, Safety::unsafe, {{forwarder.config->place(word), meant}}});
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward, Plugin::grpc}, .needs = Precondition::upstream_address, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::ipv6_port_in_address
