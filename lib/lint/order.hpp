// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <corefile/resolve.hpp>
#include <string_view>

/// The order in which a query passes the plugins of a server block: plugin.cfg's, never the file's.
namespace corefile {

/// Where a plugin stands in the chain of `release`; a smaller number is asked first. -1: a plugin that handles no query, or
/// one that the release does not bring.
int chain_position(Keyword plugin, Release release) noexcept;

/// One of the plugins that some release from 1.4.0 on brings; others are external, or misspelled.
bool is_stock_plugin(Keyword plugin) noexcept;
bool is_stock_plugin(std::string_view word) noexcept;
/// Answers out of data of its own or somebody else's.
bool is_backend(Keyword plugin) noexcept;
/// Asks other servers: forward, proxy, grpc.
inline bool is_forwarder(Keyword plugin) noexcept { return plugin == "forward" || plugin == "proxy" || plugin == "grpc"; }

/// A plugin that no release brings stands in the block.
bool has_foreign_plugin(ServerBlock block) noexcept;

}  // namespace corefile
