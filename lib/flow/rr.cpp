// SPDX-License-Identifier: Apache-2.0
#include "flow/rr.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "flow/message.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "plugins/dns_types.hpp"

namespace corefile::flow_detail {
namespace {

constexpr auto npos = std::string_view::npos;

struct Token {
  std::string text;
  bool quoted = false;
};

/// Words and quoted strings, up to a comment or the line's end. None: a quote is not closed.
std::optional<std::vector<Token>> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ';' || c == '\n') break;
    if (ascii::is_blank(c) || c == '\r' || c == '(' || c == ')') {
      ++i;
      continue;
    }
    Token token;
    token.quoted = c == '"';
    if (token.quoted) {
      for (++i; i < text.size() && text[i] != '"'; ++i) {
        token.text += text[i];
        if (text[i] == '\\' && i + 1 < text.size()) token.text += text[++i];
      }
      if (i >= text.size()) return {};
      ++i;
    } else {
      for (; i < text.size() && !ascii::is_blank(text[i]) && text[i] != '\n' && std::string_view("\";()").find(text[i]) == npos; ++i) {
        token.text += text[i];
        if (text[i] == '\\' && i + 1 < text.size()) token.text += text[++i];
      }
    }
    tokens.push_back(std::move(token));
  }
  return tokens;
}

// stringToTTL: digits, perhaps with units.
std::optional<std::uint32_t> ttl_of(std::string_view text) {
  if (text.empty() || !ascii::is_digit(text.front())) return {};
  std::uint64_t sum = 0, number = 0;
  for (const char c : text) {
    if (ascii::is_digit(c)) {
      number = number * 10 + static_cast<std::uint64_t>(c - '0');
      if (number > 0xFFFFFFFF) return {};
      continue;
    }
    const char unit = ascii::lower(c);
    const std::uint64_t seconds = unit == 's' ? 1 : unit == 'm' ? 60 : unit == 'h' ? 3600 : unit == 'd' ? 86400 : unit == 'w' ? 604800 : 0;
    if (seconds == 0) return {};
    sum += number * seconds;
    number = 0;
  }
  return static_cast<std::uint32_t>(sum + number);
}

bool among(std::span<const std::string_view> names, std::string_view word) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

bool is_number(std::string_view text, unsigned bits) { return go::parse_uint(text, bits).has_value(); }

std::optional<std::string> name_of(const Token& token) {
  if (token.text == "@") return ".";
  if (!go::is_domain_name(token.text)) return {};
  return fqdn(token.text);
}

std::string texts_of(std::span<const Token> tokens) {
  std::string out;
  for (const Token& token : tokens) out += fmt::format("{}\"{}\"", out.empty() ? "" : " ", token.text);
  return out;
}

std::optional<std::string> address_of(std::span<const Token> data, bool six) {
  if (data.size() != 1) return {};
  const auto ip = go::parse_ip(data[0].text);
  if (!ip || ip->is4 == six) return {};
  return six ? go::to_string(*ip) : plain_address(data[0].text);
}

// Numbers, then names.
std::optional<std::string> numbers_and_names(std::span<const Token> data, std::size_t numbers, unsigned bits, std::size_t names) {
  if (data.size() != numbers + names) return {};
  std::string out;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (i < numbers && !is_number(data[i].text, bits)) return {};
    const auto name = i < numbers ? std::optional(data[i].text) : name_of(data[i]);
    if (!name) return {};
    out += fmt::format("{}{}", out.empty() ? "" : " ", *name);
  }
  return out;
}

std::optional<std::string> soa_of(std::span<const Token> data) {
  if (data.size() != 7) return {};
  const auto server = name_of(data[0]), mail = name_of(data[1]);
  if (!server || !mail) return {};
  std::string out = fmt::format("{} {}", *server, *mail);
  for (const Token& token : data.subspan(2)) {
    const auto number = &token == &data[2] ? go::parse_uint(token.text, 32) : std::optional<std::uint64_t>(ttl_of(token.text));
    if (!number) return {};
    out += fmt::format(" {}", *number);
  }
  return out;
}

std::optional<std::string> data_of(std::string_view type, std::span<const Token> data, bool& known) {
  if (type == "A" || type == "AAAA") return address_of(data, type == "AAAA");
  if (type == "CNAME" || type == "NS" || type == "PTR" || type == "DNAME") return numbers_and_names(data, 0, 16, 1);
  if (type == "MX") return numbers_and_names(data, 1, 16, 1);
  if (type == "SRV") return numbers_and_names(data, 3, 16, 1);
  if (type == "SOA") return soa_of(data);
  if (type == "TXT" || type == "SPF") return data.empty() ? std::optional<std::string>("\"\"") : texts_of(data);
  if (type == "HINFO") return data.empty() ? std::nullopt : std::optional(texts_of(data));
  if (type == "CAA" && data.size() == 3) return fmt::format("{} {} \"{}\"", data[0].text, data[1].text, data[2].text);
  known = false;
  std::string out;
  for (const Token& token : data) out += fmt::format("{}{}", out.empty() ? "" : " ", token.text);
  return out;
}

}  // namespace

std::optional<Record> parse_record(std::string_view text, Release release, bool& known) {
  const auto tokens = tokens_of(text);
  if (!tokens || tokens->empty()) return {};
  Record made;
  made.ttl = 3600;
  const auto owner = name_of(tokens->front());
  if (!owner) return {};
  made.name = *owner;
  std::size_t i = 1;
  for (; i < tokens->size(); ++i) {
    const std::string word = ascii::to_upper((*tokens)[i].text);
    if (among(plugins::dns_types(release), word) && word != "ANY") break;
    if (among(plugins::dns_classes(), word)) {
      made.klass = word;
    } else if (const auto ttl = ttl_of(word)) {
      made.ttl = *ttl;
    } else {
      return {};
    }
  }
  if (i >= tokens->size()) return {};
  made.type = ascii::to_upper((*tokens)[i].text);
  const auto data = data_of(made.type, std::span(*tokens).subspan(i + 1), known);
  if (!data) return {};
  made.data = *data;
  return made;
}

}  // namespace corefile::flow_detail
