// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/go_releases.hpp"
#include "plugins/reader.hpp"

/// What a schema cannot say: reading that only a program can. Each function is named in rules/plugins/*.yaml, stands in
/// setup/PLUGIN.cpp and follows that plugin's setup.go. Here is what several of them share.
namespace corefile::plugins::setup {

/// A word that names an upstream, as plugin/pkg/parse/host.go, HostPortOrFile, sees it.
enum class Upstream : std::uint8_t {
  address,   ///< an IP, with or without scheme, port and zone
  file,      ///< a resolv.conf; whether it exists and names servers is not the text's
  name,      ///< neither: a host name from the release on that resolves them
  barren,    ///< a file that surely names no servers: a folder, /dev/null, /etc/hosts
  mistyped,  ///< almost /etc/resolv.conf
  empty      ///< nothing behind the scheme
};
struct UpstreamWord {
  Upstream kind;
  std::string_view scheme;  ///< without `://`; empty: plain DNS
  std::string_view host;    ///< without scheme
};
UpstreamWord read_upstream(std::string_view text, Release release);
/// The same with the files beside the Corefile at hand: any of them is read for name servers.
UpstreamWord read_upstream(Reader& reader, const Word& word);
/// `ADDRESS:PORT` or `SCHEME://ADDRESS:PORT` as host.go hands an address on: with its port filled in.
std::string full_address(const UpstreamWord& upstream, std::string_view text);

/// The scheme of plugin/pkg/parse/transport.go in that release, taken off the text; empty if none.
std::string_view take_scheme(std::string_view& text, Release release);

/// `tls [CERT KEY] [CA]` of a plugin that is a client (pkg/tls, NewTLSConfigFromArgs): at most three words, read from disk.
void client_tls(Reader& reader);

/// `transfer to|from ADDRESS...` inside a plugin, until 1.7.1.
void transfer_property(Reader& reader, bool secondary);

}  // namespace corefile::plugins::setup
