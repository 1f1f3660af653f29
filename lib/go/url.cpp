// SPDX-License-Identifier: Apache-2.0
#include "go/url.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "go/net.hpp"

/// net/url/url.go of Go 1.26.
namespace corefile::go {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool only(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [marks](char c) { return ascii::is_alnum(c) || marks.find(c) != std::string_view::npos; });
}

enum class Part : unsigned char { other, host, zone };
constexpr std::string_view host_marks = "!$&'()*+,;=:[]<>\"-_.~";

// unescape. In a host only bytes outside ASCII may be escaped, in a zone also what a host may hold, and blanks.
std::string unescape_error(std::string_view text, Part part) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const std::string_view escape = text.substr(i, 3);
      const int high = escape.size() == 3 ? ascii::hex_value(escape[1]) : -1;
      const int low = escape.size() == 3 ? ascii::hex_value(escape[2]) : -1;
      const auto fault = [&] { return fmt::format("invalid URL escape \"{}\"", escape); };
      if (high < 0 || low < 0) return fault();
      if (part == Part::host && high < 8 && escape != "%25") return fault();
      const char meant = static_cast<char>(high * 16 + low);
      if (part == Part::zone && escape != "%25" && meant != ' ' && !only({&meant, 1}, host_marks)) return fault();
      i += 2;
    } else if (part != Part::other && is_ascii(text[i]) && !only(text.substr(i, 1), host_marks)) {
      return fmt::format("invalid character \"{}\" in host name", text[i]);
    }
  }
  return {};
}

std::string port_error(std::string_view port) {
  if (port.empty() || (port[0] == ':' && port.find_first_not_of("0123456789", 1) == std::string_view::npos)) return {};
  return fmt::format("invalid port \"{}\" after host", port);
}

// `[…]:PORT`, with a zone behind `%25`.
std::string literal_error(std::string_view host, UrlChecks checks) {
  const std::size_t close = host.rfind(']');
  if (close == std::string_view::npos) return "missing ']' in host";
  if (std::string error = port_error(host.substr(close + 1)); !error.empty()) return error;
  const std::string_view address = host.substr(0, close);
  const std::size_t zone = std::min(address.find("%25"), address.size());
  if (std::string error = unescape_error(address.substr(0, zone), Part::host); !error.empty()) return error;
  if (std::string error = unescape_error(address.substr(zone), Part::zone); !error.empty()) return error;
  const auto ip = parse_ip(address.substr(1, zone - 1));
  if (!checks.literals || (ip && !ip->is4 && address.substr(zone) != "%25")) return {};
  return "invalid IP-literal";
}

std::string host_error(std::string_view scheme, std::string_view host, UrlChecks checks) {
  if (checks.literals && host.rfind('[') != std::string_view::npos && host.rfind('[') > 0) return "invalid IP-literal";
  if (host.starts_with('[')) return literal_error(host, checks);
  const bool strict = checks.colons && (scheme == "http" || scheme == "https");
  if (const std::size_t colon = strict ? host.find(':') : host.rfind(':'); colon != std::string_view::npos) {
    if (std::string error = port_error(host.substr(colon)); !error.empty()) return error;
  }
  return unescape_error(host, Part::host);
}

// Leaves the host.
std::string take_user(std::string_view& authority) {
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return {};
  const std::string_view user = authority.substr(0, at);
  authority.remove_prefix(at + 1);
  if (!only(user, "-._:~!$&'()*+,;=%@")) return "net/url: invalid userinfo";
  return unescape_error(user, Part::other);
}

// Takes the scheme and its colon off. An empty scheme is not an error where what stands there cannot be one.
std::string take_scheme(std::string_view& text, Url& url) {
  const auto inner = [](char c) { return ascii::is_alnum(c) || c == '+' || c == '-' || c == '.'; };
  const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), inner) - text.begin());
  if (text.starts_with(':')) return "missing protocol scheme";
  if (end == text.size() || text[end] != ':' || !ascii::is_letter(text.front())) return {};
  url.scheme = ascii::to_lower(text.substr(0, end));
  text.remove_prefix(end + 1);
  return {};
}

std::string read(std::string_view text, Url& url, UrlChecks checks) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return (is_ascii(c) && c < ' ') || c == 0x7F; })) {
    return "net/url: invalid control character in URL";
  }
  if (text == "*") {
    url.path = text;
    return {};
  }
  if (std::string error = take_scheme(text, url); !error.empty()) return error;
  text = text.substr(0, text.find('?'));
  if (!text.starts_with('/')) {
    if (!url.scheme.empty()) {
      url.opaque = true;
      return {};
    }
    if (text.substr(0, text.find('/')).find(':') != std::string_view::npos) return "first path segment in URL cannot contain colon";
  }
  if (text.starts_with("//") && (!url.scheme.empty() || !text.starts_with("///"))) {
    std::string_view authority = text.substr(2, text.find('/', 2) - 2);
    text.remove_prefix(2 + authority.size());
    std::string error = take_user(authority);
    std::string host = host_error(url.scheme, authority, checks);
    if (!host.empty()) return host;
    if (!error.empty()) return error;
    url.host = authority;
  }
  url.path = text;
  return unescape_error(text, Part::other);
}

}  // namespace

std::optional<Url> parse_url(std::string_view text, std::string* error, UrlChecks checks) {
  Url url;
  const std::size_t hash = text.find('#');
  std::string fault = read(text.substr(0, hash), url, checks);
  if (fault.empty() && hash != std::string_view::npos) fault = unescape_error(text.substr(hash + 1), Part::other);
  if (fault.empty()) return url;
  if (error != nullptr) *error = std::move(fault);
  return {};
}

std::string url_error(std::string_view text, UrlChecks checks) {
  std::string error;
  parse_url(text, &error, checks);
  return error;
}

}  // namespace corefile::go
