// SPDX-License-Identifier: Apache-2.0
#include "lint/order.hpp"

#include <algorithm>
#include <array>

#include "plugins/schema.hpp"

namespace corefile {
namespace {

// Plugins whose setup adds no handler, or one that lets every query pass.
constexpr std::array<std::string_view, 21> unasked{"root",   "bind",        "tls",   "timeouts", "multisocket", "reload",  "ready",
                                                   "health", "pprof",       "debug", "sign",     "proxyproto",  "quic",    "https",
                                                   "https3", "grpc_server", "on",    "trace",    "nsid",        "bufsize", "view"};

constexpr std::array<std::string_view, 19> backends{
    "template",  "hosts", "route53", "azure", "clouddns", "federation", "k8s_external", "kubernetes", "file",     "auto",
    "secondary", "etcd",  "forward", "proxy", "grpc",     "erratic",    "whoami",       "nomad",      "dynupdate"};

template <typename Names>
bool holds(const Names& names, std::string_view wanted) noexcept {
  return std::find(names.begin(), names.end(), wanted) != names.end();
}

}  // namespace

int chain_position(std::string_view plugin, Release release) noexcept {
  if (holds(unasked, plugin)) return -1;
  const std::span<const std::string_view> order = plugins::directives(release);
  const auto found = std::find(order.begin(), order.end(), plugin);
  return found == order.end() ? -1 : static_cast<int>(found - order.begin());
}

bool is_stock_plugin(std::string_view plugin) noexcept {
  // The last two left before 1.4.0, and are still found in files.
  return plugins::find(plugins::builtin(), plugin) != nullptr || plugin == "startup" || plugin == "shutdown";
}
bool is_backend(std::string_view plugin) noexcept { return holds(backends, plugin); }
bool is_forwarder(std::string_view plugin) noexcept { return plugin == "forward" || plugin == "proxy" || plugin == "grpc"; }

bool has_foreign_plugin(ServerBlock block) noexcept {
  for (const Directive directive : block.directives()) {
    if (!is_stock_plugin(directive.name())) return true;
  }
  return false;
}

}  // namespace corefile
