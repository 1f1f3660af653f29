// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/release.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "go/net.hpp"

/// Domain names as miekg/dns keeps and compares them: text with escapes.
namespace corefile::zone {

/// The rules of IsDomainName and IsFqdn in miekg/dns v1.1.`library`.
constexpr go::NameRules name_rules_of(int library) noexcept { return {library <= 53, library <= 49, library <= 58}; }

/// nextByte: the byte that stands at an offset, and how many bytes of text it takes; 0 at the end and for a backslash that stands last.
struct Decoded {
  char byte = 0;
  std::size_t size = 0;
};
Decoded next_byte(std::string_view text, std::size_t at) noexcept;
/// `\DDD` with a value up to 255 or beyond: three digits stand there.
bool is_ddd(std::string_view text) noexcept;

/// sprintName.
std::string print_name(std::string_view name);
/// sprintTxt of one string, with its quotes.
std::string print_text(std::string_view text);
/// sprintTxtOctet.
std::string print_octets(std::string_view text);
/// As the escapes of a byte in a character string and in a name.
void append_text_byte(std::string& out, char byte);
void append_name_byte(std::string& out, char byte);

/// toAbsoluteName: none for what is not a name.
std::optional<std::string> absolute_name(std::string_view name, std::string_view origin, int library);

/// packDomainName and UnpackDomainName.
std::optional<std::string> pack_name(std::string_view name, int library);
/// What went wrong is miekg/dns's own message.
struct Unpacked {
  std::string name{};
  std::size_t end = 0;
  std::string_view error{};
};
Unpacked unpack_name(std::string_view wire, std::size_t at);
/// plugin/file/zone.go, canonicalEscape.
std::string canonical_escape(std::string_view name, int library);

/// NextLabel, PrevLabel: an offset and whether the end or the beginning was passed.
struct Label {
  std::size_t at = 0;
  bool passed = false;
};
Label next_label(std::string_view name, std::size_t from) noexcept;
Label previous_label(std::string_view name, int count) noexcept;
int count_labels(std::string_view name) noexcept;
std::vector<std::string_view> split_name(std::string_view name, int library);
bool is_subdomain(std::string_view parent, std::string_view child) noexcept;
/// CanonicalName.
std::string canonical_name(std::string_view name, int library);

/// plugin/file/tree/less.go of a release: below 0, 0 or above.
int compare_names(std::string_view a, std::string_view b, Release release);

}  // namespace corefile::zone
