// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zone/lexer.hpp"

/// What stands behind a record's type: miekg/dns, scan_rr.go, svcb.go, and zmsg.go for data in hexadecimal digits.
namespace corefile::zone {

/// Text as miekg/dns prints it.
class RdataWriter {
 public:
  RdataWriter(int library, bool lower) : library_(library), lower_(lower) {}

  int library() const noexcept { return library_; }
  void word(std::string_view text);
  void number(std::uint64_t value);
  /// The last one is the target.
  void name(std::string_view name);
  void type(std::uint16_t type);
  void texts(const std::vector<std::string>& texts);

  std::string text{};
  std::string target{};
  std::uint16_t covered = 0;
  std::uint32_t serial = 0;

 private:
  int library_;
  bool lower_;
};

/// An error, with the token at fault; without one it is the caller's.
struct RdataFault {
  std::string what{};
  std::optional<Token> token{};
};
using RdataResult = std::optional<RdataFault>;

inline RdataFault fault(std::string what, const Token& token) { return {std::move(what), token}; }

/// A kind of field: how it is read as text and from the wire, and what it is when nothing stands there.
enum class Field : std::uint8_t {
  none,
  name,
  u8,
  u16,
  u32,
  ttl,        // u32, or with units
  word,       // anything, a character string on the wire
  some_word,  // anything but nothing
  decimal,    // a number of floating point, kept as it is
  ip4,
  ip6,
  any_ip,  // read as either, four bytes on the wire
  node,    // 64 bits as groups of hexadecimal digits
  node_upper,
  eui48,
  eui64,
  time,
  type,          // covered by a signature
  algorithm,     // of RRSIG: a number or, from 1.1.55 on, a name
  algorithm_up,  // of DS: in any case
  algorithm_cert,
  certificate,
  salt,
  quoted,  // NAPTR's
  tag,     // CAA's
  rest,    // to the end, without blanks: base 64
  rest_hex,
  rest_hex_up,
  bitmap,
  texts,
  one_text,    // exactly one, printed as octets
  two_texts,   // HINFO, ISDN
  first_text,  // UINFO
  hash         // NSEC3's next name
};

struct Layout {
  std::uint16_t type;
  std::string_view name;  ///< in errors
  struct Part {
    Field field = Field::none;
    std::string_view label{};
    bool skip = false;  ///< one token is passed over before what takes the rest of the line
  } parts[9];
  int since = 0;       ///< miekg/dns v1.1.N; before, the type is an unknown one
  bool slurp = false;  ///< looks for the end of the line once more behind the rest
};
/// Null: of a type that has no fields of this kind.
const Layout* layout_of(std::uint16_t type) noexcept;

/// TypeToRR: miekg/dns has a structure for the type.
bool is_known_type(std::uint16_t type, int library) noexcept;

/// slurpRemainder.
RdataResult end_of_record(Lexer& lexer);
/// endingToString, endingToTxtSlice.
RdataResult read_rest(Lexer& lexer, const std::string& what, std::string& out);
RdataResult read_texts(Lexer& lexer, const std::string& what, int library, std::vector<std::string>& out);

/// The rdata of a record of a known type. The lexer stands behind the blank after the type.
RdataResult read_rdata(Lexer& lexer, std::uint16_t type, std::string_view origin, RdataWriter& out);
/// `\# LENGTH HEX`: the digits.
RdataResult read_unknown(Lexer& lexer, std::string& hex);
/// What a record of a known type without any rdata prints.
void write_nothing(std::uint16_t type, RdataWriter& out);
/// A known type out of hexadecimal digits; the result is Go's error.
std::string unpack_rdata(std::uint16_t type, std::string_view hex, RdataWriter& out);

// Types with a form of their own. `zero`: printed as Go's zero value.
RdataResult read_odd(Lexer& lexer, std::uint16_t type, std::string_view origin, RdataWriter& out);
void write_odd_nothing(std::uint16_t type, RdataWriter& out);
std::string unpack_odd(std::uint16_t type, std::string_view wire, RdataWriter& out);
RdataResult read_svcb(Lexer& lexer, std::string_view origin, RdataWriter& out);
std::string unpack_svcb(std::string_view wire, RdataWriter& out);
RdataResult read_loc(Lexer& lexer, RdataWriter& out);
void write_loc(RdataWriter& out, const std::uint8_t (&precision)[3], std::uint32_t latitude, std::uint32_t longitude,
               std::uint32_t altitude);

/// Numbers and times as scan.go and dnssec.go read them.
std::optional<std::uint32_t> string_to_ttl(std::string_view token, int library) noexcept;
std::optional<std::uint32_t> string_to_time(std::string_view token) noexcept;
std::string time_to_string(std::uint32_t time);
/// encoding/base64, StdEncoding.
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64(std::string_view bytes);

}  // namespace corefile::zone
