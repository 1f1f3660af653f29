// SPDX-License-Identifier: Apache-2.0
#include "plugins/tls_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "plugins/facts.hpp"
#include "resolve/import.hpp"

namespace corefile::plugins {
namespace {

std::string normalised(std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  return ascii::to_lower(domain);
}

// plugin/tls/acme.go, acmeOptions.key: what makes two configurations the same.
TlsPolicy acme(Reader& reader, bool rooted) {
  TlsPolicy policy;
  policy.acme = true;
  std::map<std::string_view, std::string> options{{"ca", "https://acme-v02.api.letsencrypt.org/directory"}};
  while (reader.next_block()) {
    const std::string_view option = reader.val();
    for (const Word& word : reader.remaining_args()) {
      policy.known = policy.known && !word.unknown && utf8::ascii(word.text);
      if (option == "acme") {
        policy.domains.push_back(normalised(word.text));
      } else if (option == "storage" || option == "ca_root") {
        // Where others lie depends on where CoreDNS runs.
        policy.known = policy.known && word.text.starts_with('/');
        (option == "storage" ? policy.storage : options[option]) = resolve_detail::join("", word.text);
      } else {
        options[option] = word.text;
      }
    }
  }
  if (options["resolver"].empty()) options.erase("resolver");
  if (options["email"].empty()) options.erase("email");
  policy.known = policy.known && (!rooted || !policy.storage.empty());
  std::sort(policy.domains.begin(), policy.domains.end());
  policy.domains.erase(std::unique(policy.domains.begin(), policy.domains.end()), policy.domains.end());
  for (const std::string& domain : policy.domains) policy.options += fmt::format("{}\n", domain);
  for (const auto& [option, value] : options) policy.options += fmt::format("{} {}\n", option, value);
  return policy;
}

TlsPolicy files(Reader& reader, std::span<const Word> names) {
  TlsPolicy policy;
  std::string client_auth = "nocert";
  while (reader.next_block()) {
    const bool asks = reader.val() == "client_auth";
    for (const Word& word : reader.remaining_args()) {
      policy.known = policy.known && !word.unknown;
      if (asks) client_auth = word.text;
    }
  }
  for (const Word& name : names) policy.known = policy.known && !name.unknown;
  const bool roots = names.size() == 3 && !names[2].text.empty();
  policy.options = fmt::format("{} {}", client_auth, roots);
  return policy;
}

}  // namespace

std::vector<TlsPolicy> tls_policies(const Config& config, const BlockState& state, Release release) {
  std::vector<TlsPolicy> policies;
  if (!state.tls) return policies;
  const Schema* plugin = schema_of(Plugin::tls);
  std::vector<Problem> unused;
  BlockState own = state;
  for (const Directive directive : state.block.directives()) {
    if (!directive.is(Plugin::tls)) continue;
    Reader reader(config, directive.words(), *plugin, release, own, unused);
    reader.next();
    const Place place = config.place(reader.word());
    const std::span<const Word> names = reader.remaining_args();
    const bool rooted = !state.root.empty() || state.root_unknown;
    policies.push_back(names.empty() ? acme(reader, rooted) : files(reader, names));
    policies.back().place = place;
  }
  return policies;
}

bool surely_differ(const TlsPolicy& a, const TlsPolicy& b) {
  if (a.acme != b.acme) return true;
  if (!a.known || !b.known) return false;
  return a.options != b.options || (!a.storage.empty() && !b.storage.empty() && a.storage != b.storage);
}

}  // namespace corefile::plugins
