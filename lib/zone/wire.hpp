// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "zone/names.hpp"
#include "zone/rdata.hpp"

/// Bytes of rdata: miekg/dns, msg_helpers.go.
namespace corefile::zone {

/// Takes bytes from the front; `error` is set where too few are left.
class Wire {
 public:
  explicit Wire(std::string_view bytes) : bytes_(bytes) {}
  bool done() const noexcept { return at_ >= bytes_.size(); }
  std::string_view all() noexcept { return take(bytes_.size() - at_, ""); }
  std::string_view take(std::size_t count, std::string_view what) {
    if (count > bytes_.size() - at_) {
      error = fmt::format("dns: overflow unpacking {}", what);
      return {};
    }
    const std::string_view out = bytes_.substr(at_, count);
    at_ += count;
    return out;
  }
  std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (const char c : take(bytes, bytes == 6 ? "uint64 as uint48" : fmt::format("uint{}", bytes * 8)))
      value = value << 8U | static_cast<unsigned char>(c);
    return value;
  }
  // A character string with its escapes.
  std::string text() {
    const std::string_view size = take(1, "txt");
    const std::string_view raw = size.empty() ? size : take(static_cast<unsigned char>(size.front()), "txt");
    std::string out;
    for (const char c : raw) append_text_byte(out, c);
    return out;
  }
  std::string name() {
    Unpacked unpacked = unpack_name(bytes_, at_);
    if (!unpacked.error.empty()) error = unpacked.error;
    at_ = unpacked.end;
    return std::move(unpacked.name);
  }

  std::string error{};

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::string hex_of(std::string_view bytes);
/// Sixteen bytes or four.
void take_ip(Wire& wire, Field field, RdataWriter& out);

}  // namespace corefile::zone
