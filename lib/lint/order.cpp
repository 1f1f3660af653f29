// SPDX-License-Identifier: Apache-2.0
#include "lint/order.hpp"

#include <algorithm>
#include <array>

namespace corefile {
namespace {

// core/dnsserver/zdirectives.go of 1.15.0; federation and proxy where the releases had them that had them.
constexpr std::array<std::string_view, 47> handlers{
    "metadata",     "geoip",      "cancel",   "shed",        "prometheus", "errors",  "log",      "dnstap",  "local",    "dns64",
    "siit",         "any",        "chaos",    "loadbalance", "tsig",       "rewrite", "autopath", "acl",     "cache",    "header",
    "dnssec",       "minimal",    "template", "transfer",    "dynupdate",  "hosts",   "route53",  "azure",   "clouddns", "federation",
    "k8s_external", "kubernetes", "file",     "auto",        "secondary",  "etcd",    "loop",     "forward", "proxy",    "grpc",
    "erratic",      "whoami",     "nomad",    "trace",       "nsid",       "bufsize", "view"};
constexpr std::size_t chained = 43;  // those behind only name plugins that are known; their place never matters here

constexpr std::array<std::string_view, 19> others{"root",   "bind",   "tls",   "timeouts", "multisocket", "reload", "ready",
                                                  "health", "pprof",  "debug", "sign",     "proxyproto",  "quic",   "grpc_server",
                                                  "https",  "https3", "on",    "startup",  "shutdown"};

constexpr std::array<std::string_view, 19> backends{
    "template",  "hosts", "route53", "azure", "clouddns", "federation", "k8s_external", "kubernetes", "file",     "auto",
    "secondary", "etcd",  "forward", "proxy", "grpc",     "erratic",    "whoami",       "nomad",      "dynupdate"};

template <typename Names>
bool holds(const Names& names, std::string_view wanted) noexcept {
  return std::find(names.begin(), names.end(), wanted) != names.end();
}

constexpr int position_of(std::string_view wanted) noexcept {
  for (std::size_t i = 0; i < chained; ++i) {
    if (handlers[i] == wanted) return static_cast<int>(i) * 4;
  }
  return -1;
}

constexpr Release cache_before_acl{1, 14, 2};    // … tsig cache rewrite acl header dnssec autopath
constexpr Release rewrite_before_all{1, 14, 7};  // … tsig rewrite autopath acl cache header dnssec

}  // namespace

int chain_position(std::string_view plugin, Release release) noexcept {
  const int position = position_of(plugin);
  if (release >= rewrite_before_all || position < 0) return position;
  if (plugin == "autopath") return position_of("dnssec") + 1;
  if (plugin == "cache") return position_of("tsig") + 1;
  if (plugin == "rewrite") return position_of("tsig") + 2;
  if (plugin == "acl") return release >= cache_before_acl ? position_of("tsig") + 3 : position_of("any") - 1;
  return position;
}

bool is_stock_plugin(std::string_view plugin) noexcept { return holds(handlers, plugin) || holds(others, plugin); }
bool is_backend(std::string_view plugin) noexcept { return holds(backends, plugin); }
bool is_forwarder(std::string_view plugin) noexcept { return plugin == "forward" || plugin == "proxy" || plugin == "grpc"; }

bool has_foreign_plugin(ServerBlock block) noexcept {
  for (const Directive directive : block.directives()) {
    if (!is_stock_plugin(directive.name())) return true;
  }
  return false;
}

}  // namespace corefile
