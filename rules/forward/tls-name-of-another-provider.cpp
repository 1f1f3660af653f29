// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "resolvers.hpp"

namespace corefile::rules::tls_name_of_another_provider {
namespace {

struct Provider {
  std::string_view address, name;
};
/// Names that the certificates bear.
constexpr std::array providers{Provider{"1.1.1.1", "cloudflare-dns.com"},
                               Provider{"1.0.0.1", "cloudflare-dns.com"},
                               Provider{"1.1.1.2", "security.cloudflare-dns.com"},
                               Provider{"1.0.0.2", "security.cloudflare-dns.com"},
                               Provider{"1.1.1.3", "family.cloudflare-dns.com"},
                               Provider{"1.0.0.3", "family.cloudflare-dns.com"},
                               Provider{"2606:4700:4700::1111", "cloudflare-dns.com"},
                               Provider{"2606:4700:4700::1001", "cloudflare-dns.com"},
                               Provider{"8.8.8.8", "dns.google"},
                               Provider{"8.8.4.4", "dns.google"},
                               Provider{"2001:4860:4860::8888", "dns.google"},
                               Provider{"2001:4860:4860::8844", "dns.google"},
                               Provider{"9.9.9.9", "dns.quad9.net"},
                               Provider{"149.112.112.112", "dns.quad9.net"},
                               Provider{"94.140.14.14", "dns.adguard-dns.com"},
                               Provider{"94.140.15.15", "dns.adguard-dns.com"}};

std::string_view name_of(const Upstream& upstream) {
  const auto found = std::find_if(providers.begin(), providers.end(), [&](const Provider& one) { return one.address == upstream.host; });
  return found == providers.end() ? std::string_view() : found->name;
}

/// `cloudflare-dns.com` of `family.cloudflare-dns.com`: its certificates bear all of its names.
std::string_view operator_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const std::size_t before = dot == std::string_view::npos || dot == 0 ? std::string_view::npos : name.rfind('.', dot - 1);
  return before == std::string_view::npos ? name : name.substr(before + 1);
}

bool is_a_name_of(std::string_view provider) {
  return std::any_of(providers.begin(), providers.end(), [&](const Provider& one) { return one.name == provider; });
}

void check(Directive forward, const Context& context, Report& report) {
  const auto line = forward.properties().find("tls_servername");
  if (!line || line->arguments().size() != 1 || line->arguments().front().unknown || !context.load->loads()) return;
  const std::string_view name = line->arguments().front().text;
  if (!is_a_name_of(name)) return;
  for (const Word& word : forward.upstreams()) {
    const Upstream& upstream = context.upstreams->of(word);
    if (upstream.transport != Transport::tls) continue;
    const std::string_view own = name_of(upstream);
    if (own.empty() || own == name || operator_of(own) == operator_of(name)) continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` has no certificate for `{}`", upstream.host, name));
    found.label = fmt::format("`{}`", own);
    found.labels.push_back({forward.config->place(line->words), "for all upstreams"});
    found.notes.push_back("the connection fails, and queries that go to this upstream with it");
    found.help = context.release < Release{1, 13, 2}
                     ? "give each provider a server block of its own, and forward to these"
                     : fmt::format("write the name behind each upstream, `tls://{}%{}`, and remove `tls_servername`", upstream.host, own);
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}, .lines = {"tls_servername"}};

}  // namespace corefile::rules::tls_name_of_another_provider
