// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "go/net.hpp"
#include "lint/fixer.hpp"

namespace corefile::rules::hosts_name_is_url {
namespace {

/// What of a URL is the host's name.
std::string_view host_in(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/:"));
}

void check(Directive hosts, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : hosts.properties()) {
    for (const Word& word : line.arguments()) {
      if (word.unknown || word.text.find_first_of("/:") == std::string_view::npos) continue;
      // Lines without an address are another rule's, and a second address is none of a URL's.
      if (!go::parse_ip(line.name().substr(0, line.name().find('%'))) || go::parse_ip(word.text) || go::parse_cidr(word.text)) break;
      const std::string_view host = host_in(word.text);
      if (host.empty()) break;
      Diagnostic& found = report.at(word, fmt::format("`{}` is a name here, and nobody asks for that", word.text));
      found.label = "no name of a host";
      found.notes.push_back("DNS knows hosts alone: no scheme, no port and no path");
      found.help = fmt::format("write `{}`", host);
      if (word.quoted == 0) found.fixes.push_back({found.help, Safety::unsafe, {Fixer(*hosts.config).replace(word, std::string(host))}});
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::hosts_name_is_url
