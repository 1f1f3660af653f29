// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "zone/names.hpp"
#include "zone/rdata.hpp"
#include "zone/types.hpp"
#include "zone/wire.hpp"
#include "zone/zone.hpp"

/// Rdata as on the wire: miekg/dns, zmsg.go and msg_helpers.go. Errors are Go's words.
namespace corefile::zone {
namespace {

using F = Field;

// base32.HexEncoding without padding.
std::string base32_of(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
  std::string out;
  unsigned bits = 0;
  unsigned held = 0;
  for (const char c : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (held += 8; held >= 5; held -= 5) out += digits[bits >> (held - 5) & 0x1FU];
    bits &= (1U << held) - 1;
  }
  if (held > 0) out += digits[bits << (5 - held) & 0x1FU];
  return out;
}

std::string grouped(std::string_view digits, std::size_t size, char between) {
  std::string out;
  for (std::size_t at = 0; at < digits.size(); at += size) {
    if (at > 0) out += between;
    out += digits.substr(at, size);
  }
  return out;
}

void take_bitmap(Wire& wire, RdataWriter& out) {
  for (int last = -1; !wire.done();) {
    const std::string_view head = wire.take(2, "NSEC(3)");
    if (head.empty()) return;
    const int window = static_cast<unsigned char>(head[0]);
    const std::size_t length = static_cast<unsigned char>(head[1]);
    if (window <= last) wire.error = "dns: out of order NSEC(3) block in type bitmap";
    if (length == 0) wire.error = "dns: empty NSEC(3) block in type bitmap";
    if (length > 32) wire.error = "dns: NSEC(3) block too long in type bitmap";
    if (!wire.error.empty()) return;
    const std::string_view bits = wire.take(length, "NSEC(3)");
    if (bits.empty()) {
      wire.error = "dns: overflowing NSEC(3) block in type bitmap";
      return;
    }
    for (std::size_t bit = 0; bit < bits.size() * 8; ++bit) {
      if ((static_cast<unsigned char>(bits[bit / 8]) >> (7 - bit % 8) & 1U) != 0)
        out.type(static_cast<std::uint16_t>(static_cast<std::size_t>(window) * 256 + bit));
    }
    last = window;
  }
}

void take_texts(Wire& wire, RdataWriter& out) {
  while (!wire.done() && wire.error.empty()) {
    const std::string text = wire.text();
    if (wire.error.empty()) out.word(print_text(text));
  }
}

void take_numbers(Wire& wire, F field, const Layout& layout, RdataWriter& out) {
  switch (field) {
    case F::u8:
    case F::algorithm:
    case F::algorithm_up:
      out.number(wire.number(1));
      return;
    case F::algorithm_cert:
      out.word(algorithm_text(static_cast<std::uint8_t>(wire.number(1))));
      return;
    case F::u16:
      out.number(wire.number(2));
      return;
    case F::certificate:
      out.word(certificate_text(static_cast<std::uint16_t>(wire.number(2))));
      return;
    case F::type:
      out.covered = static_cast<std::uint16_t>(wire.number(2));
      out.type(out.covered);
      return;
    case F::time:
      out.word(time_to_string(static_cast<std::uint32_t>(wire.number(4))));
      return;
    case F::node:
    case F::node_upper: {
      const std::string digits = hex_of(wire.take(8, "uint64"));
      out.word(grouped(field == F::node ? digits : ascii::to_upper(digits), 4, ':'));
      return;
    }
    case F::eui48:
      out.word(grouped(hex_of(wire.take(6, "uint64 as uint48")), 2, '-'));
      return;
    case F::eui64:
      out.word(grouped(hex_of(wire.take(8, "uint64")), 2, '-'));
      return;
    default: {
      const std::uint64_t value = wire.number(4);
      if (layout.type == type::soa && field == F::u32) out.serial = static_cast<std::uint32_t>(value);
      out.number(value);
    }
  }
}

void take_words(Wire& wire, F field, RdataWriter& out) {
  switch (field) {
    case F::name:
      out.name(wire.name());
      return;
    case F::ip4:
    case F::ip6:
    case F::any_ip:
      take_ip(wire, field, out);
      return;
    case F::salt: {
      const auto size = wire.number(1);
      const std::string_view raw = wire.take(size, "hex");
      out.word(raw.empty() ? "-" : ascii::to_upper(hex_of(raw)));
      return;
    }
    case F::hash:
      out.word(base32_of(wire.take(wire.number(1), "base32")));
      return;
    case F::quoted:
      out.word('"' + wire.text() + '"');
      return;
    case F::first_text:
      out.word(print_text(wire.text()));
      return;
    case F::two_texts: {
      const std::string first = wire.text();
      out.texts({first, wire.done() ? std::string() : wire.text()});
      return;
    }
    case F::bitmap:
      take_bitmap(wire, out);
      return;
    case F::texts:
      take_texts(wire, out);
      return;
    case F::one_text:
      out.word(print_octets(wire.all()));
      return;
    case F::rest:
      out.word(to_base64(wire.all()));
      return;
    case F::rest_hex:
      out.word(hex_of(wire.all()));
      return;
    case F::rest_hex_up:
      out.word(ascii::to_upper(hex_of(wire.all())));
      return;
    default:
      out.word(wire.text());
  }
}

bool is_number(F field) noexcept {
  switch (field) {
    case F::u8:
    case F::u16:
    case F::u32:
    case F::ttl:
    case F::node:
    case F::node_upper:
    case F::eui48:
    case F::eui64:
    case F::time:
    case F::type:
    case F::algorithm:
    case F::algorithm_up:
    case F::algorithm_cert:
    case F::certificate:
      return true;
    default:
      return false;
  }
}

void write_zero(F field, RdataWriter& out) {
  Wire zeros(std::string_view("\0\0\0\0\0\0\0\0", 8));
  if (is_number(field)) {
    take_numbers(zeros, field, Layout{}, out);
  } else if (field == F::quoted || field == F::first_text || field == F::one_text) {
    out.word("\"\"");
  } else if (field == F::two_texts) {
    out.word("\"\" \"\"");
  } else if (field == F::salt) {
    out.word("-");
  }
}

// encoding/hex, DecodeString.
std::string decode_hex(std::string_view hex, std::string& out) {
  for (std::size_t at = 0; at < hex.size(); ++at) {
    const int value = ascii::hex_value(hex[at]);
    if (value < 0) {
      const auto byte = static_cast<unsigned char>(hex[at]);
      return byte < 0x80 && byte >= 0x20 ? fmt::format("encoding/hex: invalid byte: U+{:04X} '{}'", byte, hex[at])
                                         : fmt::format("encoding/hex: invalid byte: U+{:04X}", byte);
    }
    if (at % 2 == 0)
      out += static_cast<char>(value << 4);
    else
      out.back() = static_cast<char>(out.back() | value);
  }
  return {};
}

}  // namespace

// Since 1.1.67 the field is named.
static std::string blamed(const Layout& layout, const Layout::Part& part, int library) {
  if (library < 67) return {};
  const std::string_view field = part.label == "Pref" ? "Preference" : part.label;
  return field == layout.name ? fmt::format("{}: ", field) : fmt::format("{}.{}: ", layout.name, field);
}

std::string hex_of(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

void take_ip(Wire& wire, Field field, RdataWriter& out) {
  const std::string_view raw = field == F::ip6 ? wire.take(16, "aaaa") : wire.take(4, "a");
  if (raw.empty()) return;
  go::Ip ip;
  ip.is4 = raw.size() == 4;
  for (std::size_t i = 0; i < raw.size(); ++i) ip.bytes[16 - raw.size() + i] = static_cast<std::uint8_t>(raw[i]);
  const std::string text = go::to_string(ip);
  const bool mapped = field == F::ip6 && text.find(':') == std::string::npos && out.library() >= 58;
  out.word(mapped ? "::ffff:" + text : text);
}

void write_nothing(std::uint16_t type, RdataWriter& out) {
  const Layout* const layout = layout_of(type);
  if (layout == nullptr) {
    write_odd_nothing(type, out);
    return;
  }
  for (const Layout::Part& part : layout->parts) write_zero(part.field, out);
}

std::string unpack_rdata(std::uint16_t type, std::string_view hex, RdataWriter& out) {
  std::string bytes;
  if (hex.empty()) {
    write_nothing(type, out);
    return {};
  }
  if (std::string wrong = decode_hex(hex, bytes); !wrong.empty()) return wrong;
  const Layout* const layout = layout_of(type);
  if (layout == nullptr) return unpack_odd(type, bytes, out);
  Wire wire(bytes);
  bool first = true;
  for (const Layout::Part& part : layout->parts) {
    if (part.field == Field::none) break;
    if (wire.done() && !first) {
      write_zero(part.field, out);
      continue;
    }
    first = false;
    if (is_number(part.field)) {
      take_numbers(wire, part.field, *layout, out);
    } else {
      take_words(wire, part.field, out);
    }
    if (!wire.error.empty()) return blamed(*layout, part, out.library()) + wire.error;
  }
  return {};
}

}  // namespace corefile::zone
