// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/number.hpp"
#include "zones.hpp"

namespace corefile::rules::port_unusual {
namespace {

// DNS, HTTP (HTTPS behind a proxy), HTTPS, DNS over QUIC as first drafted, DNS over TLS and QUIC.
constexpr std::array<std::int64_t, 5> usual{53, 80, 443, 784, 853};
constexpr std::int64_t first_free = 1024;

/// The digits of a port that lost its colon: `example53`. A top-level domain has none, but for `xn--`.
std::string_view glued_port(std::string_view zone) {
  const std::size_t dot = zone.rfind('.');
  if (dot == std::string_view::npos || zone.find_first_of(":/[") != std::string_view::npos) return {};
  const std::string_view last = zone.substr(dot + 1);
  if (last.starts_with("xn--")) return {};
  for (const std::string_view port : {"5353", "1053", "8053", "853", "443", "53"}) {
    if (last.size() > port.size() && last.ends_with(port) && !ascii::is_digit(last[last.size() - port.size() - 1]))
      return last.substr(last.size() - port.size());
  }
  return {};
}

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    const char last = word.text.back();
    if (!ascii::is_digit(last) || word.text.ends_with(":53")) return;
    const Key key = read_key(word.text, context.release);
    if (!is_zone(block, key)) return;
    if (!key.port_written) {
      const std::string_view port = glued_port(key.zone_text);
      if (port.empty()) return;
      const Place at = part(config, word, port);
      Diagnostic& found = report.at(at, fmt::format("`{}` is part of the zone's name, `{}`", port, key.zone_text));
      found.label = "no `:` before it";
      found.help = fmt::format("write `{}:{}` if that is the port", key.zone_text.substr(0, key.zone_text.size() - port.size()), port);
      if (config.text(at) == port)
        found.fixes.push_back({"insert a `:`", Safety::unsafe, {{{at.document, {at.span.begin, at.span.begin}}, ":"}}});
      return;
    }
    const auto port = go::atoi(key.port);
    if (!port || *port < 0 || *port >= first_free || std::find(usual.begin(), usual.end(), *port) != usual.end()) return;
    const Place at = part(config, word, word.text.substr(word.text.rfind(':') + 1));
    if (*port == 0) {
      Diagnostic& found = report.at(at, "port 0 is another port at each start");
      found.severity = Severity::warning;
      found.label = "whatever is free";
      found.notes.push_back("the system chooses one for UDP and one for TCP, and no client knows them");
      found.help = "write the port, or leave it out for 53";
      return;
    }
    Diagnostic& found = report.at(at, fmt::format("port {} is not one that DNS is asked on", *port));
    found.notes.push_back("clients ask on 53 (DNS), 853 (TLS, QUIC) and 443 (HTTPS); ports below 1024 belong to other services");
    found.help = "write 53 if that is meant";
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::other_key, .severity = Severity::info, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::port_unusual
