// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Go's strconv and time, as CoreDNS's setup code uses them.
namespace corefile::go {

/// strconv.Atoi: an optional sign and decimal digits, 64 bits.
std::optional<std::int64_t> atoi(std::string_view text) noexcept;
/// strconv.ParseUint(text, 10, bits).
std::optional<std::uint64_t> parse_uint(std::string_view text, unsigned bits) noexcept;
/// DIGITS[.DIGITS][eEXPONENT], with a digit on either side of the dot.
bool is_decimal(std::string_view text);
/// strconv.ParseFloat(text, bits), NaN and Inf included; none too for values out of range.
std::optional<double> parse_float(std::string_view text, unsigned bits) noexcept;
/// time.ParseDuration, in nanoseconds.
std::optional<std::int64_t> parse_duration(std::string_view text) noexcept;
/// time.Duration.String of whole seconds: `1h0m5s`.
std::string seconds_text(std::int64_t seconds);
/// What time.ParseDuration says of a text that it does not take.
std::string duration_fault(std::string_view text);

inline constexpr std::int64_t second = 1'000'000'000;

}  // namespace corefile::go
