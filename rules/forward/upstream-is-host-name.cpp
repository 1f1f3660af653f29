// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/upstream.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::upstream_is_host_name {
namespace {

enum class Name : std::uint8_t { host, service, placeholder, nothing };

/// `IP1`, `DNS_SERVER`, `your-resolver`: a word to be replaced.
bool is_placeholder(std::string_view host) {
  if (host.find('.') != std::string_view::npos)
    return (host.find_first_not_of("xX.") == std::string_view::npos && host.size() > 4) || host.starts_with("your.") || host == "a.b.c.d";
  constexpr std::array<std::string_view, 9> words{"ip",       "ipaddress",  "dns",     "dnsip",   "upstream",
                                                  "resolver", "nameserver", "address", "changeme"};
  std::string letters;
  bool capitals = false;
  for (const char c : host) {
    capitals = capitals || ascii::is_upper(c);
    if (ascii::is_lower(c)) {
      letters += c;
      continue;
    }
    if (ascii::is_upper(c)) letters += ascii::lower(c);
  }
  const bool all_capitals = capitals && std::none_of(host.begin(), host.end(), ascii::is_lower);
  return all_capitals || host.find('_') != std::string_view::npos || letters.starts_with("your") || letters == "xxxx" || letters == "xxx" ||
         std::find(words.begin(), words.end(), letters) != words.end();
}

bool is_service(std::string_view host, std::string_view domain) {
  while (host.ends_with('.')) host.remove_suffix(1);
  if (covers("cluster.local", host) || (!domain.empty() && covers(domain, host))) return true;
  return host.ends_with(".svc") && host.find('.') + 4 < host.size();
}

Name read(const Upstream& upstream, const Context& context) {
  const std::string_view host = upstream.host;
  if (upstream.kind != Upstream::Kind::name || host.empty() || names_resolv_conf(upstream) || host.ends_with(".conf")) return Name::nothing;
  if (is_service(host, zone_of(context.cluster_domain))) return Name::service;
  if (is_placeholder(host)) return Name::placeholder;
  // A number or an address with a slip: other rules know it better.
  const std::string_view last = host.substr(host.find_last_of('.') == std::string_view::npos ? 0 : host.find_last_of('.') + 1);
  if (last.empty() || ascii::is_digit(last.front()) || host.find_first_of("/,;:") != std::string_view::npos) return Name::nothing;
  return Name::host;
}

void tell(const Word& word, std::string_view host, Name kind, Report& report) {
  const std::string message =
      kind == Name::placeholder ? fmt::format("`{}` looks like a word that was to be replaced by an address", word.text)
      : kind == Name::service
          ? fmt::format("`{}` is a Service's name, and the cluster's DNS is not there yet when it is looked up", word.text)
          : fmt::format("`{}` is looked up once, when CoreDNS starts", word.text);
  Diagnostic& found = report.at(word, message);
  if (kind == Name::host) found.severity = Severity::info;
  found.label = "a host name";
  found.notes.push_back(
      kind == Name::host
          ? "the machine's own resolver is asked: where that is this server, or it does not answer, CoreDNS does not start"
          : fmt::format("the machine's own resolver is asked for `{}`, and CoreDNS does not start if it does not know it", host));
  if (kind == Name::host) found.notes.push_back("a new address of the host is not noticed before the next start or reload");
  found.help = kind == Name::placeholder ? "write the upstream's IP address"
               : kind == Name::service   ? "write the Service's `clusterIP`, its IP address"
                                         : "write its IP address, or `resolver IP` in the block to choose whom to ask";
}

void check(Directive forward, const Context& context, Report& report) {
  if (!asks_names(context.release) || !context.load->loads() || forward.properties().has("resolver")) return;
  for (const Word& word : forward.upstreams()) {
    // A template's words: another rule tells them.
    if (word.unknown || word.text.find("__") != std::string_view::npos || word.text.find_first_of("{}<>$%") != std::string_view::npos)
      continue;
    const Upstream& upstream = context.upstreams->of(word);
    const Name kind = read(upstream, context);
    if (kind == Name::nothing) continue;
    // A file of that name beside the Corefile.
    if (context.files != nullptr && context.files->read(std::string(word.text)).status == Files::Status::ok) continue;
    return tell(word, upstream.host, kind, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .needs = Precondition::upstream_name};

}  // namespace corefile::rules::upstream_is_host_name
