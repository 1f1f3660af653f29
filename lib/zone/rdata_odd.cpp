// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "zone/names.hpp"
#include "zone/rdata.hpp"
#include "zone/types.hpp"
#include "zone/zone.hpp"

/// Types whose rdata is not a list of fields.
namespace corefile::zone {
namespace {

constexpr std::uint16_t loc = 29, apl = 42, ipseckey = 45, hip = 55, tkey = 249, amtrelay = 260;

RdataResult read_hip(Lexer& lexer, std::string_view origin, RdataWriter& out) {
  Token token = lexer.next();
  const auto algorithm = token.error ? std::nullopt : go::parse_uint(token.text, 8);
  if (!algorithm) return fault("bad HIP PublicKeyAlgorithm", token);
  out.number(*algorithm);
  lexer.next();
  token = lexer.next();
  if (token.text.empty() || token.error) return fault("bad HIP Hit", token);
  out.word(token.text);
  lexer.next();
  token = lexer.next();
  if (token.text.empty() || token.error || !from_base64(token.text)) return fault("bad HIP PublicKey", token);
  out.word(token.text);
  for (token = lexer.next(); token.kind != TokenKind::newline && token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind == TokenKind::blank) continue;
    if (token.kind != TokenKind::string || token.error) return fault("bad HIP RendezvousServers", token);
    const auto name = absolute_name(token.text, origin, out.library());
    if (!name) return fault("bad HIP RendezvousServers", token);
    out.name(*name);
  }
  return {};
}

// parseAddrHostUnion: an error's message, which miekg/dns then loses.
bool write_gateway(const Token& token, std::string_view origin, unsigned kind, RdataWriter& out) {
  if (kind == 1 || kind == 2) {
    const auto ip = go::parse_ip(token.text);
    if (!ip) return false;
    const std::string text = go::to_string(*ip);
    const bool is4 = text.find(':') == std::string::npos;
    if (is4 != (kind == 1)) return false;
    out.word(text);
    return true;
  }
  if (kind == 3) {
    const auto host = absolute_name(token.text, origin, out.library());
    if (!host) return false;
    out.word(*host);
    return true;
  }
  if (kind == 0 && token.text != ".") return false;
  out.word(".");
  return true;
}

RdataResult read_ipseckey(Lexer& lexer, std::string_view origin, RdataWriter& out) {
  unsigned kind = 0;
  for (int i = 0; i < 3; ++i) {
    const Token token = lexer.next();
    const auto value = token.error ? std::nullopt : go::parse_uint(token.text, 8);
    if (!value) return fault("bad IPSECKEY value", token);
    if (i == 1) kind = static_cast<unsigned>(*value);
    out.number(*value);
    lexer.next();
  }
  const Token token = lexer.next();
  if (token.error) return fault("bad IPSECKEY gateway", token);
  if (!write_gateway(token, origin, kind, out)) return fault("", token);
  lexer.next();
  std::string key;
  if (RdataResult wrong = read_rest(lexer, "bad IPSECKEY PublicKey", key)) return wrong;
  out.word(key);
  return end_of_record(lexer);
}

RdataResult read_amtrelay(Lexer& lexer, std::string_view origin, RdataWriter& out) {
  Token token = lexer.next();
  const auto precedence = token.error ? std::nullopt : go::parse_uint(token.text, 8);
  if (!precedence) return fault("bad AMTRELAY value", token);
  lexer.next();
  const Token discovery = lexer.next();
  if (discovery.error || (discovery.text != "0" && discovery.text != "1")) return fault("bad discovery value", discovery);
  lexer.next();
  token = lexer.next();
  const auto kind = token.error ? std::nullopt : go::parse_uint(token.text, 8);
  if (!kind) return fault("bad AMTRELAY value", token);
  lexer.next();
  token = lexer.next();
  if (token.error) return fault("bad AMTRELAY gateway", token);
  out.number(*precedence);
  out.number(discovery.text == "1" || *kind >= 0x80 ? 1 : 0);
  out.number(*kind & 0x7F);
  if (!write_gateway(token, origin, static_cast<unsigned>(*kind & 0x7F), out)) return fault("", token);
  return end_of_record(lexer);
}

// An error's message; empty: the prefix was written.
std::string write_prefix(const std::string& text, RdataWriter& out) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return "missing colon in APL field";
  std::string_view family = std::string_view(text).substr(0, colon);
  const std::string_view cidr = std::string_view(text).substr(colon + 1);
  const bool negation = family.starts_with('!');
  if (negation) family.remove_prefix(1);
  // Since 1.1.58 the error's words are lost.
  const bool silent = out.library() >= 58;
  const auto number = go::parse_uint(family, 16);
  if (!number) {
    const bool digits = !family.empty() && std::all_of(family.begin(), family.end(), ascii::is_digit);
    return silent ? "-"
                  : fmt::format("failed to parse APL family: strconv.ParseUint: parsing \"{}\": {}", family,
                                digits ? "value out of range" : "invalid syntax");
  }
  if (*number != 1 && *number != 2) return "unrecognized APL family";
  const auto network = go::parse_cidr(cidr);
  if (!network) return silent ? "-" : fmt::format("failed to parse APL address: invalid CIDR address: {}", cidr);
  if (!(network->ip == network->network)) return "extra bits in APL address";
  if ((network->bits == 32) != (*number == 1)) return "address mismatch with the APL family";
  std::string address = go::to_string(network->network);
  if (*number == 2 && address.find(':') == std::string::npos) address = "::ffff:" + address;
  out.word(fmt::format("{}{}:{}/{}", negation ? "!" : "", *number, address, network->ones));
  return {};
}

RdataResult read_apl(Lexer& lexer, RdataWriter& out) {
  for (bool any = false;;) {
    const Token token = lexer.next();
    if (token.kind == TokenKind::newline || token.kind == TokenKind::end) return {};
    if (token.kind == TokenKind::blank && any) continue;
    if (token.kind != TokenKind::string) return fault("unexpected APL field", token);
    const std::string wrong = write_prefix(token.text, out);
    if (!wrong.empty()) return fault(wrong == "-" ? "" : wrong, token);
    any = true;
  }
}

RdataResult read_tkey(Lexer& lexer, RdataWriter& out) {
  Token token = lexer.next();
  if (token.kind != TokenKind::string) return fault("bad TKEY algorithm", token);
  std::string words = token.text + " 19700101000000 19700101000000 0 0";
  constexpr std::string_view labels[] = {"bad TKEY key length", "bad TKEY key", "bad TKEY otherdata length", "bad TKEY otherday"};
  for (std::size_t i = 0; i < 4; ++i) {
    lexer.next();
    token = lexer.next();
    if (i % 2 == 0) {
      const auto length = token.error ? std::nullopt : go::parse_uint(token.text, 8);
      if (!length) return fault(std::string(labels[i]), token);
      words += ' ' + std::to_string(*length);
    } else {
      if (token.kind != TokenKind::string) return fault(std::string(labels[i]), token);
      words += ' ' + token.text;
    }
  }
  out.word(words);
  return {};
}

}  // namespace

RdataResult read_odd(Lexer& lexer, std::uint16_t type, std::string_view origin, RdataWriter& out) {
  switch (type) {
    case loc:
      return read_loc(lexer, out);
    case apl:
      return read_apl(lexer, out);
    case ipseckey:
      return read_ipseckey(lexer, origin, out);
    case hip:
      return read_hip(lexer, origin, out);
    case type::svcb:
    case type::https:
      return read_svcb(lexer, origin, out);
    case tkey:
      return read_tkey(lexer, out);
    case amtrelay:
      return read_amtrelay(lexer, origin, out);
    default:
      return RdataFault{type_text(type, out.library()) + " records do not have a presentation format", {}};
  }
}

void write_odd_nothing(std::uint16_t type, RdataWriter& out) {
  switch (type) {
    case loc:
      write_loc(out, {0, 0, 0}, 0, 0, 0);
      return;
    case ipseckey:
      out.word("0 0 0 .");
      return;
    case hip:
    case type::svcb:
    case type::https:
      out.word("0");
      return;
    case tkey:
      out.word("19700101000000 19700101000000 0 0 0 0");
      return;
    case amtrelay:
      out.word("0 0 0 .");
      return;
    default:
      return;
  }
}

}  // namespace corefile::zone
