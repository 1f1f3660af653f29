// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/upstream.hpp"

namespace corefile::rules::transport_option_over_tls {
namespace {

bool is_encrypted(const Word& word) {
  const Upstream upstream = read_upstream(word);
  return word.unknown == 0 && upstream.kind != Upstream::Kind::file && upstream.transport != Transport::dns;
}

void check(Directive forward, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const Properties lines = forward.properties();
  const auto tcp = lines.find("force_tcp");
  const auto udp = lines.find("prefer_udp");
  if (!tcp && !udp) return;
  const std::span<const Word> upstreams = forward.upstreams();
  if (!upstreams.empty() && std::all_of(upstreams.begin(), upstreams.end(), is_encrypted)) {
    const Property line = udp ? *udp : *tcp;
    Diagnostic& found = report.at(line.words, fmt::format("`{}` changes nothing: these upstreams are asked over TLS", line.name()));
    found.labels.push_back({forward.config->place(upstreams), "encrypted"});
    found.help = "remove it";
  } else if (tcp && udp) {
    Diagnostic& found = report.at(udp->words, "`prefer_udp` has no effect beside `force_tcp`");
    found.labels.push_back({forward.config->place(tcp->words), "decides"});
    found.help = "keep the one that is meant";
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::forward}, .lines = {"force_tcp", "prefer_udp"}, .severity = Severity::info};

}  // namespace corefile::rules::transport_option_over_tls
