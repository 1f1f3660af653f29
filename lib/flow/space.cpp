// SPDX-License-Identifier: Apache-2.0
#include "flow/space.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "flow/message.hpp"
#include "go/net.hpp"
#include "go/regexp_sample.hpp"

namespace corefile::flow_detail {
namespace {

/// Deeper than two labels no plugin looks at how deep.
constexpr int deepest = 2;

std::string identity(const NamePart& part) { return fmt::format("{} {} {} {}", part.under, part.depth, part.tests, part.address); }

std::string_view parent(std::string_view name) {
  std::size_t dot = 0;
  while (dot < name.size() && name[dot] != '.') dot += name[dot] == '\\' ? 2 : 1;
  name.remove_prefix(std::min(dot + 1, name.size()));
  return name.empty() ? std::string_view(".") : name;
}

bool covers(const go::Cidr& net, const go::Ip& ip) {
  return net.network.is4 == ip.is4 && go::masked(ip, net.ones).bytes == net.network.bytes;
}

std::string an_address_in(const std::string& network) {
  const auto net = go::parse_cidr(network);
  if (!net) return {};
  if (go::is_unspecified(net->network)) return net->network.is4 ? "10.240.0.1" : "2001:db8::1";
  go::Ip ip = net->network;
  if (net->ones < net->bits) ip.bytes.back() = static_cast<std::uint8_t>(ip.bytes.back() | 1U);
  return go::to_string(ip);
}

}  // namespace

Space::Space(Interests interests) : interests_(std::move(interests)) {
  // Those that ask for it most often come first.
  constexpr std::array<std::string_view, 6> usual{"TXT", "MX", "SRV", "HTTPS", "CAA", "NAPTR"};
  const auto* const other =
      std::find_if(usual.begin(), usual.end(), [this](std::string_view one) { return !interests_.types.contains(std::string(one)); });
  other_ = other != usual.end() ? *other : std::string_view("SSHFP");
  for (const char* name : {"www.example.com.", "example.", "www.example.org.", "www.example.test."}) add(name);
  for (const auto& [name, types] : interests_.names) add_below(name);
  add("1.2.0.192.in-addr.arpa.");
  add_tests();
  for (NamePart& part : names_) part.types = types_of(part);
  add_clients();
}

NamePart Space::place(std::string_view name) const {
  NamePart part;
  part.witness = name;
  int depth = 0;
  std::string_view under = name;
  for (; under != "." && !interests_.names.contains(std::string(under)); under = parent(under)) ++depth;
  part.under = under;
  part.depth = std::min(depth, deepest);
  for (const NamePattern& test : interests_.tests) part.tests += test.matches(name) ? '1' : '0';
  part.address = !address_of_reverse(name).empty();
  return part;
}

void Space::add(std::string_view candidate) {
  // miekg/dns writes these with a backslash where it reads a query, so that no zone with them fits.
  if (!go::is_domain_name(candidate) || candidate.find_first_of(" \t\"@;()'\\") != std::string_view::npos) return;
  NamePart part = place(go::normalize_name(candidate));
  if (index_.emplace(identity(part), names_.size()).second) names_.push_back(std::move(part));
}

void Space::add_below(const std::string& name) {
  add(name);
  if (below(name, reverse_four) || below(name, reverse_six)) add(whole_address(name));
  if (!address_of_reverse(name).empty()) return;
  add(in_front("www", name));
  add(in_front("a", in_front("www", name)));
}

void Space::add_tests() {
  constexpr std::size_t most_under = 24;
  for (const NamePattern& test : interests_.tests) {
    std::vector<std::string> texts;
    switch (test.kind) {
      case NamePattern::Kind::prefix:
        texts = {test.text, test.text + "x"};
        break;
      case NamePattern::Kind::suffix:
        texts = {"www" + test.text, "a.www" + test.text};
        break;
      case NamePattern::Kind::substring:
        texts = {test.text, "a" + test.text, "a" + test.text + "b"};
        break;
      case NamePattern::Kind::regex:
        texts = go::regexp_samples(test.text);
        break;
      case NamePattern::Kind::exact:
      case NamePattern::Kind::none:
        break;
    }
    std::size_t under = 0;
    for (const std::string& text : texts) {
      add(fqdn(text));
      add("x" + fqdn(text));
      add(in_front("x", fqdn(text)));
      for (const auto& [name, types] : interests_.names) {
        if (++under > most_under * texts.size()) break;
        std::string label = text;
        while (label.ends_with('.') && test.kind != NamePattern::Kind::prefix && test.kind != NamePattern::Kind::substring)
          label.pop_back();
        add(label.ends_with('.') ? label + (name == "." ? "" : name) : in_front(label, name));
      }
    }
  }
}

std::set<std::string> Space::types_of(const NamePart& part) const {
  std::set<std::string> types = interests_.types;
  types.insert(other_);
  const bool reverse = below(part.witness, reverse_four) || below(part.witness, reverse_six);
  if (reverse) types.emplace("PTR");
  if (!reverse) types.insert({"A", "AAAA"});
  if (part.depth == 0) {
    const auto own = interests_.names.find(part.under);
    if (own != interests_.names.end()) types.insert(own->second.begin(), own->second.end());
  }
  return types;
}

void Space::add_clients() {
  const auto add = [this](const std::string& address) {
    const auto ip = go::parse_ip(address);
    if (!ip) return;
    ClientPart part{address, {}};
    for (const std::string& network : interests_.networks) part.networks += covers(*go::parse_cidr(network), *ip) ? '1' : '0';
    const auto same = std::find_if(clients_.begin(), clients_.end(), [&](const ClientPart& one) { return one.networks == part.networks; });
    if (same == clients_.end()) clients_.push_back(std::move(part));
  };
  add(Query().client);
  for (const std::string& network : interests_.networks) add(an_address_in(network));
  if (!interests_.networks.empty()) {
    for (const char* elsewhere : {"192.0.2.99", "198.51.100.99", "172.16.99.99"}) add(elsewhere);
  }
}

std::optional<std::size_t> Space::part_of(std::string_view name) const {
  const auto found = index_.find(identity(place(name)));
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> Space::client_of(std::string_view address) const {
  const auto ip = go::parse_ip(address);
  if (!ip) return {};
  std::string networks;
  for (const std::string& network : interests_.networks) networks += covers(*go::parse_cidr(network), *ip) ? '1' : '0';
  const auto found = std::find_if(clients_.begin(), clients_.end(), [&](const ClientPart& one) { return one.networks == networks; });
  return found == clients_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - clients_.begin()));
}

std::string_view Space::type_in(const NamePart& part, std::string_view type) const noexcept {
  return part.types.find(std::string(type)) != part.types.end() ? type : std::string_view(other_);
}

std::string Space::describe(const NamePart& part) const {
  const std::size_t test = part.tests.find('1');
  if (test != std::string::npos) {
    const std::string& text = interests_.tests[test].text;
    return fmt::format("names like {} (`{}`)", part.witness, text);
  }
  if (part.depth == 0) return part.under;
  if (part.under == ".") return part.address ? "other addresses" : "all other names";
  return fmt::format("names below {}", part.under);
}

}  // namespace corefile::flow_detail
