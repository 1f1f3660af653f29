// SPDX-License-Identifier: Apache-2.0
// plugin/acl/acl.go and setup.go
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "flow/interests.hpp"
#include "flow/plugins.hpp"
#include "go/net.hpp"

namespace corefile::flow_detail {
namespace {

struct Policy {
  std::string action;
  std::vector<std::string> types;  ///< empty: all
  std::vector<go::Cidr> nets;
  bool all_nets = false;
  std::uint32_t directive = 0;
  Place place{};
};
struct AclRule {
  std::vector<std::string> zones;
  std::vector<Policy> policies;
};
using Acl = std::vector<AclRule>;

bool is_section(std::string_view word) { return ascii::same_letters(word, "type") || ascii::same_letters(word, "net"); }

void read_net(std::string_view word, Policy& policy) {
  std::string text(word);
  if (text.find('/') == std::string::npos) text += text.find(':') == std::string::npos ? "/32" : "/128";
  if (const auto net = go::parse_cidr(text)) policy.nets.push_back(*net);
}

Policy policy_of(const Line& property) {
  Policy policy;
  policy.action = ascii::to_lower(property.name());
  std::string section;
  bool typed = false, netted = false, all_types = false;
  bool closed = false;  // behind `*` a section's words do not count
  for (const Word& word : property.arguments()) {
    if (is_section(word.text)) {
      section = ascii::to_lower(word.text);
      closed = false;
    } else if (closed) {
      continue;
    } else if (section == "type") {
      typed = true;
      closed = word.text == "*";
      all_types = all_types || closed;
      if (!closed) policy.types.emplace_back(word.text);
    } else if (section == "net") {
      netted = true;
      closed = word.text == "*";
      if (closed) policy.all_nets = true;
      if (!closed) read_net(word.text, policy);
    }
  }
  if (!typed || all_types) policy.types.clear();
  policy.all_nets = policy.all_nets || !netted;
  return policy;
}

bool covers(const go::Cidr& net, const go::Ip& client) {
  return net.network.is4 == client.is4 && go::masked(client, net.ones).bytes == net.network.bytes;
}

const Policy* policy_for(const AclRule& rule, const Request& request, const go::Ip& client) {
  for (const Policy& policy : rule.policies) {
    const bool type = policy.types.empty() || std::find(policy.types.begin(), policy.types.end(), request.type) != policy.types.end();
    if (!type) continue;
    const bool net =
        policy.all_nets || std::any_of(policy.nets.begin(), policy.nets.end(), [&](const go::Cidr& one) { return covers(one, client); });
    if (net) return &policy;
  }
  return nullptr;
}

Returned serve_acl(Turn& turn) {
  const auto client = go::parse_ip(plain_address(turn.walk.query().client));
  for (const AclRule& rule : turn.settings<Acl>()) {
    if (match(rule.zones, turn.request.lower).empty()) continue;
    const Policy* policy = client ? policy_for(rule, turn.request, *client) : nullptr;
    if (policy == nullptr && client) continue;
    if (policy != nullptr) turn.at(policy->directive, policy->place);
    const std::string_view action = policy == nullptr ? std::string_view("block") : policy->action;
    if (action == "allow") return turn.pass("a rule allows it");
    if (action == "drop") return turn.drop("a rule drops it");
    if (action == "filter") return turn.answer(reply_to(turn.request), "a rule filters it");
    return turn.answer(reply_to(turn.request, "REFUSED"), "a rule blocks it");
  }
  return turn.pass("no rule is for it");
}

void tell_acl(const void* settings, const Surroundings&, Interests& interests) {
  for (const AclRule& rule : *static_cast<const Acl*>(settings)) {
    for (const Policy& policy : rule.policies) {
      interests.types.insert(policy.types.begin(), policy.types.end());
      for (const go::Cidr& net : policy.nets) interests.network(fmt::format("{}/{}", go::to_string(net.network), net.ones));
    }
  }
}

}  // namespace

Handlers acl(const Setup& setup) {
  Acl rules;
  for (const Stanza& directive : setup.stanzas) {
    AclRule& rule = rules.emplace_back();
    rule.zones = setup.zones_of(directive);
    for (const Line& property : directive.properties) {
      Policy& policy = rule.policies.emplace_back(policy_of(property));
      policy.directive = directive.index;
      policy.place = setup.config.place(property.words);
    }
  }
  return {make_handler(setup, serve_acl, std::move(rules), tell_acl)};
}

}  // namespace corefile::flow_detail
