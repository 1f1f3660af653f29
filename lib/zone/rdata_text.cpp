// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>

#include "base/ascii.hpp"
#include "go/number.hpp"
#include "zone/names.hpp"
#include "zone/rdata.hpp"
#include "zone/types.hpp"

/// What several kinds of rdata are made of.
namespace corefile::zone {
namespace {

// escapedStringOffset: where so many bytes end. None: a backslash stands last.
std::optional<std::size_t> offset_of(std::string_view text, std::size_t bytes) noexcept {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size();) {
    const Decoded next = next_byte(text, at);
    if (next.size == 0) return {};
    at += next.size;
    if (++count >= bytes) return at;
  }
  return text.size();
}

// A character string holds 255 bytes; longer ones are cut. Until 1.1.58 by bytes of text.
bool split_text(std::string_view token, int library, std::vector<std::string>& out) {
  constexpr std::size_t most = 255;
  if (library < 59) {
    if (token.size() <= most) {
      out.emplace_back(token);
      return true;
    }
    std::size_t at = 0;
    for (; at + most <= token.size(); at += most) out.emplace_back(token.substr(at, most));
    out.emplace_back(token.substr(at));
    return true;
  }
  std::size_t at = 0;
  for (;;) {
    const auto end = offset_of(token.substr(at), most);
    if (!end) return false;
    out.emplace_back(token.substr(at, *end));
    at += *end;
    if (at >= token.size()) return true;
  }
}

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

void RdataWriter::word(std::string_view more) {
  if (more.empty()) return;
  if (!text.empty()) text += ' ';
  text += more;
}

void RdataWriter::number(std::uint64_t value) { word(std::to_string(value)); }

void RdataWriter::name(std::string_view name) {
  target = lower_ ? ascii::to_lower(name) : std::string(name);
  word(print_name(target));
}

void RdataWriter::type(std::uint16_t type) { word(type_text(type, library_)); }

void RdataWriter::texts(const std::vector<std::string>& texts) {
  for (const std::string& one : texts) word(print_text(one));
}

RdataResult read_texts(Lexer& lexer, const std::string& what, int library, std::vector<std::string>& out) {
  bool quote = false;
  bool empty = false;
  Token token = lexer.next();
  const auto wrong = [&] { return RdataFault{what, token}; };
  if (token.error) return wrong();
  for (; token.kind != TokenKind::newline && token.kind != TokenKind::end; token = lexer.next()) {
    if (token.error) return wrong();
    if (token.kind == TokenKind::string) {
      empty = false;
      if (!split_text(token.text, library, out)) return wrong();
    } else if (token.kind == TokenKind::blank) {
      if (quote) return wrong();
    } else if (token.kind == TokenKind::quote) {
      if (empty && quote) out.emplace_back();
      quote = !quote;
      empty = true;
    } else {
      return wrong();
    }
  }
  if (quote) return wrong();
  return {};
}

std::optional<std::uint32_t> string_to_ttl(std::string_view token, int library) noexcept {
  const bool checked = library >= 70;  // before, it wrapped
  std::uint64_t sum = 0;
  std::uint64_t value = 0;
  const auto add = [&](std::uint64_t seconds) {
    sum += value * seconds;
    value = 0;
  };
  for (const char c : token) {
    switch (ascii::lower(c)) {
      case 's':
        add(1);
        break;
      case 'm':
        add(60);
        break;
      case 'h':
        add(60 * 60);
        break;
      case 'd':
        add(24 * 60 * 60);
        break;
      case 'w':
        add(7 * 24 * 60 * 60);
        break;
      default:
        if (!ascii::is_digit(c)) return {};
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (!checked) {
      sum &= 0xFFFFFFFF;
      value &= 0xFFFFFFFF;
    }
  }
  const std::uint64_t total = sum + value;
  if (checked && total > 0xFFFFFFFF) return {};
  return static_cast<std::uint32_t>(total);
}

std::optional<std::uint32_t> string_to_time(std::string_view token) noexcept {
  namespace ch = std::chrono;
  if (token.size() != 14) return {};
  const auto part = [&](std::size_t at, std::size_t size) {
    const auto value = go::parse_uint(token.substr(at, size), 16);
    return value ? static_cast<int>(*value) : -1;
  };
  const ch::year_month_day day{ch::year(part(0, 4)), ch::month(static_cast<unsigned>(part(4, 2))),
                               ch::day(static_cast<unsigned>(part(6, 2)))};
  const int hour = part(8, 2);
  const int minute = part(10, 2);
  const int second = part(12, 2);
  for (const char c : token) {
    if (!ascii::is_digit(c)) return {};
  }
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) return {};
  const std::int64_t days = ch::sys_days(day).time_since_epoch().count();
  const std::int64_t seconds = days * 86400 + hour * 3600 + minute * 60 + second;
  constexpr std::int64_t year68 = std::int64_t{1} << 31;
  const std::int64_t laps = std::max<std::int64_t>(seconds / year68 - 1, 0);
  return static_cast<std::uint32_t>(seconds - laps * year68);
}

std::string time_to_string(std::uint32_t time) {
  namespace ch = std::chrono;
  const ch::year_month_day day{ch::sys_days(ch::days(time / 86400))};
  const std::uint32_t rest = time % 86400;
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()), rest / 3600, rest / 60 % 60, rest % 60);
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    if (c != '\r' && c != '\n') clean += c;
  }
  if (clean.size() % 4 != 0) return {};
  std::string out;
  for (std::size_t at = 0; at < clean.size(); at += 4) {
    std::size_t digits = 4;
    if (at + 4 == clean.size()) digits = clean[at + 2] == '=' && clean[at + 3] == '=' ? 2 : clean[at + 3] == '=' ? 3 : 4;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t digit = i < digits ? base64_digits.find(clean[at + i]) : 0;
      if (digit == std::string_view::npos) return {};
      bits = bits << 6U | static_cast<std::uint32_t>(digit);
    }
    for (std::size_t i = 0; i + 1 < digits; ++i) out += static_cast<char>(bits >> (16U - 8U * i) & 0xFFU);
  }
  return out;
}

std::string to_base64(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view three = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) bits = bits << 8U | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += i <= three.size() ? base64_digits[bits >> (18U - 6U * i) & 0x3FU] : '=';
  }
  return out;
}

}  // namespace corefile::zone
