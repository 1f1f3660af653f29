// SPDX-License-Identifier: Apache-2.0
#include "go/url.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace corefile::go {
namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool only(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [marks](char c) { return is_alphanumeric(c) || marks.find(c) != std::string_view::npos; });
}

// url.go, unescape. In a host only bytes outside ASCII may be escaped.
std::string escape_error(std::string_view text, bool host) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const std::string_view escape = text.substr(i, 3);
      const bool hex = escape.size() == 3 && is_hex(escape[1]) && is_hex(escape[2]);
      if (!hex || (host && escape[1] < '8' && escape != "%25")) return fmt::format("invalid URL escape \"{}\"", escape);
      i += 2;
    } else if (host && is_ascii(text[i]) && !only(text.substr(i, 1), "!$&'()*+,;=:[]<>\"-_.~")) {
      return fmt::format("invalid character \"{}\" in host name", text[i]);
    }
  }
  return {};
}

std::string host_error(std::string_view host) {
  std::string_view port;
  if (host.starts_with('[')) {
    const std::size_t close = host.rfind(']');
    if (close == std::string_view::npos) return "missing ']' in host";
    port = host.substr(close + 1);
    host = host.substr(0, std::min(close, host.find("%25")));
  } else if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos) {
    port = host.substr(colon);
  }
  if (!port.empty() && (port[0] != ':' || port.find_first_not_of("0123456789", 1) != std::string_view::npos)) {
    return fmt::format("invalid port \"{}\" after host", port);
  }
  return escape_error(host, true);
}

}  // namespace

std::string url_error(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return (is_ascii(c) && c < ' ') || c == 0x7F; })) {
    return "net/url: invalid control character in URL";
  }
  const std::size_t hash = text.find('#');
  if (hash != std::string_view::npos) {
    if (std::string error = escape_error(text.substr(hash + 1), false); !error.empty()) return error;
    text = text.substr(0, hash);
  }
  text = text.substr(0, text.find('?'));
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return {};
  text.remove_prefix(scheme + 3);
  const std::size_t slash = std::min(text.find('/'), text.size());
  std::string_view host = text.substr(0, slash);
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
    const std::string_view user = host.substr(0, at);
    if (!only(user, "-._:~!$&'()*+,;=%@")) return "net/url: invalid userinfo";
    if (std::string error = escape_error(user, false); !error.empty()) return error;
    host.remove_prefix(at + 1);
  }
  if (std::string error = host_error(host); !error.empty()) return error;
  return escape_error(text.substr(slash), false);
}

}  // namespace corefile::go
