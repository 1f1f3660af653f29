// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace corefile::go {

/// What only some of Go's own releases refuse.
struct UrlChecks {
  bool literals = false;  ///< brackets hold an IPv6 address and stand first (Go 1.25.2)
  bool colons = false;    ///< one colon in the host of http and https (go.mod's go 1.26)
};

struct Url {
  std::string scheme;     ///< in small letters
  std::string_view host;  ///< with its port, as written
  std::string_view path;  ///< as written
  bool opaque = false;    ///< `scheme:rest`
};

/// net/url.Parse; its error's words go to `error`.
std::optional<Url> parse_url(std::string_view text, std::string* error = nullptr, UrlChecks checks = {});
/// Its error's words, or nothing.
std::string url_error(std::string_view text, UrlChecks checks = {});

}  // namespace corefile::go
