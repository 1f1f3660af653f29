// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/key.hpp>

namespace corefile {

std::string_view to_string(Transport transport) noexcept {
  constexpr std::array<std::string_view, 7> names{"dns", "tls", "quic", "grpc", "https", "https3", "unix"};
  return names[static_cast<std::size_t>(transport)];
}

std::uint16_t default_port(Transport transport) noexcept {
  switch (transport) {
    case Transport::tls:
    case Transport::quic:
      return 853;
    case Transport::grpc:
    case Transport::https:
    case Transport::https3:
      return 443;
    case Transport::dns:
    case Transport::unix_socket:
      break;
  }
  return 53;
}

bool is_below(std::string_view name, std::string_view zone) noexcept {
  if (zone == ".") return true;
  if (!name.ends_with(zone)) return false;
  return name.size() == zone.size() || name[name.size() - zone.size() - 1] == '.';
}

bool is_reverse(std::string_view zone) noexcept { return is_below(zone, "in-addr.arpa.") || is_below(zone, "ip6.arpa."); }

}  // namespace corefile
