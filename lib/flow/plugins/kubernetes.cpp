// SPDX-License-Identifier: Apache-2.0
// plugin/kubernetes/handler.go, kubernetes.go (Services) and setup.go; plugin/backend_lookup.go
#include "flow/plugins/kubernetes.hpp"
#include "flow/interests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "flow/plugins.hpp"
#include "go/net.hpp"
#include "go/number.hpp"

namespace corefile::flow_detail {
namespace {

/// A query in the plugin: request.Request with its zone, in the client's letters.
struct State {
  Turn& turn;
  const Clustered& cluster;
  std::string zone;
  std::string name;  ///< as the client wrote it
  std::string lower;
  std::string type;
  std::vector<Record> records{}, additional{};

  std::uint32_t ttl() const { return cluster.settings().ttl; }
};

// The list of endpoints is none then, and looked into.
bool misses_endpoints(const State& state) { return !state.cluster.settings().endpoints && !state.turn.since(1, 9, 0); }

// kubernetes.go, Services, for types that services have.
Lookup services(State& state, std::string_view lower, std::string_view type, std::vector<Found>& found) {
  if (lower.starts_with("ns.dns.") && lower.substr(7) == state.zone) {
    if (misses_endpoints(state)) return Lookup::panics;
    for (const auto& [name, ip] : state.cluster.name_servers(state.zone, false, false)) {
      if (type == (is_ipv4(ip) ? "A" : "AAAA")) found.push_back({ip, 0, state.name, {}});
    }
    return Lookup::fine;
  }
  const Lookup result = find_records(state.turn, state.cluster, lower, state.zone, found);
  if (type == "SRV") std::erase_if(found, [](const Found& one) { return plain_address(one.host).empty(); });
  return result;
}

// checkForApex: a special name of the zone is looked for first, and is never there.
Lookup at_apex(State& state, std::string_view type, std::vector<Found>& found) {
  if (state.lower == state.zone) {
    const std::string special = join({"apex.dns", state.zone});
    if (services(state, special, type, found) == Lookup::fine) return Lookup::fine;
    found.clear();
  }
  return services(state, state.lower, type, found);
}

bool known_already(const std::vector<Record>& before, const Record& alias) {
  return std::any_of(before.begin(), before.end(),
                     [&alias](const Record& one) { return one.name == alias.name && one.type == "CNAME" && one.data == alias.data; });
}

// A and AAAA of backend_lookup.go. `before`: the aliases that led here.
Lookup addresses(State& state, const std::string& name, std::string_view type, std::vector<Record>& before, std::vector<Record>& records) {
  State inner{state.turn, state.cluster, state.zone, name, {}, std::string(type)};
  inner.lower = name == state.name ? state.lower : name;
  std::vector<Found> found;
  const Lookup result = at_apex(inner, type, found);
  if (result != Lookup::fine) return result;
  constexpr std::size_t longest = 10;
  std::set<std::string> seen;
  for (const Found& one : found) {
    const std::string ip = plain_address(one.host);
    if (!ip.empty()) {
      if ((type == "AAAA") == !is_ipv4(ip) && seen.insert(ip).second) records.push_back(record(name, state.ttl(), type, ip));
      continue;
    }
    const std::string target = fqdn(one.host);
    const Record alias = record(name, state.ttl(), "CNAME", target);
    const std::size_t most = state.turn.since(1, 12, 4) ? longest : 7;
    if (below(target, inner.lower) || before.size() > most || known_already(before, alias)) continue;
    if (below(target, state.zone)) {
      std::vector<Record> further;
      before.push_back(alias);
      const Lookup next = addresses(state, target, type, before, further);
      before.pop_back();
      if (next != Lookup::fine || further.empty()) continue;
      records.push_back(alias);
      records.insert(records.end(), further.begin(), further.end());
      continue;
    }
    std::optional<Message> reply = state.turn.look_up(target, type);
    if (!reply && !state.turn.since(1, 13, 0)) return Lookup::panics;
    if (!reply) continue;
    records.push_back(alias);
    records.insert(records.end(), reply->reply.answer.begin(), reply->reply.answer.end());
  }
  return result;
}

Lookup texts(State& state) {
  const std::string_view base = trim_zone(state.lower, state.zone).value_or("");
  if (base == "dns-version") {
    state.records.push_back(record(state.name, 28800, "TXT", "\"1.1.0\""));
    return Lookup::fine;
  }
  if (!state.turn.since(1, 11, 0)) return Lookup::fine;
  std::vector<Found> found;
  const Lookup result = find_records(state.turn, state.cluster, state.lower, state.zone, found);
  if (result == Lookup::panics || !found.empty()) return result == Lookup::panics ? result : Lookup::fine;
  const bool zonal = result == Lookup::fine && state.cluster.settings().zonal && base.find("._zone.") != std::string_view::npos;
  return zonal ? Lookup::fine : Lookup::no_items;
}

Lookup pointers(State& state) {
  const std::string ip = address_of_reverse(state.lower);
  if (ip.empty()) {
    std::vector<Found> ignored;
    return find_records(state.turn, state.cluster, state.lower, state.zone, ignored);
  }
  if (misses_endpoints(state) && state.cluster.names_of(ip).empty()) return Lookup::panics;
  std::set<std::string> seen;
  for (const Found& one : state.cluster.names_of(ip)) {
    if (seen.insert(one.host).second) state.records.push_back(record(state.name, state.ttl(), "PTR", one.host));
  }
  return state.records.empty() ? Lookup::no_items : Lookup::fine;
}

void servers(State& state) {
  std::set<std::string> seen;
  for (const auto& [name, ip] : state.cluster.name_servers(state.zone, false, false)) {
    state.additional.push_back(record(name, state.ttl(), is_ipv4(ip) ? "A" : "AAAA", ip));
    if (seen.insert(name).second) state.records.push_back(record(state.name, state.ttl(), "NS", name));
  }
}

Record authority(const State& state) {
  const std::uint32_t ttl = state.ttl();
  // The time of the last change; that of ServiceImports is another.
  const bool imports = !match(state.cluster.settings().multicluster, state.zone).empty();
  const std::string_view serial = imports || state.cluster.empty() ? "0" : "TIME";
  return record(state.zone, std::min(ttl, 300U), "SOA",
                fmt::format("{} {} {} 7200 1800 86400 {}", join({"ns.dns", state.zone}), join({"hostmaster", state.zone}), serial, ttl));
}

Lookup look(State& state) {
  const std::string& type = state.type;
  if (type == "A" || type == "AAAA") {
    std::vector<Record> before;
    return addresses(state, state.name, type, before, state.records);
  }
  if (type == "TXT") return texts(state);
  if (type == "PTR") return pointers(state);
  if (type == "SOA") {
    if (state.name == state.zone) state.records.push_back(authority(state));
    return Lookup::fine;
  }
  if (type == "NS" && state.lower == state.zone) {
    if (misses_endpoints(state)) return Lookup::panics;
    servers(state);
    return Lookup::fine;
  }
  std::vector<Found> found;
  if (type == "CNAME" || type == "MX" || type == "SRV") {
    const Lookup result = services(state, state.lower, type, found);
    if (result != Lookup::fine) return result;
    if (type == "SRV") service_records(found, state.name, state.ttl(), state.records, state.additional);
    if (type == "CNAME" && !found.empty() && plain_address(found.front().host).empty()) {
      state.records.push_back(record(state.name, state.ttl(), "CNAME", fqdn(found.front().host)));
    }
    return result;
  }
  std::vector<Record> before, ignored;
  return addresses(state, state.name, "A", before, ignored);
}

Returned serve_kubernetes(Turn& turn) {
  const Kubernetes& settings = turn.settings<Kubernetes>();
  const Request& request = turn.request;
  const std::string_view zone = match(settings.zones, request.name);
  if (zone.empty()) return turn.pass("no zone of its own fits");
  const Clustered cluster(turn, settings);
  State state{turn, cluster, request.name.substr(request.name.size() - zone.size()), request.name, request.lower, request.type};
  if (request.is_transfer()) return turn.fail("REFUSED", "it does no zone transfers of its own");
  const Lookup result = look(state);
  const bool known = turn.walk.world().cluster != nullptr || result != Lookup::no_items;
  if (result == Lookup::panics) return turn.panic("it panics without `endpoints`");
  if (result == Lookup::no_items && settings.fallthrough.through(request.lower)) {
    return turn.pass(known ? "nothing in the cluster has this name, and it falls through" : "unless the cluster has it, it falls through");
  }
  const std::string_view none = cluster.ready() ? "NXDOMAIN" : "SERVFAIL";
  Message message = reply_to(request, result == Lookup::no_items ? none : "NOERROR", true);
  message.reply.known = known;
  const bool empty = result == Lookup::no_items || state.records.empty();
  if (empty) {
    message.reply.authority.push_back(authority(state));
  } else {
    message.reply.answer = std::move(state.records);
    message.reply.additional = std::move(state.additional);
  }
  return turn.answer(std::move(message), !known                       ? "what the cluster has of this name is not known"
                                         : result == Lookup::no_items ? "nothing in the cluster has this name"
                                         : empty                      ? "the name exists, but not with this type"
                                                                      : "the cluster has it");
}

void read_property(const Setup& setup, const Line& property, Kubernetes& settings) {
  const std::string_view name = property.name();
  const std::span<const Word> arguments = property.arguments();
  if (name == "fallthrough") settings.fallthrough = setup.fallthrough_of(property);
  if (name == "noendpoints") settings.endpoints = false;
  if (name == "endpoint_pod_names") settings.endpoint_pod_names = true;
  if (name == "zonal") settings.zonal = true;
  if (name == "labels") settings.labels = joined(arguments);
  if (name == "namespace_labels") settings.namespace_labels = joined(arguments);
  if (name == "ignore") settings.ignore_empty = settings.ignore_empty || (!arguments.empty() && arguments.front().text == "empty_service");
  if (name == "ttl" && !arguments.empty()) settings.ttl = static_cast<std::uint32_t>(go::atoi(arguments.front().text).value_or(5));
  if (name == "namespaces") {
    for (const Word& word : arguments) settings.namespaces.emplace_back(word.text);
  }
  if (name == "multicluster" && !arguments.empty()) settings.multicluster = setup.zones_of(arguments);
  if (name == "pods" && !arguments.empty()) {
    const std::string_view mode = arguments.front().text;
    settings.pods = mode == "insecure"   ? Kubernetes::Pods::insecure
                    : mode == "verified" ? Kubernetes::Pods::verified
                                         : Kubernetes::Pods::disabled;
  }
}

/// Names of a cluster's objects below a zone.
void tell_objects(const Cluster& cluster, std::string_view zone, Interests& interests) {
  const auto reverse = [&interests](const std::string& address) {
    if (const auto ip = go::parse_ip(address)) interests.name(go::reverse_name(*ip), "PTR");
  };
  interests.name(join({"dns-version", zone}), "TXT");
  interests.name(join({"ns.dns", zone}));
  for (const Cluster::Service& one : cluster.services) {
    if (interests.left_out) return;
    interests.name(join({one.space, "svc", zone}));
    interests.name(join({one.name, one.space, "svc", zone}), "SRV");
    for (const std::string& ip : one.cluster_ips) reverse(ip);
  }
  for (const Cluster::Endpoints& one : cluster.endpoints) {
    for (const Cluster::Endpoint& endpoint : one.addresses) {
      if (!endpoint.host_name.empty()) interests.name(join({endpoint.host_name, one.service, one.space, "svc", zone}));
      reverse(endpoint.ip);
    }
  }
  for (const Cluster::Pod& one : cluster.pods) {
    interests.name(join({one.space, "pod", zone}));
    for (std::string ip : one.ips) {
      reverse(ip);
      std::replace_if(
          ip.begin(), ip.end(), [](char c) { return c == '.' || c == ':'; }, '-');
      interests.name(join({ip, one.space, "pod", zone}));
    }
  }
}

void tell_kubernetes(const void* data, const Surroundings& around, Interests& interests) {
  const Kubernetes& settings = *static_cast<const Kubernetes*>(data);
  for (const std::string& zone : settings.zones) {
    if (below(zone, "in-addr.arpa.") || below(zone, "ip6.arpa.")) continue;
    interests.name(join({"svc", zone}));
    interests.name(join({"pod", zone}));
    for (const std::string& space : settings.namespaces) interests.name(join({space, "svc", zone}));
    if (around.world.cluster != nullptr) tell_objects(*around.world.cluster, zone, interests);
  }
}

}  // namespace

Handlers kubernetes(const Setup& setup) {
  const Stanza& directive = setup.stanzas.front();
  Kubernetes settings;
  settings.zones = setup.zones_of(directive);
  for (const Line& property : directive.properties) read_property(setup, property, settings);
  return {make_handler(setup, serve_kubernetes, std::move(settings), tell_kubernetes)};
}

}  // namespace corefile::flow_detail
