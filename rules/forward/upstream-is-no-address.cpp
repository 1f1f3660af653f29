// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/upstream.hpp"

namespace corefile::rules::upstream_is_no_address {
namespace {

// No top-level domain begins with a digit.
bool resolvable(std::string_view host) {
  while (host.ends_with('.')) host.remove_suffix(1);
  const std::size_t dot = host.rfind('.');
  const std::string_view last = host.substr(dot == std::string_view::npos ? 0 : dot + 1);
  return dot == std::string_view::npos || last.empty() || !ascii::is_digit(last.front());
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& word : directive.upstreams()) {
    if (word.unknown) continue;
    const Upstream& upstream = context.upstreams->of(word);
    if (upstream.kind != Upstream::Kind::name || resolvable(upstream.host)) continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` is not an IP address", upstream.host));
    found.label = "read as a name";
    found.notes.push_back(fmt::format("CoreDNS {} looks it up as a host name, which no name server can know: queries get SERVFAIL",
                                      to_string(context.release)));
    found.help = "write the upstream's address";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}};

}  // namespace corefile::rules::upstream_is_no_address
