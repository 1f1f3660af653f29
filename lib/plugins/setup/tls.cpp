// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "go/url.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins {

namespace setup {
namespace {

constexpr std::array<std::string_view, 6> acme_options{"acme", "email", "ca", "storage", "ca_root", "resolver"};

bool is_acme(std::string_view name) { return std::find(acme_options.begin(), acme_options.end(), name) != acme_options.end(); }

// plugin/tls/acme.go of 1.14.7: options in any order, each once, domains required.
void acme(Reader& reader, const Word& name) {
  std::vector<std::string_view> seen;
  while (reader.next_block()) {
    const Word option = reader.word();
    const Property* property = reader.property();
    if (property == nullptr || !is_acme(option.text)) {
      reader.invalid(option, fmt::format("`{}` does not go with ACME", option.text),
                     fmt::format("unknown ACME option \"{}\"", option.text));
      reader.remaining_args();
      continue;
    }
    if (std::find(seen.begin(), seen.end(), option.text) != seen.end()) {
      reader.fail(ProblemKind::once, option, fmt::format("`{}` may stand only once", option.text),
                  fmt::format("ACME option \"{}\" can only be specified once", option.text));
    }
    seen.push_back(option.text);
    reader.read_property(*property);
  }
  if (std::find(seen.begin(), seen.end(), "acme") == seen.end()) {
    reader.fail(ProblemKind::conflict, name, "`tls` names neither files nor ACME domains", "ACME requires at least one domain").help =
        "write `tls CERT KEY`, or a block with `acme DOMAIN`";
  }
}

}  // namespace

void tls(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    const auto args = reader.remaining_args();
    reader.state().tls = true;
    if (args.empty() && reader.since(1, 14, 7)) {
      acme(reader, name);
      continue;
    }
    if (args.size() < 2 || args.size() > 3) reader.wrong_count(name, args.size(), "2 or 3 arguments");
    for (const Word& word : args) reader.needs(word);
    // Until 1.5.0 setup read no block; its words are further mentions then.
    while (reader.since(1, 5, 1) && reader.next_block()) {
      const Property* property = reader.property();
      if (property != nullptr && !is_acme(property->name)) {
        reader.read_property(*property);
      } else {
        reader.unknown_property();
      }
    }
  }
}

}  // namespace setup

namespace check {

// plugin/tls/acme.go, normalizeACMEDomain; letters beyond ASCII are left to IDNA, and pass here.
std::string acme_domain(std::string_view text, Release) {
  if (text.ends_with('.')) text.remove_suffix(1);
  std::string refused = fmt::format("invalid ACME domain \"{}\"", text);
  if (text == ".") return {};
  if (text.starts_with("*.")) text.remove_prefix(2);
  if (text.size() > 1 && text.ends_with('.')) text.remove_suffix(1);  // IDNA lets another one pass
  if (text.empty() || go::parse_ip(text) || !go::is_domain_name(text)) return refused;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t dot = std::min(text.find('.', from), text.size());
    const std::string_view label = text.substr(from, dot - from);
    const auto fits = [](char c) { return ascii::is_alnum(c) || c == '-' || static_cast<unsigned char>(c) > 127; };
    const bool reserved = label.size() > 3 && label.substr(2, 2) == "--" && !label.starts_with("xn") && !label.starts_with("XN") &&
                          !label.starts_with("Xn") && !label.starts_with("xN");
    if (label.empty() || reserved || label.front() == '-' || label.back() == '-' || !std::all_of(label.begin(), label.end(), fits))
      return refused;
    from = dot + 1;
  }
  return {};
}

// net/url.Parse, with a scheme and a host.
std::string acme_ca(std::string_view text, Release) {
  const std::size_t colon = std::min(text.find("://"), text.size());
  const std::string scheme = ascii::to_lower(text.substr(0, colon));
  std::string_view host = text.substr(std::min(colon + 3, text.size()));
  host = host.substr(0, host.find_first_of("/?#"));
  host.remove_prefix(host.rfind('@') + 1);
  const bool whole = (scheme == "https" || scheme == "http") && !host.empty() && go::url_error(text).empty();
  return whole ? std::string() : fmt::format("invalid ACME CA URL \"{}\"", text);
}

std::string acme_resolver(std::string_view text, Release) {
  if (text.empty()) return {};
  const auto parts = go::split_host_port(text);
  if (!parts) return fmt::format("invalid ACME resolver \"{}\"", text);
  if (parts->host.empty()) return fmt::format("invalid ACME resolver \"{}\": host is empty", text);
  const auto port = go::atoi(parts->port);
  return port && *port >= 1 && *port <= 65535 ? std::string() : fmt::format("invalid ACME resolver port \"{}\"", parts->port);
}

}  // namespace check

}  // namespace corefile::plugins
