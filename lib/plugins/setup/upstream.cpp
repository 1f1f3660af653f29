// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/short_text.hpp"
#include "go/net.hpp"
#include "plugins/setup.hpp"
#include "resolve/import.hpp"

namespace corefile::plugins::setup {
namespace {

struct Scheme {
  std::string_view name;
  Release since;
};
constexpr std::array schemes{Scheme{"tls", {1, 4, 0}},  Scheme{"dns", {1, 4, 0}},     Scheme{"quic", {1, 11, 0}},
                             Scheme{"grpc", {1, 4, 0}}, Scheme{"https3", {1, 13, 2}}, Scheme{"https", {1, 4, 0}},
                             Scheme{"unix", {1, 11, 0}}};

// host.go, from 1.14.2: an address without a port may stand in brackets.
std::string_view trim_brackets(std::string_view text, Release release) {
  if (release < Release{1, 14, 2}) return text;
  while (!text.empty() && (text.front() == '[' || text.front() == ']')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '[' || text.back() == ']')) text.remove_suffix(1);
  return text;
}

// /etc/resolv.conf with a letter wrong, missing or too many, cut off, or in capitals. One more digit may be another file's name.
bool mistyped_resolv_conf(std::string_view path) {
  static constexpr std::array<std::string_view, 1> meant{"/etc/resolv.conf"};
  if (path == meant[0]) return false;
  std::string plain;
  bool digit = false;
  for (const char c : path) {
    if (c == '/' && plain.ends_with('/')) continue;
    digit = digit || ascii::is_digit(c);
    plain.push_back(ascii::lower(c));
  }
  if (path.find('/') == std::string_view::npos || (plain == meant[0] && path.find("RESOLV") == std::string_view::npos)) return false;
  if (digit && plain.size() > meant[0].size()) return false;
  constexpr std::size_t folder = 5;  // /etc/
  return (plain.size() > folder && meant[0].starts_with(plain)) || !nearest(plain, meant).empty();
}

// /dev/null with more behind it, or in capitals: no system has such a file.
bool mistyped_null(std::string_view path) {
  constexpr std::string_view meant = "/dev/null";
  if (path == meant || path.size() < meant.size()) return false;
  return std::equal(meant.begin(), meant.end(), path.begin(), [](char a, char b) { return a == ascii::lower(b); });
}

// host.go: from 1.6.7 the last `%` cuts a zone off.
std::string_view strip_zone(std::string_view host, Release release) {
  return release < Release{1, 6, 7} ? host : host.substr(0, host.rfind('%'));
}

// Nothing but dots and slashes, or a file that every system has and that names no servers.
bool surely_barren(std::string_view path) {
  if (path == "/dev/null" || path == "/etc/hosts") return true;
  if (!path.starts_with('.') && !path.starts_with('/')) return false;
  std::size_t dots = 0;
  for (const char c : path) {
    dots = c == '.' ? dots + 1 : 0;
    if ((c != '.' && c != '/') || dots > 2) return false;
  }
  return true;
}

// miekg/dns, ClientConfigFromReader.
bool names_server(std::string_view resolv_conf) {
  constexpr std::string_view blanks = " \t\r\v\f";
  for (std::size_t from = 0; from < resolv_conf.size();) {
    const std::size_t end = std::min(resolv_conf.find('\n', from), resolv_conf.size());
    std::string_view line = resolv_conf.substr(from, end - from);
    from = end + 1;
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    constexpr std::string_view keyword = "nameserver";
    if (!line.starts_with(keyword)) continue;
    const std::string_view rest = line.substr(keyword.size());
    const std::size_t server = rest.find_first_not_of(blanks);
    if (server != std::string_view::npos && server > 0) return true;
  }
  return false;
}

}  // namespace

std::string_view take_scheme(std::string_view& text, Release release) {
  if (!short_text::holds(text, ':') || text.find("://") == std::string_view::npos) return {};
  for (const Scheme& scheme : schemes) {
    if (release < scheme.since || !text.starts_with(scheme.name) || !text.substr(scheme.name.size()).starts_with("://")) continue;
    text.remove_prefix(scheme.name.size() + 3);
    return scheme.name;
  }
  return {};
}

UpstreamWord read_upstream(std::string_view text, Release release) {
  // What most upstreams are.
  if (short_text::same(text, "/etc/resolv.conf")) return {Upstream::file, {}, text};
  if (go::parse_ip(text)) return {Upstream::address, {}, text};
  UpstreamWord word{Upstream::name, {}, text};
  word.scheme = take_scheme(word.host, release);
  if (word.host.empty()) {
    word.kind = Upstream::empty;
  } else if (word.scheme == "unix") {
    word.kind = Upstream::address;
  } else {
    const auto parts = go::split_host_port(word.host);
    const std::string_view host = parts ? parts->host : trim_brackets(word.host, release);
    if (go::parse_ip(strip_zone(host, release))) {
      word.kind = Upstream::address;
      // host.go knows no port for it: what is left is an empty, plain address.
      if (word.scheme == "https3" && !parts) word.scheme = {};
    } else if (surely_barren(word.host)) {
      word.kind = Upstream::barren;
    } else if (mistyped_resolv_conf(word.host)) {
      word.kind = Upstream::mistyped;
    } else if (mistyped_null(word.host)) {
      word.kind = Upstream::name;
    } else if (word.host.starts_with('/') || word.host.starts_with("./") || word.host.starts_with("../") || word.host.ends_with(".conf")) {
      word.kind = Upstream::file;
    }
  }
  return word;
}

UpstreamWord read_upstream(Reader& reader, const Word& word) {
  UpstreamWord upstream = read_upstream(word.text, reader.release());
  const bool relative = !upstream.host.starts_with('/') && !upstream.host.ends_with('/');
  const Files* files = reader.state().files;
  if ((upstream.kind != Upstream::name && upstream.kind != Upstream::file) || !relative || files == nullptr) return upstream;
  const std::string folder = resolve_detail::folder_of(reader.config().document(0).source().name());
  const Files::Content content = files->read(resolve_detail::join(folder, upstream.host));
  if (content.status == Files::Status::directory) upstream.kind = Upstream::barren;
  if (content.status == Files::Status::ok) upstream.kind = names_server(content.text) ? Upstream::file : Upstream::barren;
  return upstream;
}

std::string full_address(const UpstreamWord& upstream, std::string_view text) {
  if (upstream.scheme == "unix" || go::split_host_port(upstream.host)) return std::string(text);
  if (text.starts_with("https3://")) return {};
  const std::string_view port = upstream.scheme == "tls" || upstream.scheme == "quic" ? "853"
                                : upstream.scheme.empty() || upstream.scheme == "dns" ? "53"
                                                                                      : "443";
  std::string_view host = upstream.host;
  host.remove_prefix(std::min(host.find_first_not_of("[]"), host.size()));
  host = host.substr(0, host.find_last_not_of("[]") + 1);
  const bool plain = upstream.scheme.empty() || upstream.scheme == "dns";
  const std::string_view scheme = plain ? std::string_view() : upstream.scheme;
  const bool literal = host.find(':') != std::string_view::npos;
  return fmt::format("{}{}{}{}{}:{}", scheme, plain ? "" : "://", literal ? "[" : "", host, literal ? "]" : "", port);
}

void client_tls(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.size() > 3) {
    reader.wrong_count(name, args.size(), "at most 3 arguments");
  } else {
    for (const Word& word : args) reader.needs(word);
  }
}

}  // namespace corefile::plugins::setup
