// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What miekg/dns calls types, classes and algorithms, by its own releases.
namespace corefile::zone {

/// N of the github.com/miekg/dns v1.1.N that a release of CoreDNS is built with (go.mod). O(log releases).
int dns_library(Release release) noexcept;

/// StringToType: of a word in upper case. None for `TYPE1` too.
std::optional<std::uint16_t> named_type(std::string_view upper, int library) noexcept;
/// Its keys. O(log types).
std::span<const std::string_view> type_names(int library) noexcept;
/// Type.String: `A`, `TYPE65280`.
std::string type_text(std::uint16_t type, int library);
/// typeToInt, classToInt: a number behind so many bytes, whatever they are.
std::optional<std::uint16_t> number_behind(std::string_view word, std::size_t bytes) noexcept;

/// StringToClass.
std::span<const std::string_view> class_names() noexcept;
std::optional<std::uint16_t> named_class(std::string_view upper) noexcept;
std::string class_text(std::uint16_t klass);

/// DNSSEC's algorithms.
std::optional<std::uint8_t> named_algorithm(std::string_view name) noexcept;
std::string algorithm_text(std::uint8_t algorithm);
/// Kinds of CERT.
std::optional<std::uint16_t> named_certificate(std::string_view name) noexcept;
std::string certificate_text(std::uint16_t kind);

}  // namespace corefile::zone
