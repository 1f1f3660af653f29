// SPDX-License-Identifier: Apache-2.0
#include "lint/upstream.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/short_text.hpp"
#include "lint/zones.hpp"

namespace corefile {
namespace {

struct Scheme {
  std::string_view prefix;
  Transport transport;
};
constexpr std::array schemes{Scheme{"tls://", Transport::tls},         Scheme{"dns://", Transport::dns},
                             Scheme{"quic://", Transport::quic},       Scheme{"grpc://", Transport::grpc},
                             Scheme{"https3://", Transport::https3},   Scheme{"https://", Transport::https},
                             Scheme{"unix://", Transport::unix_socket}};

std::string_view trim_brackets(std::string_view text) noexcept {
  while (text.starts_with('[')) text.remove_prefix(1);
  while (text.ends_with(']')) text.remove_suffix(1);
  return text;
}

void take_scheme(std::string_view& text, Upstream& upstream) noexcept {
  const std::size_t sign = text.find(':');
  if (!text.substr(sign).starts_with("://")) return;
  const std::string_view prefix = text.substr(0, sign + 3);
  const auto scheme = std::find_if(schemes.begin(), schemes.end(), [&](const Scheme& one) { return short_text::same(one.prefix, prefix); });
  if (scheme == schemes.end()) return;
  text.remove_prefix(prefix.size());
  upstream.transport = scheme->transport;
  upstream.scheme_written = true;
}

std::uint16_t port_number(std::string_view text) noexcept {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() ? port : std::uint16_t{0};
}

void set_address(Upstream& upstream, const go::Ip& written) noexcept {
  go::Ip& ip = upstream.address = written;
  ip.zone = {};
  // ::ffff:a.b.c.d is dialled as IPv4.
  if (!ip.is4 && ip.bytes[10] == 0xFF && ip.bytes[11] == 0xFF &&
      std::all_of(ip.bytes.begin(), ip.bytes.begin() + 10, [](std::uint8_t b) { return b == 0; })) {
    ip.bytes[10] = ip.bytes[11] = 0;
    ip.is4 = true;
  }
  upstream.kind = Upstream::Kind::address;
  upstream.loopback = go::is_loopback(ip) || go::is_unspecified(ip);
}

}  // namespace

Upstream read_upstream(std::string_view text) {
  Upstream out;
  const bool colon = short_text::holds(text, ':');
  if (colon) take_scheme(text, out);
  out.port = default_port(out.transport);
  if (text.empty() || out.transport == Transport::unix_socket) return out;
  if (text.front() == '/' && !colon) {
    out.kind = Upstream::Kind::file;
    out.host = trim_brackets(text);
    return out;
  }
  if (const auto parts = colon ? go::split_host_port(text) : std::nullopt) {
    out.host = parts->host;
    out.port_written = true;
    out.port = port_number(parts->port);
  } else {
    out.host = trim_brackets(text);
  }
  std::string_view bare = out.host;
  if (short_text::holds(bare, '%')) {
    const std::size_t percent = bare.rfind('%');
    out.server = bare.substr(percent + 1);
    bare = bare.substr(0, percent);
  }
  if (const auto ip = go::parse_ip(bare)) {
    set_address(out, *ip);
  } else if (text.find('/') != std::string_view::npos) {
    out.kind = Upstream::Kind::file;
    out.host = trim_brackets(text);
  } else {
    out.kind = Upstream::Kind::name;
  }
  return out;
}

Upstream read_upstream(const Word& word) { return word.unknown != 0 ? Upstream{} : read_upstream(word.text); }

Upstreams::Upstreams(const Config& config) {
  for (const Directive directive : forwarders(config)) {
    for (const Word& word : directive.upstreams()) {
      if (first_ == nullptr) first_ = &word;
      at_.resize(static_cast<std::size_t>(&word - first_) + 1);
      at_.back() = static_cast<std::uint32_t>(upstreams_.size());
      upstreams_.push_back(read_upstream(word));
    }
  }
}

const Word* from_word(Directive directive) noexcept {
  const std::span<const Word> words = directive.arguments();
  return words.empty() ? nullptr : &words.front();
}

bool from_is_upstream(const Word& from) {
  if (from.unknown != 0 || from.text.empty()) return false;
  const char first = from.text.front();
  if (first == '.' && from.text.size() == 1) return false;
  if (first == '/') return from.text.find('/', 1) != std::string_view::npos;
  return read_upstream(from).kind == Upstream::Kind::address;
}

bool comparable(const Word& zone) { return all_known({&zone, 1}) && !is_reverse_text(zone_of(zone)); }

std::string from_zone(Directive directive, Release release) {
  const Word* const from = from_word(directive);
  if (from == nullptr || from->unknown != 0) return {};
  std::vector<std::string> zones = normalize_zone(from->text, release);
  return zones.empty() ? std::string() : std::move(zones.front());
}

bool names_resolv_conf(const Upstream& upstream) noexcept {
  if (upstream.kind != Upstream::Kind::file) return false;
  const std::string_view name = upstream.host.substr(upstream.host.rfind('/') + 1);
  return name.find("resolv") != std::string_view::npos;
}

bool is_private(const Upstream& upstream) noexcept {
  if (upstream.kind != Upstream::Kind::address) return false;
  const auto& b = upstream.address.bytes;
  if (!upstream.address.is4) return (b[0] & 0xFE) == 0xFC;
  return b[12] == 10 || (b[12] == 172 && (b[13] & 0xF0) == 16) || (b[12] == 192 && b[13] == 168) || (b[12] == 100 && (b[13] & 0xC0) == 64);
}

}  // namespace corefile
