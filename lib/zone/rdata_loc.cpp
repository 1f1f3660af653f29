// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/ascii.hpp"
#include "go/number.hpp"
#include "zone/rdata.hpp"

/// LOC: miekg/dns, scan_rr.go and types.go.
namespace corefile::zone {
namespace {

constexpr std::uint32_t equator = 1U << 31U;
constexpr std::uint32_t units_of_minute = 60 * 1000;
constexpr std::uint32_t units_of_degree = 60 * units_of_minute;

RdataFault loc_fault(std::string_view what, const Token& token) { return {"bad LOC " + std::string(what), token}; }

// locCheckNorth, locCheckEast.
bool turns(const std::string& word, char plus, char minus, std::uint32_t most, std::uint32_t& angle) {
  if (angle > most * units_of_degree || word.size() != 1) return false;
  const char letter = ascii::lower(word.front());
  if (letter != plus && letter != minus) return false;
  angle = letter == plus ? equator + angle : equator - angle;
  return true;
}

struct Axis {
  std::string_view name, ends;
  char plus, minus;
  std::uint32_t most;
};

RdataResult read_angle(Lexer& lexer, const Axis& axis, std::uint32_t& angle) {
  Token token = lexer.next();
  const auto degrees = token.error ? std::nullopt : go::parse_uint(token.text, 32);
  if (!degrees || *degrees > axis.most) return loc_fault(axis.name, token);
  angle = units_of_degree * static_cast<std::uint32_t>(*degrees);
  lexer.next();
  token = lexer.next();
  if (turns(token.text, axis.plus, axis.minus, axis.most, angle)) return {};
  const auto minutes = token.error ? std::nullopt : go::parse_uint(token.text, 32);
  if (!minutes || *minutes > 59) return loc_fault(std::string(axis.name) + " minutes", token);
  angle += units_of_minute * static_cast<std::uint32_t>(*minutes);
  lexer.next();
  token = lexer.next();
  const auto seconds = token.error ? std::nullopt : go::parse_float(token.text, 64);
  if (!seconds || *seconds < 0 || *seconds >= 60) return loc_fault(std::string(axis.name) + " seconds", token);
  angle += *seconds == *seconds ? static_cast<std::uint32_t>(1000 * *seconds) : 0;
  lexer.next();
  token = lexer.next();
  if (turns(token.text, axis.plus, axis.minus, axis.most, angle)) return {};
  return loc_fault(std::string(axis.name) + ' ' + std::string(axis.ends), token);
}

// stringToCm: a mantissa and an exponent in one byte.
std::optional<std::uint8_t> size_of(std::string_view token) noexcept {
  if (!token.empty() && ascii::lower(token.back()) == 'm') token.remove_suffix(1);
  const std::size_t dot = token.find('.');
  const bool has_dot = dot != std::string_view::npos;
  const std::string_view whole = token.substr(0, dot);
  std::uint64_t meters = 0;
  std::uint64_t centimeters = 0;
  if (has_dot) {
    const std::string_view part = token.substr(dot + 1);
    const auto value = go::parse_uint(part, 16);
    if (!value || part.size() > 2) return {};
    centimeters = part.size() == 1 ? *value * 10 : *value;
  }
  if (!has_dot || !whole.empty()) {
    const auto value = go::parse_uint(whole, 63);
    if (!value || *value > 90'000'000 || (*value == 90'000'000 && centimeters != 0)) return {};
    meters = *value;
  }
  std::uint64_t value = meters > 0 ? meters : centimeters;
  unsigned exponent = meters > 0 ? 2 : 0;
  for (; value >= 10; value /= 10) ++exponent;
  return static_cast<std::uint8_t>((exponent & 0x0FU) | (value << 4U & 0xF0U));
}

std::string print_size(std::uint8_t packed) {
  unsigned mantissa = packed >> 4U;
  const unsigned exponent = packed & 0x0FU;
  if (exponent < 2) return fmt::format("0.{:02}", exponent == 1 ? mantissa * 10 : mantissa);
  return std::to_string(mantissa) + std::string(exponent - 2, '0');
}

void write_angle(RdataWriter& out, std::uint32_t angle, char plus, char minus) {
  const bool positive = angle > equator;
  const std::uint32_t size = positive ? angle - equator : equator - angle;
  out.word(fmt::format("{:02} {:02} {:.3f} {}", size / units_of_degree, size % units_of_degree / units_of_minute,
                       static_cast<double>(size % units_of_minute) / 1000, positive ? plus : minus));
}

RdataResult read_sizes(Lexer& lexer, std::uint8_t (&precision)[3]) {
  constexpr std::string_view names[] = {"Size", "HorizPre", "VertPre"};
  std::size_t count = 0;
  for (Token token = lexer.next(); token.kind != TokenKind::newline && token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind == TokenKind::blank) continue;
    if (token.kind != TokenKind::string) return loc_fault("Size, HorizPre or VertPre", token);
    if (count < 3) {
      const auto size = size_of(token.text);
      if (!size) return loc_fault(names[count], token);
      precision[count] = *size;
    }
    ++count;
  }
  return {};
}

}  // namespace

void write_loc(RdataWriter& out, const std::uint8_t (&precision)[3], std::uint32_t latitude, std::uint32_t longitude,
               std::uint32_t altitude) {
  write_angle(out, latitude, 'N', 'S');
  write_angle(out, longitude, 'E', 'W');
  const double meters = static_cast<double>(altitude) / 100 - 100'000;
  out.word(altitude % 100 != 0 ? fmt::format("{:.2f}m", meters) : fmt::format("{:.0f}m", meters));
  for (const std::uint8_t one : precision) out.word(print_size(one) + 'm');
}

RdataResult read_loc(Lexer& lexer, RdataWriter& out) {
  std::uint8_t precision[3] = {0x12, 0x16, 0x13};
  std::uint32_t latitude = 0;
  std::uint32_t longitude = 0;
  if (RdataResult wrong = read_angle(lexer, {"Latitude", "North/South", 'n', 's', 90}, latitude)) return wrong;
  lexer.next();
  if (RdataResult wrong = read_angle(lexer, {"Longitude", "East/West", 'e', 'w', 180}, longitude)) return wrong;
  lexer.next();
  Token token = lexer.next();
  if (token.text.empty() || token.error) return loc_fault("Altitude", token);
  if (ascii::lower(token.text.back()) == 'm') token.text.pop_back();
  const auto meters = go::parse_float(token.text, 64);
  if (!meters) return loc_fault("Altitude", token);
  // What does not fit goes by way of 64 bits, as on the machines CoreDNS runs on.
  const double centimeters = *meters * 100.0 + 10000000.0 + 0.5;
  constexpr double far = 9e18;
  const std::int64_t whole = centimeters > -far && centimeters < far ? static_cast<std::int64_t>(centimeters) : 0;
  if (RdataResult wrong = read_sizes(lexer, precision)) return wrong;
  write_loc(out, precision, latitude, longitude, static_cast<std::uint32_t>(whole));
  return {};
}

}  // namespace corefile::zone
