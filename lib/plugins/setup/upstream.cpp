// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "go/net.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins::setup {
namespace {

struct Scheme {
  std::string_view name;
  Release since;
};
constexpr std::array schemes{Scheme{"tls", {1, 4, 0}},  Scheme{"dns", {1, 4, 0}},     Scheme{"quic", {1, 11, 0}},
                             Scheme{"grpc", {1, 4, 0}}, Scheme{"https3", {1, 13, 2}}, Scheme{"https", {1, 4, 0}},
                             Scheme{"unix", {1, 11, 0}}};

// host.go: from 1.12.4 on an address without a port may stand in brackets.
std::string_view trim_brackets(std::string_view text, Release release) {
  if (release < Release{1, 12, 4}) return text;
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
    digit = digit || (c >= '0' && c <= '9');
    plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  if (path.find('/') == std::string_view::npos || (plain == meant[0] && path.find("RESOLV") == std::string_view::npos)) return false;
  if (digit && plain.size() > meant[0].size()) return false;
  constexpr std::size_t folder = 5;  // /etc/
  return (plain.size() > folder && meant[0].starts_with(plain)) || !nearest(plain, meant).empty();
}

// host.go: from 1.6.7 the last `%` cuts a zone off.
std::string_view strip_zone(std::string_view host, Release release) {
  return release < Release{1, 6, 7} ? host : host.substr(0, host.rfind('%'));
}

}  // namespace

std::string_view take_scheme(std::string_view& text, Release release) {
  if (text.find("://") == std::string_view::npos) return {};
  for (const Scheme& scheme : schemes) {
    if (release < scheme.since || !text.starts_with(scheme.name) || !text.substr(scheme.name.size()).starts_with("://")) continue;
    text.remove_prefix(scheme.name.size() + 3);
    return scheme.name;
  }
  return {};
}

UpstreamWord read_upstream(std::string_view text, Release release) {
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
    } else if (word.host == "." || word.host == ".." || word.host == "/" || word.host == "/dev/null" || word.host == "/etc/hosts") {
      word.kind = Upstream::barren;
    } else if (mistyped_resolv_conf(word.host)) {
      word.kind = Upstream::mistyped;
    } else if (word.host.starts_with('/') || word.host.starts_with("./") || word.host.starts_with("../") || word.host.ends_with(".conf")) {
      word.kind = Upstream::file;
    }
  }
  return word;
}

void client_tls(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.size() > 3) {
    reader.wrong_count(name, args.size(), "at most 3 arguments");
  } else if (!args.empty()) {
    reader.depends();
  }
}

}  // namespace corefile::plugins::setup
