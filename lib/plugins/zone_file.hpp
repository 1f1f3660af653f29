// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// A zone file as far as it decides whether `file` is set up: miekg/dns, scan.go, and plugin/file/file.go, Parse.
namespace corefile::plugins {

struct ZoneStart {
  enum class Kind : std::uint8_t {
    unknown,  ///< what is read first cannot be told here, or stands in another file
    barren,   ///< no SOA record anywhere
    found
  } kind = Kind::unknown;
  std::string owner{};       ///< of the first SOA record: lower-case, with the last dot; empty if it cannot be told
  bool serial_zero = false;  ///< CoreDNS takes that for a zone that has not changed since it last looked
};

/// `origin` is the zone that the file is read for, normalised. O(text).
ZoneStart read_zone_start(std::string_view text, std::string_view origin);

}  // namespace corefile::plugins
