// SPDX-License-Identifier: Apache-2.0
#include "zone/rdata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "zone/names.hpp"
#include "zone/types.hpp"
#include "zone/zone.hpp"

namespace corefile::zone {
namespace {

using F = Field;

std::string bad(std::string_view name, std::string_view label) { return fmt::format("bad {} {}", name, label); }

std::optional<std::uint64_t> integer(const Token& token, unsigned bits) noexcept {
  return token.error ? std::nullopt : go::parse_uint(token.text, bits);
}

// net.ParseIP of an A or AAAA record, by whether it has a colon.
bool write_ip(const Token& token, F field, RdataWriter& out) {
  const bool colon = token.text.find(':') != std::string::npos;
  if (token.error || (field == F::ip4 && colon) || (field == F::ip6 && !colon)) return false;
  const auto ip = go::parse_ip(token.text);
  if (!ip) return false;
  const std::string text = go::to_string(*ip);
  const bool mapped = field == F::ip6 && text.find(':') == std::string::npos && out.library() >= 58;
  out.word(mapped ? "::ffff:" + text : text);
  return true;
}

bool write_node(const Token& token, F field, RdataWriter& out) {
  const std::string& text = token.text;
  if (text.size() < 19 || (text[4] != ':' && text[9] != ':' && text[14] != ':')) return false;
  const std::string digits = text.substr(0, 4) + text.substr(5, 4) + text.substr(10, 4) + text.substr(15, 4);
  if (!std::all_of(digits.begin(), digits.end(), ascii::is_hex_digit)) return false;
  const std::string node = field == F::node ? ascii::to_lower(digits) : ascii::to_upper(digits);
  out.word(fmt::format("{}:{}:{}:{}", node.substr(0, 4), node.substr(4, 4), node.substr(8, 4), node.substr(12, 4)));
  return true;
}

// The error's label tells what was wrong.
std::string write_eui(const Token& token, F field, RdataWriter& out) {
  const std::size_t size = field == F::eui48 ? 17 : 23;
  const std::string name = field == F::eui48 ? "EUI48" : "EUI64";
  if (token.error || token.text.size() != size) return bad(name, "Address");
  std::string digits;
  for (std::size_t i = 0; i < size; ++i) {
    if (i % 3 != 2) digits += token.text[i];
    if (i % 3 == 2 && token.text[i] != '-') return bad(name, "Address");
  }
  if (!std::all_of(digits.begin(), digits.end(), ascii::is_hex_digit)) return field == F::eui48 ? "bad EUI48 Address" : "bad EUI68 Address";
  out.word(ascii::to_lower(token.text));
  return {};
}

bool write_time(const Token& token, RdataWriter& out) {
  auto time = string_to_time(token.text);
  if (!time) {
    const auto seconds = go::parse_uint(token.text, 32);
    if (!seconds) return false;
    time = static_cast<std::uint32_t>(*seconds);
  }
  out.word(time_to_string(*time));
  return true;
}

bool write_covered(const Token& token, RdataWriter& out) {
  const std::string upper = ascii::to_upper(token.text);
  auto type = named_type(upper, out.library());
  if (!type && upper.starts_with("TYPE")) type = number_behind(token.text, 4);
  if (!type) return false;
  out.covered = *type;
  out.type(*type);
  return true;
}

bool write_algorithm(const Token& token, F field, RdataWriter& out) {
  std::optional<std::uint8_t> algorithm;
  const bool name_first = field == F::algorithm_cert;
  const bool names = field != F::algorithm || out.library() >= 55;
  if (name_first) algorithm = named_algorithm(token.text);
  if (!algorithm) {
    if (const auto number = go::parse_uint(token.text, 8)) algorithm = static_cast<std::uint8_t>(*number);
  }
  if (!algorithm && names && !name_first) algorithm = named_algorithm(field == F::algorithm_up ? ascii::to_upper(token.text) : token.text);
  if (!algorithm) return false;
  if (name_first) {
    out.word(algorithm_text(*algorithm));
  } else {
    out.number(*algorithm);
  }
  return true;
}

bool write_certificate(const Token& token, RdataWriter& out) {
  auto kind = named_certificate(token.text);
  if (!kind) {
    const auto number = go::parse_uint(token.text, 16);
    if (!number) return false;
    kind = static_cast<std::uint16_t>(*number);
  }
  out.word(certificate_text(*kind));
  return true;
}

bool write_number(const Token& token, const Layout& layout, F field, RdataWriter& out) {
  auto value = integer(token, field == F::u8 ? 8 : field == F::u16 ? 16 : 32);
  if (!value && field == F::ttl && !token.error) value = string_to_ttl(token.text, out.library());
  if (!value) return false;
  if (layout.type == type::soa && field == F::u32) out.serial = static_cast<std::uint32_t>(*value);
  out.number(*value);
  return true;
}

// What is kept as it is written.
bool write_word(const Token& token, const Layout& layout, F field, RdataWriter& out) {
  switch (field) {
    case F::decimal:
      if (token.error || !go::parse_float(token.text, 64)) return false;
      break;
    case F::salt:
      if (layout.type == type::nsec3 && (token.error || token.text.empty())) return false;
      out.word(token.text.empty() ? "-" : ascii::to_upper(token.text));
      return true;
    case F::hash:
    case F::some_word:
      if (token.error || token.text.empty()) return false;
      break;
    case F::tag:
      if (token.kind != TokenKind::string) return false;
      break;
    default:
      if (token.error) return false;
  }
  out.word(token.text);
  return true;
}

// Fields that are one token. An empty result is good.
std::string write_token(const Token& token, const Layout& layout, const Layout::Part& part, std::string_view origin, RdataWriter& out) {
  const auto verdict = [&](bool good) { return good ? std::string() : bad(layout.name, part.label); };
  switch (part.field) {
    case F::name: {
      const auto name = absolute_name(token.text, origin, out.library());
      if (token.error || !name) return verdict(false);
      out.name(*name);
      return {};
    }
    case F::u8:
    case F::u16:
    case F::u32:
    case F::ttl:
      return verdict(write_number(token, layout, part.field, out));
    case F::ip4:
    case F::ip6:
    case F::any_ip:
      return verdict(write_ip(token, part.field, out));
    case F::node:
    case F::node_upper:
      return write_node(token, part.field, out) ? std::string() : "bad NID/L64 NodeID/Locator64";
    case F::eui48:
    case F::eui64:
      return write_eui(token, part.field, out);
    case F::time:
      return verdict(write_time(token, out));
    case F::type:
      return verdict(write_covered(token, out));
    case F::algorithm:
    case F::algorithm_up:
    case F::algorithm_cert:
      return verdict(write_algorithm(token, part.field, out));
    case F::certificate:
      return verdict(write_certificate(token, out));
    default:
      return verdict(write_word(token, layout, part.field, out));
  }
}

RdataResult read_quoted(Lexer& lexer, const Layout& layout, const Layout::Part& part, RdataWriter& out) {
  const std::string what = bad(layout.name, part.label);
  Token token = lexer.next();
  if (token.kind != TokenKind::quote) return fault(what, token);
  token = lexer.next();
  std::string inside;
  if (token.kind == TokenKind::string) {
    inside = token.text;
    token = lexer.next();
  }
  if (token.kind != TokenKind::quote) return fault(what, token);
  out.word('"' + inside + '"');
  return {};
}

RdataResult read_bitmap(Lexer& lexer, const std::string& what, RdataWriter& out) {
  for (Token token = lexer.next(); token.kind != TokenKind::newline && token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind == TokenKind::blank) continue;
    std::optional<std::uint16_t> type;
    if (token.kind == TokenKind::string) {
      type = named_type(ascii::to_upper(token.text), out.library());
      if (!type) type = number_behind(token.text, 4);
    }
    if (!type) return fault(what, token);
    out.type(*type);
  }
  return {};
}

void write_two(std::vector<std::string> texts, RdataWriter& out) {
  if (texts.empty()) texts.emplace_back();
  if (texts.size() == 1) {
    // strings.Fields
    std::vector<std::string> words;
    std::string word;
    for (const char c : texts.front() + ' ') {
      if (std::string_view(" \t\n\v\f\r").find(c) == std::string_view::npos) {
        word += c;
      } else if (!word.empty()) {
        words.push_back(std::move(word));
        word.clear();
      }
    }
    if (words.size() > 1) texts = words;
  }
  if (texts.size() == 1) texts.emplace_back();
  std::string second = texts[1];
  for (std::size_t i = 2; i < texts.size(); ++i) second += ' ' + texts[i];
  out.texts({texts[0], second});
}

// Fields that take what is left of the line.
RdataResult read_tail(Lexer& lexer, const Layout& layout, const Layout::Part& part, const Token& before, RdataWriter& out) {
  const std::string what = bad(layout.name, part.label);
  if (part.field == F::bitmap) return read_bitmap(lexer, what, out);
  if (part.field == F::rest || part.field == F::rest_hex || part.field == F::rest_hex_up) {
    std::string rest;
    if (RdataResult wrong = read_rest(lexer, what, rest)) return wrong;
    out.word(part.field == F::rest_hex_up ? ascii::to_upper(rest) : rest);
    return {};
  }
  std::vector<std::string> texts;
  if (RdataResult wrong = read_texts(lexer, what, out.library(), texts)) return wrong;
  if (part.field == F::two_texts) {
    write_two(std::move(texts), out);
  } else if (part.field == F::first_text) {
    out.texts({texts.empty() ? std::string() : texts.front()});
  } else if (part.field == F::one_text) {
    if (texts.size() != 1) return fault(what, before);
    out.word(print_octets(texts.front()));
  } else {
    out.texts(texts);
  }
  return {};
}

}  // namespace

RdataResult read_rdata(Lexer& lexer, std::uint16_t type, std::string_view origin, RdataWriter& out) {
  const Layout* const layout = layout_of(type);
  if (layout == nullptr) return read_odd(lexer, type, origin, out);
  Token token;
  bool first = true;
  for (const Layout::Part& part : layout->parts) {
    if (part.field == Field::none) break;
    if (part.field >= Field::rest && part.field != Field::hash) {
      if (part.skip) lexer.next();
      if (RdataResult wrong = read_tail(lexer, *layout, part, token, out)) return wrong;
      return layout->slurp ? end_of_record(lexer) : RdataResult{};
    }
    if (!first) lexer.next();
    first = false;
    if (part.field == Field::quoted) {
      if (RdataResult wrong = read_quoted(lexer, *layout, part, out)) return wrong;
      continue;
    }
    token = lexer.next();
    const std::string wrong = write_token(token, *layout, part, origin, out);
    if (!wrong.empty()) return fault(wrong, token);
  }
  return end_of_record(lexer);
}

RdataResult end_of_record(Lexer& lexer) {
  Token token = lexer.next();
  if (token.kind == TokenKind::newline || token.kind == TokenKind::end) return {};
  if (token.kind == TokenKind::blank) {
    token = lexer.next();
    if (token.kind == TokenKind::newline || token.kind == TokenKind::end) return {};
  }
  return fault("garbage after rdata", token);
}

RdataResult read_rest(Lexer& lexer, const std::string& what, std::string& out) {
  for (Token token = lexer.next(); token.kind != TokenKind::newline && token.kind != TokenKind::end; token = lexer.next()) {
    if (token.error || (token.kind != TokenKind::string && token.kind != TokenKind::blank)) return fault(what, token);
    if (token.kind == TokenKind::string) out += token.text;
  }
  return {};
}

RdataResult read_unknown(Lexer& lexer, std::string& hex) {
  Token token = lexer.next();
  if (token.text != "\\#") return fault("bad RFC3597 Rdata", token);
  lexer.next();
  token = lexer.next();
  const auto length = integer(token, 16);
  if (!length) return fault("bad RFC3597 Rdata ", token);
  if (RdataResult wrong = read_rest(lexer, "bad RFC3597 Rdata", hex)) return wrong;
  if (*length * 2 != hex.size()) return fault("bad RFC3597 Rdata", token);
  return {};
}

}  // namespace corefile::zone
