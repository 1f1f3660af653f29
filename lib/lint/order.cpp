// SPDX-License-Identifier: Apache-2.0
#include "lint/order.hpp"

#include <algorithm>
#include <array>

#include "lint/plugin_set.hpp"
#include "plugins/schema.hpp"

namespace corefile {
namespace {

// Plugins whose setup adds no handler, or one that lets every query pass.
constexpr PluginSet unasked{"root",   "bind",        "tls",   "timeouts", "multisocket", "reload",  "ready",
                            "health", "pprof",       "debug", "sign",     "proxyproto",  "quic",    "https",
                            "https3", "grpc_server", "on",    "trace",    "nsid",        "bufsize", "view"};

constexpr PluginSet backends{"template",   "hosts",   "route53", "azure",     "clouddns", "federation", "k8s_external",
                             "kubernetes", "file",    "auto",    "secondary", "etcd",     "forward",    "proxy",
                             "grpc",       "erratic", "whoami",  "nomad",     "dynupdate"};

}  // namespace

int chain_position(Keyword plugin, Release release) noexcept {
  const plugins::Plugin* own = unasked.has(plugin) ? nullptr : plugins::builtin(plugin);
  if (own == nullptr) return -1;
  const std::span<const std::uint8_t> order = plugins::execution_order(release);
  const auto found = std::find(order.begin(), order.end(), own - plugins::builtin().data());
  return found == order.end() ? -1 : static_cast<int>(found - order.begin());
}

bool is_stock_plugin(Keyword plugin) noexcept {
  // The last two left before 1.4.0, and are still found in files.
  return plugins::builtin(plugin) != nullptr || plugin == "startup" || plugin == "shutdown";
}
bool is_stock_plugin(std::string_view word) noexcept { return is_stock_plugin(Keyword(word)); }
bool is_backend(Keyword plugin) noexcept { return backends.has(plugin); }

bool has_foreign_plugin(ServerBlock block) noexcept {
  for (const Directive directive : block.directives()) {
    if (!is_stock_plugin(directive.plugin())) return true;
  }
  return false;
}

}  // namespace corefile
