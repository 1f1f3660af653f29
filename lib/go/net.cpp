// SPDX-License-Identifier: Apache-2.0
#include "go/net.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "base/short_text.hpp"
#include "base/utf8.hpp"

namespace corefile::go {
namespace {

bool parse_v4(std::string_view text, std::uint8_t* out) noexcept {
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto digit = [&] { return at != end && ascii::is_digit(*at); };
  for (std::size_t field = 0;; ++field) {
    if (!digit()) return false;
    auto value = static_cast<unsigned>(*at++ - '0');
    if (digit()) {
      if (value == 0) return false;  // no leading zeros
      value = value * 10 + static_cast<unsigned>(*at++ - '0');
      if (digit()) value = value * 10 + static_cast<unsigned>(*at++ - '0');
      if (value > 255) return false;
    }
    out[field] = static_cast<std::uint8_t>(value);
    if (field == 3) return at == end;
    if (at == end || *at++ != '.') return false;
  }
}

std::optional<Ip> parse_v6(std::string_view text) noexcept {
  Ip ip;
  if (const std::size_t percent = text.find('%'); percent != std::string_view::npos) {
    ip.zone = text.substr(percent + 1);
    if (ip.zone.empty()) return {};
    text = text.substr(0, percent);
  }
  int ellipsis = -1;
  unsigned filled = 0;
  if (text.starts_with("::")) {
    ellipsis = 0;
    text.remove_prefix(2);
    if (text.empty()) return ip;
  }
  while (filled < 16) {
    unsigned value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && ascii::is_hex_digit(text[digits]); ++digits) {
      if (digits > 3) return {};
      value = value << 4 | static_cast<unsigned>(ascii::hex_value(text[digits]));
    }
    if (digits == 0) return {};
    if (digits < text.size() && text[digits] == '.') {
      if ((ellipsis < 0 && filled != 12) || filled + 4 > 16) return {};
      if (!parse_v4(text, &ip.bytes[filled])) return {};
      text = {};
      filled += 4;
      break;
    }
    ip.bytes[filled++] = static_cast<std::uint8_t>(value >> 8);
    ip.bytes[filled++] = static_cast<std::uint8_t>(value & 0xFF);
    text.remove_prefix(digits);
    if (text.empty()) break;
    if (text.front() != ':' || text.size() == 1) return {};
    text.remove_prefix(1);
    if (text.front() == ':') {
      if (ellipsis >= 0) return {};
      ellipsis = static_cast<int>(filled);
      text.remove_prefix(1);
      if (text.empty()) break;
    }
  }
  if (!text.empty()) return {};
  if (filled < 16) {
    if (ellipsis < 0) return {};
    const auto from = static_cast<std::size_t>(ellipsis);
    std::rotate(ip.bytes.begin() + static_cast<std::ptrdiff_t>(from), ip.bytes.begin() + filled, ip.bytes.end());
  } else if (ellipsis >= 0) {
    return {};
  }
  return ip;
}

bool is_ddd(std::string_view text) noexcept { return text.size() >= 3 && std::all_of(text.begin(), text.begin() + 3, ascii::is_digit); }

// Where the last rune of a text that is not empty begins.
std::size_t last_rune(std::string_view text) noexcept {
  for (std::size_t at = text.size() - 1; text.size() - at <= 4; --at) {
    const utf8::Rune rune = utf8::decode(text.substr(at));
    if (rune.valid && at + rune.size == text.size()) return at;
    if (at == 0) break;
  }
  return text.size() - 1;
}

// IPv4 in IPv6 (::ffff:a.b.c.d), which net.IP takes for IPv4.
bool mapped(const Ip& ip) noexcept {
  return std::all_of(ip.bytes.begin(), ip.bytes.begin() + 10, [](std::uint8_t b) { return b == 0; }) && ip.bytes[10] == 0xFF &&
         ip.bytes[11] == 0xFF;
}

}  // namespace

namespace {

std::optional<Ip> parse_either(std::string_view text, bool with_zone) noexcept {
  if (text.empty() || (!ascii::is_hex_digit(text.front()) && text.front() != ':')) return {};
  if (ascii::is_digit(text.front())) {
    Ip ip;
    ip.is4 = true;
    if (parse_v4(text, &ip.bytes[12])) return ip;
  }
  const std::size_t sign = text.find_first_of(".:%");
  if (sign == std::string_view::npos || text[sign] != ':' || (!with_zone && short_text::holds(text, '%'))) return {};
  return parse_v6(text);
}

}  // namespace

std::optional<Ip> parse_addr(std::string_view text) noexcept { return parse_either(text, true); }
std::optional<Ip> parse_ip(std::string_view text) noexcept { return parse_either(text, false); }

std::string to_string(const Ip& ip) {
  const auto& b = ip.bytes;
  if (ip.is4 || mapped(ip)) {
    std::string out;
    for (std::size_t i = 12; i < 16; ++i) {
      const fmt::format_int number(b[i]);
      out.append(number.data(), number.size());
      if (i < 15) out += '.';
    }
    return out;
  }
  // The longest run of two or more zero groups is written `::`.
  int best = -1;
  int best_length = 1;
  for (int i = 0; i < 8; ++i) {
    int end = i;
    while (end < 8 && b[static_cast<std::size_t>(end) * 2] == 0 && b[static_cast<std::size_t>(end) * 2 + 1] == 0) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
    i = std::max(i, end - 1);
  }
  std::string out;
  for (int i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += best_length - 1;
      continue;
    }
    if (i > 0 && !out.ends_with(':')) out += ':';
    out += fmt::format("{:x}", b[static_cast<std::size_t>(i) * 2] << 8 | b[static_cast<std::size_t>(i) * 2 + 1]);
  }
  if (!ip.zone.empty()) out += fmt::format("%{}", ip.zone);
  return out;
}

bool is_loopback(const Ip& ip) noexcept {
  if (ip.is4 || mapped(ip)) return ip.bytes[12] == 127;
  return std::all_of(ip.bytes.begin(), ip.bytes.end() - 1, [](std::uint8_t b) { return b == 0; }) && ip.bytes[15] == 1;
}

bool is_unspecified(const Ip& ip) noexcept {
  const auto begin = ip.is4 ? ip.bytes.begin() + 12 : ip.bytes.begin();
  return std::all_of(begin, ip.bytes.end(), [](std::uint8_t b) { return b == 0; });
}

Ip masked(Ip ip, unsigned ones) noexcept {
  const unsigned first = ip.is4 ? 12 : 0;
  for (unsigned i = first; i < 16; ++i) {
    const unsigned bits = (i - first) * 8;
    const unsigned keep = ones <= bits ? 0 : std::min(ones - bits, 8U);
    ip.bytes[i] = static_cast<std::uint8_t>(ip.bytes[i] & (0xFF00U >> keep));
  }
  return ip;
}

std::optional<Ip> indexed(const Cidr& network, unsigned index) noexcept {
  Ip ip = network.network;
  for (std::size_t i = ip.bytes.size(); i-- > (ip.is4 ? 12U : 0U) && index > 0;) {
    index += ip.bytes[i];
    ip.bytes[i] = static_cast<std::uint8_t>(index & 0xFFU);
    index >>= 8U;
  }
  if (index > 0 || !(masked(ip, network.ones) == network.network)) return {};
  return ip;
}

Ip last(const Cidr& network) noexcept {
  Ip ones = network.network;
  ones.bytes.fill(0xFF);
  const Ip kept = masked(ones, network.ones);
  Ip ip = network.network;
  for (std::size_t i = ip.is4 ? 12 : 0; i < ip.bytes.size(); ++i)
    ip.bytes[i] = static_cast<std::uint8_t>(ip.bytes[i] | (kept.bytes[i] ^ 0xFFU));
  return ip;
}

std::optional<Cidr> parse_cidr(std::string_view text) noexcept {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  const std::optional<Ip> ip = parse_ip(text.substr(0, slash));
  const std::string_view length = text.substr(slash + 1);
  if (!ip || length.empty()) return {};
  unsigned ones = 0;
  for (const char c : length) {
    if (!ascii::is_digit(c)) return {};
    ones = ones * 10 + static_cast<unsigned>(c - '0');
    if (ones > 128) return {};
  }
  const unsigned bits = ip->is4 ? 32 : 128;
  if (ones > bits) return {};
  return Cidr{*ip, masked(*ip, ones), static_cast<std::uint8_t>(ones), static_cast<std::uint8_t>(bits)};
}

std::optional<HostPort> split_host_port(std::string_view text, std::string* error) {
  const auto fail = [&](std::string_view why) -> std::optional<HostPort> {
    if (error != nullptr) *error = text.empty() ? std::string(why) : fmt::format("address {}: {}", text, why);
    return {};
  };
  if (!short_text::holds(text, ':')) return fail("missing port in address");
  const std::size_t colon = text.rfind(':');
  HostPort out;
  std::size_t open_from = 0;   // where a stray '[' would be an error
  std::size_t close_from = 0;  // where a stray ']' would be one
  if (text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return fail("missing ']' in address");
    if (end + 1 == text.size()) return fail("missing port in address");
    if (end + 1 != colon) return fail(text[end + 1] == ':' ? "too many colons in address" : "missing port in address");
    out.host = text.substr(1, end - 1);
    open_from = 1;
    close_from = end + 1;
  } else {
    out.host = text.substr(0, colon);
    if (short_text::holds(out.host, ':')) return fail("too many colons in address");
  }
  if (short_text::holds(text.substr(open_from), '[')) return fail("unexpected '[' in address");
  if (short_text::holds(text.substr(close_from), ']')) return fail("unexpected ']' in address");
  out.port = text.substr(colon + 1);
  return out;
}

bool is_fqdn(std::string_view name, NameRules rules) noexcept {
  if (!name.ends_with('.')) return false;
  name.remove_suffix(1);
  const std::size_t plain = name.find_last_not_of('\\');
  if (plain == std::string_view::npos) return name.size() % 2 == 0;
  if (plain + 1 == name.size() && !rules.letters_as_escapes) return true;
  // Go counts from where the last other letter begins.
  return (name.size() - last_rune(name.substr(0, plain + 1))) % 2 != 0;
}

std::string fqdn(std::string_view name, NameRules rules) {
  std::string out(name);
  if (!is_fqdn(name, rules)) out.push_back('.');
  return out;
}

std::string normalize_name(std::string_view name, NameRules rules) { return ascii::to_lower(fqdn(name, rules)); }

bool is_domain_name(std::string_view name, NameRules rules) noexcept {
  constexpr std::size_t longest = 256;
  if (name.empty()) return false;
  const std::size_t size = name.size() + (is_fqdn(name, rules) ? 0 : 1);
  const auto at = [&](std::size_t i) { return i < name.size() ? name[i] : '.'; };
  std::size_t length = 0;
  std::size_t begin = 0;
  bool was_dot = false;
  bool escape = false;
  for (std::size_t i = 0; i < size; ++i) {
    const char c = at(i);
    if (c == '\\') {
      escape = !escape;
      if (length + 1 > longest) return false;
      const std::size_t step = i + 1 < name.size() && is_ddd(name.substr(i + 1)) ? 3 : 1;
      i += step;
      begin += step;
      was_dot = false;
    } else if (c == '.') {
      escape = false;
      if ((i == 0 && size > 1 && !rules.leading_dot) || was_dot) return false;
      was_dot = true;
      const std::size_t label = i - begin;
      if (label >= 64) return false;
      length += 1 + label;
      if (length > longest) return false;
      begin = i + 1;
    } else {
      escape = false;
      was_dot = false;
    }
  }
  return !escape || rules.open_escape;
}

bool is_lookup_name(std::string_view name) noexcept {
  if (name == ".") return true;
  if (name.empty() || name.size() > 254 || (name.size() == 254 && !name.ends_with('.'))) return false;
  char last = '.';
  bool letters = false;
  std::size_t label = 0;
  for (const char c : name) {
    if (ascii::is_letter(c) || c == '_' || c == '-') {
      if (c == '-' && last == '.') return false;
      letters = true;
      ++label;
    } else if (ascii::is_digit(c)) {
      ++label;
    } else if (c == '.') {
      if (last == '.' || last == '-' || label > 63 || label == 0) return false;
      label = 0;
    } else {
      return false;
    }
    last = c;
  }
  return letters && last != '-' && label <= 63;
}

std::string reverse_name(const Ip& ip) {
  std::string out;
  if (ip.is4 || mapped(ip)) {
    for (std::size_t i = 16; i-- > 12;) out += fmt::format("{}.", ip.bytes[i]);
    return out + "in-addr.arpa.";
  }
  for (std::size_t i = 16; i-- > 0;) out += fmt::format("{:x}.{:x}.", ip.bytes[i] & 0xF, ip.bytes[i] >> 4);
  return out + "ip6.arpa.";
}

}  // namespace corefile::go
