// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/fixer.hpp"
#include "lint/problems.hpp"
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

/// `udp://9.9.9.9`: a scheme that no release knows, in front of an address. Empty: something else.
std::string_view foreign_scheme(std::string_view text) {
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos || read_upstream(text).scheme_written) return {};
  return read_upstream(text.substr(end + 3)).kind == Upstream::Kind::address ? text.substr(0, end + 3) : std::string_view();
}

void tell_scheme(const Word& word, std::string_view scheme, bool all, const Config& config, const Context& context, Report& report) {
  const std::string address(word.text.substr(scheme.size()));
  Diagnostic& found = report.at(word, fmt::format("`forward` knows no transport `{}`", scheme));
  if (all) found.severity = Severity::error;
  found.label = "no upstream";
  report.explain(found, word);
  if (context.problems->on(config.place(word)) == nullptr) {
    // net.SplitHostPort takes one colon for a port's.
    const bool split = std::count(word.text.begin(), word.text.end(), ':') == 1;
    found.notes.push_back(fmt::format("CoreDNS {} looks `{}` up as a host name when it starts, and does not start without it",
                                      to_string(context.release), split ? word.text.substr(0, word.text.find(':')) : word.text));
  }
  const bool secure = scheme == "dot://" || scheme == "tcp-tls://" || scheme == "dns+tls://";
  const std::string right = secure ? "tls://" + address : address;
  found.help = fmt::format("write `{}`{}", right,
                           scheme == "tcp://" ? ", and `force_tcp` in the block"
                           : secure           ? ""
                                              : ": plain DNS needs no scheme");
  found.fixes.push_back({fmt::format("write `{}`", right), Safety::unsafe, {Fixer(config).replace(word, right)}});
}

void check(Directive directive, const Context& context, Report& report) {
  const auto words = directive.upstreams();
  const bool all = std::none_of(words.begin(), words.end(), [](const Word& word) { return foreign_scheme(word.text).empty(); });
  for (const Word& word : words) {
    if (word.unknown) continue;
    if (const std::string_view scheme = foreign_scheme(word.text); !scheme.empty()) {
      tell_scheme(word, scheme, all, *directive.config, context, report);
      continue;
    }
    if (!context.load->loads()) continue;
    const Upstream& upstream = context.upstreams->of(word);
    if (upstream.kind != Upstream::Kind::name || resolvable(upstream.host)) continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` is not an IP address", upstream.host));
    found.label = "read as a name";
    found.notes.push_back(
        fmt::format("CoreDNS {} looks it up as a host name when it starts, which no name server can know, and does not start without it",
                    to_string(context.release)));
    found.help = "write the upstream's address";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::upstream_is_no_address
