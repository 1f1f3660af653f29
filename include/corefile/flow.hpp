// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The way of a query through a Config: which server block, which plugins in which order, who answers what, and which upstreams are
/// asked. Follows core/dnsserver/server.go, ServeDNS, and the plugins' own code, each in its file of lib/flow/plugins/.
namespace corefile {

/// A resource record as it is printed: names with their last dot.
struct Record {
  std::string name;
  std::uint32_t ttl = 0;  ///< seconds
  std::string type;
  std::string data;
  std::string klass = "IN";
  bool operator==(const Record&) const = default;
};
/// `NAME TTL CLASS TYPE DATA`.
std::string to_string(const Record& record);

/// What a client sends.
struct Query {
  std::string name;  ///< with or without its last dot, in any case
  std::string type = "A";
  std::string klass = "IN";
  std::string opcode = "QUERY";
  std::string client = "10.240.0.1";  ///< its address
  std::uint16_t client_port = 40212;
  bool tcp = false;             ///< what comes in over TLS, gRPC or HTTPS comes over TCP
  std::uint16_t edns_size = 0;  ///< 0: no EDNS
  bool dnssec = false;          ///< EDNS's DO
  /// It is past what the socket's server lets through (miekg/dns, DefaultMsgAcceptFunc), as it is where ServeDNS is called otherwise.
  bool past_listener = false;
  /// One of Flow::listeners(). Empty: `dns://:53` where there is one, else the first.
  std::string listener;
};

/// What a plugin `kubernetes` knows of its cluster.
struct Cluster {
  using Labels = std::map<std::string, std::string, std::less<>>;
  struct Port {
    std::string name;
    std::string protocol = "TCP";
    std::uint16_t number = 0;
  };
  struct Service {
    std::string space, name;
    std::vector<std::string> cluster_ips;   ///< `None`: headless
    std::vector<std::string> external_ips;  ///< and those of its load balancers
    std::string external_name;              ///< of an ExternalName
    std::vector<Port> ports;
    Labels labels;
  };
  struct Endpoint {
    std::string ip, host_name, pod, zone;
  };
  /// Of a Service's EndpointSlice.
  struct Endpoints {
    std::string space, service;
    std::vector<Endpoint> addresses;
    std::vector<Port> ports;
    Labels labels{};
  };
  struct Pod {
    std::string space, name;
    std::vector<std::string> ips;
    Labels labels{};
  };
  struct Namespace {
    std::string name;
    Labels labels;
  };
  bool multicluster = false;  ///< it knows ServiceImports; a plugin that wants them is never ready in one that does not
  std::vector<Namespace> namespaces;
  std::vector<Service> services;
  std::vector<Endpoints> endpoints;
  std::vector<Pod> pods;
};

/// A question to an upstream.
struct Asked {
  std::string upstream;  ///< ADDRESS:PORT
  std::string protocol;  ///< udp, tcp, tls, quic, https, grpc
  std::string name, type;
  /// Where CoreDNS begins with any of several: all of them; `upstream` is the first.
  std::vector<std::string> one_of;
  bool operator==(const Asked&) const = default;
};

struct Reply {
  std::string rcode = "NOERROR";
  bool authoritative = false;
  bool known = true;  ///< false: there is a reply, and what it says hangs on what is not known
  std::vector<Record> answer, authority, additional;
};

/// What the text does not say. What is absent is not known, and a way that hangs on it *depends*.
struct World {
  const Files* files = nullptr;  ///< hosts files, zone files, resolv.conf; relative paths as the Corefile has them
  const Cluster* cluster = nullptr;
  std::optional<std::string> host_name;
  std::optional<std::vector<std::string>> addresses;  ///< of the machine, without loopback
  /// Addresses that the machine's resolver gives to a host name among upstreams; nothing: not known.
  std::function<std::optional<std::vector<std::string>>(const std::string& name)> resolve;
  /// What an upstream says; nothing: not known.
  std::function<std::optional<Reply>(const Asked&)> upstream;
  /// Whether an expression of a `view` or a `template` is true that hangs on what is not known; nothing: it is taken as false.
  std::function<std::optional<bool>(std::string_view expression)> expression{};
};

/// One plugin that a query came to.
struct Step {
  enum class Did : std::uint8_t { passed, answered, rewrote, refused, dropped, looked_up, forwarded, failed } did = Did::passed;
  Plugin plugin = Plugin::unknown;
  std::uint32_t directive = 0;  ///< its index in the Config
  Place place{};                ///< the line that decided, else the plugin's first one
  std::string name{}, type{};   ///< the question as it came to the plugin; empty: the hop's
  std::string_view why{};       ///< one clause, of static storage; empty: it is like this with every query
};
std::string_view to_string(Step::Did did) noexcept;

/// The way through one server block.
struct Hop {
  std::uint32_t depth = 0;             ///< look-ups that a plugin put to the server on the way: 1 and more
  std::string name, type;              ///< what was asked
  std::optional<std::uint32_t> block;  ///< none: no block takes it
  std::string zone;                    ///< of the block's keys, the one that took it
  std::string view;
  std::vector<Step> steps;
  std::vector<std::string> by;  ///< who wrote a reply of its own making, in order: plugins, and `server`
  std::string error;            ///< what the chain told the server, for the log
};

struct Trace {
  std::string listener;
  /// In the order in which blocks were entered; the first is the client's.
  std::vector<Hop> hops;
  std::vector<Asked> asked;
  /// What the client gets; nothing: nothing is sent.
  std::optional<Reply> reply;
  std::uint32_t replies = 0;         ///< sent in all; clients take the first
  bool endless = false;              ///< CoreDNS would not come to an end, or this library's limits are reached
  bool crashed = false;              ///< the process ends
  std::vector<std::string> depends;  ///< on what is not known: one clause each
  /// Who wrote the last reply; empty: nobody.
  std::string_view by() const noexcept { return hops.empty() || hops.front().by.empty() ? std::string_view() : hops.front().by.back(); }
};

namespace flow_detail {
struct Model;
}

/// A Config prepared for queries. A value; copies share what was prepared. Refers to the Config, which must outlive it.
class Flow {
 public:
  explicit Flow(std::shared_ptr<const flow_detail::Model> model) noexcept : model_(std::move(model)) {}
  /// `SCHEME://ADDRESS:PORT`, by byte.
  std::vector<std::string> listeners() const;
  const flow_detail::Model& model() const noexcept { return *model_; }

 private:
  std::shared_ptr<const flow_detail::Model> model_;
};

/// Addresses of network interfaces, which `bind` may name.
using Interfaces = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Blocks by listener and zone, and each block's chain in the release's order. Of a Config that this release loads; of others what can be
/// made of them. O(words).
Flow flow(const Config& config, Release release, const Interfaces& interfaces = {});

/// Follows one query. Total, and bounded: no way has more than some thousand steps.
Trace trace(const Flow& flow, const Query& query, const World& world);

}  // namespace corefile
