// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "go/net.hpp"
#include "zone/types.hpp"
#include "zone/wire.hpp"
#include "zone/zone.hpp"

/// Rdata of types whose form is their own, as on the wire.
namespace corefile::zone {
namespace {

void take_loc(Wire& wire, RdataWriter& out) {
  wire.number(1);
  std::uint8_t precision[3] = {};
  for (std::uint8_t& one : precision) one = wire.done() ? 0 : static_cast<std::uint8_t>(wire.number(1));
  std::uint32_t numbers[3] = {};
  for (std::uint32_t& one : numbers) one = wire.done() ? 0 : static_cast<std::uint32_t>(wire.number(4));
  write_loc(out, precision, numbers[0], numbers[1], numbers[2]);
}

void take_hip(Wire& wire, RdataWriter& out) {
  const std::size_t hit = wire.number(1);
  out.number(wire.done() ? 0 : wire.number(1));
  const std::size_t key = wire.done() ? 0 : wire.number(2);
  if (wire.done()) return;
  out.word(hex_of(wire.take(hit, "hex")));
  if (wire.error.empty()) out.word(to_base64(wire.take(key, "base64")));
  while (!wire.done() && wire.error.empty()) out.name(wire.name());
}

void take_gateway(Wire& wire, unsigned kind, RdataWriter& out) {
  if (kind == 1) {
    take_ip(wire, Field::ip4, out);
  } else if (kind == 2) {
    take_ip(wire, Field::ip6, out);
  } else if (kind == 3) {
    out.word(wire.name());
  } else {
    out.word(".");
  }
}

void take_ipseckey(Wire& wire, RdataWriter& out) {
  out.number(wire.number(1));
  const auto kind = static_cast<unsigned>(wire.done() ? 0 : wire.number(1));
  out.number(kind);
  out.number(wire.done() ? 0 : wire.number(1));
  if (wire.done()) {
    out.word(".");
    return;
  }
  take_gateway(wire, kind, out);
  out.word(to_base64(wire.all()));
}

void take_amtrelay(Wire& wire, RdataWriter& out) {
  out.number(wire.number(1));
  const auto kind = static_cast<unsigned>(wire.done() ? 0 : wire.number(1));
  out.number(kind >> 7U);
  out.number(kind & 0x7FU);
  if (wire.done()) {
    out.word(".");
    return;
  }
  take_gateway(wire, kind & 0x7FU, out);
}

void take_prefix(Wire& wire, RdataWriter& out) {
  const std::uint64_t family = wire.number(2);
  const std::uint64_t ones = wire.number(1);
  const std::uint64_t size = wire.number(1);
  if (!wire.error.empty()) {
    wire.error = "dns: overflow unpacking APL prefix";
    return;
  }
  const std::size_t length = size & 0x7FU;
  const std::size_t most = family == 1 ? 4 : 16;
  if (family != 1 && family != 2) {
    wire.error = "dns: unrecognized APL address family";
  } else if (ones > most * 8) {
    wire.error = "dns: APL prefix too long";
  } else if (length > most) {
    wire.error = "dns: APL length too long";
  }
  if (!wire.error.empty()) return;
  go::Ip ip;
  ip.is4 = family == 1;
  const std::string_view raw = wire.take(length, "APL address");
  for (std::size_t i = 0; i < raw.size(); ++i) ip.bytes[16 - most + i] = static_cast<std::uint8_t>(raw[i]);
  std::string address = go::to_string(ip);
  if (family == 2 && address.find(':') == std::string::npos) address = "::ffff:" + address;
  out.word(fmt::format("{}{}:{}/{}", size > 0x7F ? "!" : "", family, address, ones));
}

}  // namespace

std::string unpack_odd(std::uint16_t type, std::string_view bytes, RdataWriter& out) {
  Wire wire(bytes);
  switch (type) {
    case 29:
      take_loc(wire, out);
      break;
    case 42:
      while (!wire.done() && wire.error.empty()) take_prefix(wire, out);
      break;
    case 45:
      take_ipseckey(wire, out);
      break;
    case 55:
      take_hip(wire, out);
      break;
    case type::svcb:
    case type::https:
      return unpack_svcb(bytes, out);
    case 260:
      take_amtrelay(wire, out);
      break;
    default:
      out.word(bytes);  // NULL has no presentation; nor have those that no zone holds
  }
  return wire.error;
}

}  // namespace corefile::zone
