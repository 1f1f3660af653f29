// SPDX-License-Identifier: Apache-2.0
// plugin/k8s_external/external.go, apex.go, msg_to_dns.go and setup.go; plugin/kubernetes/external.go
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "flow/interests.hpp"
#include "flow/plugins/kubernetes.hpp"
#include "go/number.hpp"

namespace corefile::flow_detail {
namespace {

struct External {
  std::vector<std::string> zones;
  Fallthrough fallthrough;
  std::string apex = "dns";
  std::uint32_t ttl = 5;
  bool headless = false;
};

Record soa(const Turn& turn, const External& settings, std::string_view zone) {
  const std::string_view serial = turn.since(1, 9, 3) ? "0" : "12345";
  return record(std::string(zone), settings.ttl, "SOA",
                fmt::format("{} {} {} 7200 1800 86400 {}", join({"ns1", settings.apex, zone}), join({"hostmaster", settings.apex, zone}),
                            serial, settings.ttl));
}

Message message_of(const Turn& turn) { return reply_to(turn.request, "NOERROR", turn.since(1, 9, 3)); }

Returned serve_apex(Turn& turn, const External& settings, const Clustered& cluster, std::string_view zone) {
  Message message = message_of(turn);
  Reply& reply = message.reply;
  if (turn.request.is("SOA")) {
    reply.answer.push_back(soa(turn, settings, zone));
  } else if (turn.request.is("NS")) {
    reply.answer.push_back(record(std::string(zone), settings.ttl, "NS", join({"ns1", settings.apex, zone})));
    for (const auto& [name, ip] : cluster.name_servers(zone, true, settings.headless)) {
      reply.additional.push_back(record(join({"ns1", settings.apex, turn.request.name}), settings.ttl, is_ipv4(ip) ? "A" : "AAAA", ip));
    }
  } else {
    reply.authority.push_back(soa(turn, settings, zone));
  }
  return turn.answer(std::move(message), "the apex of its zone");
}

Returned serve_below_apex(Turn& turn, const External& settings, const Clustered& cluster, std::string_view zone) {
  const std::vector<std::string_view> labels = labels_of(trim_zone(turn.request.lower, zone).value_or(""));
  Message message = message_of(turn);
  Reply& reply = message.reply;
  if (labels.size() > 2 || (labels.size() == 2 && labels.front() != "ns1")) reply.rcode = "NXDOMAIN";
  if (labels.size() == 2 && labels.front() == "ns1") {
    for (const auto& [name, ip] : cluster.name_servers(zone, true, settings.headless)) {
      const std::string_view type = is_ipv4(ip) ? "A" : "AAAA";
      if (turn.request.is(type)) reply.answer.push_back(record(turn.request.name, settings.ttl, type, ip));
    }
  }
  if (reply.answer.empty()) reply.authority.push_back(soa(turn, settings, zone));
  return turn.answer(std::move(message), "below the apex of its zone");
}

/// External of plugin/kubernetes/external.go: what there is, and the code where there is nothing.
std::string_view find(Turn& turn, const External& settings, const Clustered& cluster, std::string_view zone, std::vector<Found>& found) {
  const bool pointer = turn.request.is("PTR") && turn.since(1, 9, 4);
  const bool endpoints = turn.since(1, 9, 4);
  if (const std::string ip = address_of_reverse(turn.request.lower); pointer && !ip.empty()) {
    found = cluster.external_names_of(ip);
    return found.empty() ? "NXDOMAIN" : "NOERROR";
  }
  const std::vector<std::string_view> labels = labels_of(trim_zone(turn.request.lower, zone).value_or(""));
  if (labels.empty()) return "SERVFAIL";
  std::size_t left = labels.size();
  const std::string_view space = labels[--left];
  if (!cluster.exposed(space)) return "NXDOMAIN";
  if (left == 0) return "NOERROR";
  const std::string_view name = labels[--left];
  const auto bare = [](std::string_view label) { return label.starts_with('_') ? label.substr(1) : label; };
  std::string_view endpoint, protocol, port;
  if (left == 1 && endpoints) endpoint = bare(labels[0]);
  if (left == 2) {
    protocol = bare(labels[1]);
    port = bare(labels[0]);
  }
  if (left > 2 || (left == 1 && !endpoints)) return "NXDOMAIN";
  std::string_view rcode = "NXDOMAIN";
  for (const Cluster::Service* service : cluster.services(space, name)) {
    if (service->space != space || service->name != name) continue;
    const std::string domain = join({service->name, service->space, zone});
    if (settings.headless && service->external_ips.empty() && (is_headless(*service) || !endpoint.empty())) {
      for (const Cluster::Endpoints* slice : cluster.endpoints(*service)) {
        for (const Cluster::Endpoint& one : slice->addresses) {
          const std::string host = cluster.host_name(one);
          if (!endpoint.empty() && !cluster.matches(endpoint, host)) continue;
          for (const Cluster::Port& has : slice->ports) {
            if (!cluster.fits(has, port, protocol)) continue;
            rcode = "NOERROR";
            found.push_back({one.ip, has.number, join({host, domain}), {}});
          }
        }
      }
      continue;
    }
    for (const std::string& ip : service->external_ips) {
      for (const Cluster::Port& has : service->ports) {
        if (!cluster.fits(has, port, protocol)) continue;
        rcode = "NOERROR";
        found.push_back({ip, has.number, domain, {}});
      }
    }
  }
  if (pointer) found.clear();
  return rcode;
}

void add_addresses(Turn& turn, const External& settings, const std::vector<Found>& found, Reply& reply) {
  std::set<std::string> seen;
  for (const Found& one : found) {
    if (plain_address(one.host).empty()) {
      reply.answer.push_back(record(turn.request.name, settings.ttl, "CNAME", fqdn(one.host)));
      if (const auto target = turn.look_up(one.host, turn.request.type)) {
        reply.answer.insert(reply.answer.end(), target->reply.answer.begin(), target->reply.answer.end());
      }
      continue;
    }
    const bool wanted = turn.request.is(is_ipv4(one.host) ? "A" : "AAAA");
    if (wanted && seen.insert(one.host).second) {
      reply.answer.push_back(record(turn.request.name, settings.ttl, turn.request.type, one.host));
    }
  }
}

Returned serve_external(Turn& turn) {
  const External& settings = turn.settings<External>();
  const std::string_view zone = match(settings.zones, turn.request.lower);
  if (zone.empty()) return turn.pass("no zone of its own fits");
  const Handler* kubernetes = turn.walk.model().handler(turn.block, Plugin::kubernetes);
  if (kubernetes == nullptr) {
    turn.walk.depend("what `k8s_external` has without `kubernetes`");
    return turn.pass("there is no `kubernetes` beside it");
  }
  const auto& cluster_settings = *static_cast<const Kubernetes*>(kubernetes->settings.get());
  const Clustered cluster(turn, cluster_settings);
  for (const std::string& one : settings.zones) {
    if (turn.request.lower == one) return serve_apex(turn, settings, cluster, zone);
    if (below(turn.request.lower, join({settings.apex, one}))) return serve_below_apex(turn, settings, cluster, zone);
  }
  std::vector<Found> found;
  const std::string_view rcode = find(turn, settings, cluster, zone, found);
  Message message = message_of(turn);
  Reply& reply = message.reply;
  if (found.empty()) {
    if (rcode == "NXDOMAIN" && settings.fallthrough.through(turn.request.lower))
      return turn.pass("no Service has this name, and it falls through");
    reply.rcode = rcode;
  } else if (turn.request.is("A") || turn.request.is("AAAA")) {
    add_addresses(turn, settings, found, reply);
  } else if (turn.request.is("SRV")) {
    service_records(found, turn.request.name, cluster_settings.ttl, reply.answer, reply.additional);
    for (Record& one : reply.additional) one.ttl = settings.ttl;
  } else if (turn.request.is("PTR") && turn.since(1, 9, 4)) {
    std::set<std::string> seen;
    for (const Found& one : found) {
      if (!seen.insert(one.host).second) continue;
      reply.answer.push_back(record(turn.request.name, settings.ttl, "PTR", join({one.host, settings.zones.front()})));
    }
  }
  if (reply.answer.empty()) reply.authority.push_back(soa(turn, settings, zone));
  return turn.answer(std::move(message), found.empty() ? "no Service with an external address has this name" : "a Service has it");
}

void tell_external(const void* data, const Surroundings& around, Interests& interests) {
  const External& settings = *static_cast<const External*>(data);
  for (const std::string& zone : settings.zones) {
    interests.name(join({settings.apex, zone}));
    interests.name(join({"ns1", settings.apex, zone}));
    if (around.world.cluster == nullptr) continue;
    for (const Cluster::Service& one : around.world.cluster->services) {
      if (interests.left_out) return;
      interests.name(join({one.name, one.space, zone}), "SRV");
    }
  }
}

}  // namespace

Handlers k8s_external(const Setup& setup) {
  External settings;
  for (const Stanza& directive : setup.stanzas) {
    settings.zones = setup.zones_of(directive);
    for (const Line& property : directive.properties) {
      const std::span<const Word> arguments = property.arguments();
      if (property.name() == "fallthrough") settings.fallthrough = setup.fallthrough_of(property);
      if (property.name() == "headless") settings.headless = true;
      if (property.name() == "apex" && !arguments.empty()) settings.apex = arguments.front().text;
      if (property.name() == "ttl" && !arguments.empty()) {
        settings.ttl = static_cast<std::uint32_t>(go::atoi(arguments.front().text).value_or(5));
      }
    }
  }
  return {make_handler(setup, serve_external, std::move(settings), tell_external)};
}

}  // namespace corefile::flow_detail
