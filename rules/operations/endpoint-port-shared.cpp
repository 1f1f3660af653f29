// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/key.hpp>
#include <corefile/rule.hpp>

#include "base/short_text.hpp"
#include "go/net.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::endpoint_port_shared {
namespace {

constexpr std::size_t most = 32;
constexpr PluginSet with_endpoint{Plugin::health, Plugin::ready, Plugin::prometheus, Plugin::pprof};

struct Endpoint {
  const Word* word;
  Plugin plugin;
  std::string_view host, port;
  std::uint32_t block;
};

/// From here on sockets are opened with SO_REUSEPORT.
constexpr Release sockets_shared{1, 6, 6};

/// Of a directive without an address.
go::HostPort usual(Plugin plugin) {
  switch (plugin) {
    case Plugin::health:
      return {"", "8080"};
    case Plugin::ready:
      return {"", "8181"};
    case Plugin::prometheus:
      return {"localhost", "9153"};
    case Plugin::pprof:
      return {"localhost", "6053"};
    default:
      return {};
  }
}

std::string_view plain(std::string_view host) {
  if (host == "0.0.0.0" || host == "::") return {};
  return host == "127.0.0.1" || host == "::1" ? std::string_view("localhost") : host;
}

bool meet(const Endpoint& a, const Endpoint& b) {
  return short_text::same(a.port, b.port) && (a.host.empty() || b.host.empty() || a.host == b.host);
}

/// `ready` and `prometheus` share one listener among blocks, `health` opens one for each (plugin/health/health.go, OnStartup).
bool fails(const Endpoint& a, const Endpoint& b, Release release) {
  return release < sockets_shared && a.plugin == Plugin::health && b.plugin == Plugin::health && a.block != b.block;
}

bool has_several_keys(ServerBlock block) {
  return block.keys().size() > 1 &&
         std::none_of(block.keys().begin(), block.keys().end(), [](const Word& key) { return key.unknown != 0; });
}

/// False where no socket is opened, or it is not known where.
bool read_endpoint(Directive directive, Endpoint& endpoint) {
  const std::span<const Word> arguments = directive.arguments();
  const Word& word = arguments.empty() ? directive.name_word() : arguments.front();
  if (word.unknown) return false;
  go::HostPort at = usual(directive.plugin());
  if (!arguments.empty()) {
    const auto written = go::split_host_port(word.text);
    if (!written || written->port.empty() || written->port == "0") return false;
    at = *written;
  }
  endpoint = {&word, directive.plugin(), plain(at.host), at.port, directive.block()};
  return true;
}

/// A listener for DNS over TCP on that port, at all addresses.
const Word* dns_on(const Config& config, std::string_view port, Release release) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (block.fragment() || block.dropped() || block.has(Plugin::bind)) continue;
    for (const Word& key : block.keys()) {
      if (key.unknown || !key.text.ends_with(port)) continue;
      const Key read = read_key(key.text, release);
      const bool tcp = read.transport != Transport::quic && read.transport != Transport::https3 && read.transport != Transport::unix_socket;
      if (read.error.empty() && tcp && read.port_written && read.port == port) return &key;
    }
  }
  return nullptr;
}

void tell_health(const Config& config, const Endpoint& later, const Endpoint& earlier, Release release, Report& report) {
  Diagnostic& found = report.at(*later.word, fmt::format("two server blocks open port {} for `health`", later.port));
  found.label = "taken";
  found.labels.push_back({config.place(*earlier.word), "opens it already"});
  found.notes.push_back(fmt::format("CoreDNS {} ends at the start: `listen tcp :{}: bind: address already in use`; from 1.6.6 on it starts",
                                    to_string(release), later.port));
  found.help = "keep one `health`: it speaks for the whole process";
}

/// Plugins are set up for each key of a block.
void tell_keys(const Config& config, const Endpoint& one, Release release, Report& report) {
  const ServerBlock block = config.block(one.block);
  Diagnostic& found = report.at(*one.word, fmt::format("`health` opens port {} for each key of its block", one.port));
  found.label = "taken by the first key";
  found.labels.push_back({config.place(block.keys()[1]), "opens it a second time"});
  found.notes.push_back(fmt::format("CoreDNS {} ends at the start: `listen tcp :{}: bind: address already in use`; from 1.6.6 on it starts",
                                    to_string(release), one.port));
  found.help = "move `health` into a block with one key: it speaks for the whole process";
}

void tell(const Config& config, const Endpoint& later, const Word& earlier, std::string_view what, Report& report) {
  Diagnostic& found = report.at(*later.word, fmt::format("`{}` and {} listen on one port, {}", to_string(later.plugin), what, later.port));
  found.label = "taken";
  found.labels.push_back({config.place(earlier), "listens on it too"});
  found.notes.push_back("CoreDNS opens both sockets with SO_REUSEPORT: each connection goes to one of them, as it happens");
  found.help = "give one of them another port: 8080 is usual for `health`, 8181 for `ready`, 9153 for `prometheus`, 6053 for `pprof`";
}

/// As most files have it: each of them once, where it is by default, and DNS on its own port.
bool as_usual(const Config& config) {
  PluginSet seen;
  for (const Directive directive : config.directives()) {
    const Plugin plugin = directive.plugin();
    if (!with_endpoint.has(plugin)) continue;
    if (seen.has(plugin)) return false;
    seen.add(plugin);
    const std::span<const Word> arguments = directive.arguments();
    if (arguments.empty()) continue;
    const std::string_view written = arguments.front().text;
    if (!written.starts_with(':') || !short_text::same(written.substr(1), usual(plugin).port)) return false;
  }
  const auto is_usual = [](const Word& key) { return short_text::same(key.text, ".") || short_text::same(key.text, ".:53"); };
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const std::span<const Word> keys = config.block(i).keys();
    if (keys.size() > 1 || !std::all_of(keys.begin(), keys.end(), is_usual)) return false;
  }
  return true;
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads() || as_usual(config)) return;
  std::array<Endpoint, most> seen;
  auto* end = seen.begin();
  for (const Directive directive : config.directives()) {
    if (!with_endpoint.has(directive.plugin()) || end == seen.end() || !read_endpoint(directive, *end)) continue;
    const Endpoint& own = *end;
    const auto* const earlier = std::find_if(seen.begin(), end, [&](const Endpoint& other) {
      return meet(other, own) && (other.plugin != own.plugin || fails(other, own, context.release));
    });
    if (earlier != end && earlier->plugin == own.plugin) {
      tell_health(config, own, *earlier, context.release, report);
    } else if (own.plugin == Plugin::health && context.release < sockets_shared && has_several_keys(config.block(own.block))) {
      tell_keys(config, own, context.release, report);
    } else if (earlier != end) {
      tell(config, own, *earlier->word, fmt::format("`{}`", to_string(earlier->plugin)), report);
    } else if (const Word* key = dns_on(config, own.port, context.release); key != nullptr) {
      tell(config, own, *key, "a server block", report);
    }
    ++end;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = with_endpoint};

}  // namespace corefile::rules::endpoint_port_shared
