// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "zone/names.hpp"
#include "zone/rdata.hpp"
#include "zone/wire.hpp"

/// SVCB and HTTPS: miekg/dns, svcb.go.
namespace corefile::zone {
namespace {

struct Key {
  std::string_view name;
  int since;
};
constexpr std::array keys{Key{"mandatory", 34}, Key{"alpn", 34},     Key{"no-default-alpn", 34}, Key{"port", 34}, Key{"ipv4hint", 34},
                          Key{"ech", 48},       Key{"ipv6hint", 34}, Key{"dohpath", 49},         Key{"ohttp", 61}};
enum : std::uint16_t { mandatory, alpn, no_default_alpn, port, ipv4hint, ech, ipv6hint, dohpath, ohttp };
constexpr std::uint16_t reserved = 65535;

std::string_view key_name(std::size_t key, int library) noexcept {
  if (key == ech && library < 48) return "echconfig";
  return key < keys.size() && keys[key].since <= library ? keys[key].name : std::string_view();
}

std::uint16_t key_of(std::string_view word, int library) noexcept {
  if (word.starts_with("key")) {
    const auto number = go::parse_uint(word.substr(3), 16);
    if (!number || *number == reserved || word[3] == '0' || !key_name(*number, library).empty()) return reserved;
    return static_cast<std::uint16_t>(*number);
  }
  for (std::size_t key = 0; key < keys.size(); ++key) {
    if (!word.empty() && key_name(key, library) == word) return static_cast<std::uint16_t>(key);
  }
  return reserved;
}

std::string key_text(std::uint16_t key, int library) {
  const std::string_view name = key_name(key, library);
  if (!name.empty()) return std::string(name);
  return key == reserved ? std::string() : "key" + std::to_string(key);
}

std::vector<std::string_view> split(std::string_view list, bool cut) {
  std::vector<std::string_view> out;
  // strings.Cut in a loop gives nothing for an empty last part, strings.Split does.
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    out.push_back(list.substr(0, comma));
    const bool more = comma < list.size();
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (more && list.empty() && !cut) out.push_back({});
  }
  if (out.empty() && !cut) out.push_back({});
  return out;
}

// SVCBAlpn.String.
void append_alpn(std::string& out, std::string_view protocol, int library) {
  if (library < 67) {
    out += protocol;
    return;
  }
  for (const char c : protocol) {
    if (c == ',') {
      out += "\\\\\\044";
    } else if (c == '\\') {
      out += "\\\\\\092";
    } else {
      if (c == ';' || c == ' ') out += '\\';
      append_text_byte(out, c);
    }
  }
}

bool parse_alpn(std::string_view value, int library, std::string& out) {
  if (library < 67) {
    out = value;
    return true;
  }
  std::string protocol;
  for (std::size_t at = 0; at < value.size();) {
    Decoded next = next_byte(value, at);
    if (next.size == 0) return false;
    at += next.size;
    if (next.byte == ',') {
      if (protocol.empty()) return false;
      append_alpn(out, protocol, library);
      out += ',';
      protocol.clear();
      continue;
    }
    if (next.byte == '\\') {
      next = next_byte(value, at);
      if (next.size == 0 || (next.byte != '\\' && next.byte != ',')) return false;
      at += next.size;
    }
    protocol += next.byte;
  }
  append_alpn(out, protocol, library);
  return value.empty() || !protocol.empty();
}

bool parse_hints(std::string_view value, bool four, int library, std::string& out) {
  if (value.empty() || (four && value.find(':') != std::string_view::npos)) return false;
  if (!four && library < 57 && value.find('.') != std::string_view::npos) return false;
  for (const std::string_view one : split(value, library >= 57)) {
    const auto ip = go::parse_ip(one);
    if (!ip) return false;
    const std::string text = go::to_string(*ip);
    const bool is4 = text.find(':') == std::string::npos;
    if (is4 != four && (four || library >= 57)) return false;
    if (!out.empty()) out += ',';
    out += text;
  }
  return true;
}

// svcbParseParam and svcbParamToStr.
bool parse_bytes(std::string_view value, std::string& out) {
  for (std::size_t at = 0; at < value.size();) {
    char byte = value[at];
    if (byte != '\\') {
      ++at;
    } else {
      const std::string_view behind = value.substr(at + 1);
      if (behind.empty()) return false;
      const Decoded next = next_byte(value, at);
      if (ascii::is_digit(behind.front()) && (next.size != 4 || !go::parse_uint(behind.substr(0, 3), 8))) return false;
      byte = next.byte;
      at += next.size;
    }
    if (byte == ';' || byte == ' ') out += '\\';
    append_text_byte(out, byte);
  }
  return true;
}

// The value as it is printed; false: it is not taken.
bool parse_value(std::uint16_t key, std::string_view value, int library, std::string& out) {
  // A key that this library has no name for is one of its own.
  if (key_name(key, library).empty()) return parse_bytes(value, out);
  switch (key) {
    case mandatory:
      for (const std::string_view one : split(value, library >= 57)) {
        if (!out.empty()) out += ',';
        out += key_text(key_of(one, library), library);
      }
      return true;
    case alpn:
      return parse_alpn(value, library, out);
    case no_default_alpn:
    case ohttp:
      return value.empty();
    case port: {
      const auto number = go::parse_uint(value, 16);
      if (number) out = std::to_string(*number);
      return number.has_value();
    }
    case ipv4hint:
    case ipv6hint:
      return parse_hints(value, key == ipv4hint, library, out);
    case ech: {
      const auto bytes = from_base64(value);
      if (bytes) out = to_base64(*bytes);
      return bytes.has_value();
    }
    default:
      return parse_bytes(value, out);
  }
}

// Until 1.1.66 the reason was said, later its words are lost on the way.
std::string value_fault(std::uint16_t key, int library) {
  if (library >= 58) return {};
  constexpr std::string_view words[] = {"",           "",      "no_default_alpn must have no value", "port out of range", "bad ip",
                                        "bad base64", "bad ip"};
  return fmt::format("dns: svcb{}: {}", key_text(key, library), key < 7 ? words[key] : "");
}

struct Pair {
  std::string_view key;
  std::string value{};
};

// The value behind `key=`, which may stand in quotes. `token` becomes the last one read.
RdataResult read_value(Lexer& lexer, Token& token, bool& quoted, std::string& value) {
  token = lexer.next();
  if (token.kind != TokenKind::quote) return {};
  quoted = true;
  token = lexer.next();
  if (token.kind == TokenKind::string) {
    value = token.text;
    token = lexer.next();
    if (token.kind != TokenKind::quote) return fault("SVCB unterminated value", token);
  } else if (token.kind != TokenKind::quote) {
    return fault("bad SVCB value", token);
  }
  return {};
}

RdataResult read_pair(Lexer& lexer, Token& token, bool& quoted, RdataWriter& out) {
  const std::string word = token.text;
  const std::size_t sign = word.find('=');
  if (sign == 0) return fault("bad SVCB key", token);
  std::string value = sign == std::string::npos ? std::string() : word.substr(sign + 1);
  if (sign != std::string::npos && value.empty()) {
    if (RdataResult wrong = read_value(lexer, token, quoted, value)) return wrong;
  }
  const int library = out.library();
  const std::uint16_t key = key_of(std::string_view(word).substr(0, sign), library);
  if (key == reserved) return fault("bad SVCB key", token);
  std::string printed;
  if (!parse_value(key, value, library, printed)) return fault(value_fault(key, library), token);
  out.word(fmt::format("{}=\"{}\"", key_text(key, library), printed));
  return {};
}

}  // namespace

RdataResult read_svcb(Lexer& lexer, std::string_view origin, RdataWriter& out) {
  Token token = lexer.next();
  const auto priority = token.error ? std::nullopt : go::parse_uint(token.text, 16);
  if (!priority) return fault("bad SVCB priority", token);
  out.number(*priority);
  lexer.next();
  token = lexer.next();
  const auto name = absolute_name(token.text, origin, out.library());
  if (token.error || !name) return fault("bad SVCB Target", token);
  out.name(*name);
  bool may_follow = true;
  bool any = false;
  for (token = lexer.next(); token.kind != TokenKind::newline && token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind == TokenKind::blank) {
      may_follow = true;
      continue;
    }
    if (token.kind == TokenKind::quote) return fault("SVCB key can't contain double quotes", token);
    if (token.kind != TokenKind::string) return fault("bad SVCB values", token);
    if (!may_follow) return fault("bad SVCB value quotation", token);
    bool quoted = false;
    if (RdataResult wrong = read_pair(lexer, token, quoted, out)) return wrong;
    may_follow = !quoted;
    any = true;
  }
  // Since 1.1.48 an alias may have values.
  if (*priority == 0 && any && out.library() < 48) return fault("SVCB aliasform can't have values", token);
  return {};
}

namespace {

// What stands behind a key as text again.
std::string escaped(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (c == ';' || c == ' ') out += '\\';
    append_text_byte(out, c);
  }
  return out;
}

// unpackDataSVCB's values, as String prints them; false: the wire's error is set.
bool take_value(std::uint16_t key, std::string_view bytes, int library, Wire& wire, std::string& out) {
  Wire value(bytes);
  const auto fail = [&](std::string_view what) {
    wire.error = what;
    return false;
  };
  if (key_name(key, library).empty() || key == dohpath) {
    out = escaped(bytes);
    return true;
  }
  switch (key) {
    case mandatory:
      if (bytes.size() % 2 != 0) return fail("bad svcbmandatory: value length is not a multiple of 2");
      while (!value.done()) out += (out.empty() ? "" : ",") + key_text(static_cast<std::uint16_t>(value.number(2)), library);
      return true;
    case alpn:
      for (bool first = true; !value.done(); first = false) {
        const std::string_view protocol = value.take(value.number(1), "alpn");
        if (!value.error.empty()) return fail("bad svcbalpn: alpn array overflowing");
        if (!first) out += ',';
        append_alpn(out, protocol, library);
      }
      return true;
    case port:
      if (bytes.size() != 2) return fail("bad svcbport: port length is not exactly 2 octets");
      out = std::to_string(value.number(2));
      return true;
    case ipv4hint:
    case ipv6hint: {
      const std::size_t size = key == ipv4hint ? 4 : 16;
      if (bytes.empty() || bytes.size() % size != 0) return fail("bad svcbhint: address byte array length is not a multiple");
      RdataWriter hints(library, false);
      while (!value.done()) take_ip(value, key == ipv4hint ? Field::ip4 : Field::ip6, hints);
      out = hints.text;
      std::replace(out.begin(), out.end(), ' ', ',');
      return true;
    }
    case ech:
      out = to_base64(bytes);
      return true;
    default:
      return bytes.empty() || fail("bad svcb: must have no value");
  }
}

}  // namespace

std::string unpack_svcb(std::string_view bytes, RdataWriter& out) {
  Wire wire(bytes);
  out.number(wire.number(2));
  if (!wire.error.empty() || wire.done()) return wire.error;
  out.name(wire.name());
  while (!wire.done() && wire.error.empty()) {
    const auto key = static_cast<std::uint16_t>(wire.number(2));
    const std::size_t length = wire.number(2);
    const std::string_view value = wire.take(length, "SVCB");
    if (!wire.error.empty()) return "dns: overflow unpacking SVCB";
    if (key == reserved) return "dns: bad SVCB key";
    std::string text;
    if (take_value(key, value, out.library(), wire, text)) out.word(fmt::format("{}=\"{}\"", key_text(key, out.library()), text));
  }
  return wire.error;
}

}  // namespace corefile::zone
