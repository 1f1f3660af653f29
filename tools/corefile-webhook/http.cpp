// SPDX-License-Identifier: Apache-2.0
#include "http.hpp"

#include "base/ascii.hpp"

namespace corefile::webhook {

std::string_view reason_of(unsigned status) noexcept {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

std::optional<std::chrono::milliseconds> patience(std::string_view target) noexcept {
  constexpr std::string_view name = "timeout=";
  const std::size_t at = target.find(name);
  if (at == std::string_view::npos) return {};
  std::chrono::seconds seconds{0};
  for (const char c : target.substr(at + name.size(), 4)) {
    if (!ascii::is_digit(c)) break;
    seconds = seconds * 10 + std::chrono::seconds(c - '0');
  }
  if (seconds.count() == 0) return {};
  return seconds;
}

bool is_json(std::string_view type) noexcept {
  constexpr std::string_view json = "application/json";
  return ascii::same_letters(type.substr(0, json.size()), json) &&
         (type.size() == json.size() || type[json.size()] == ';' || type[json.size()] == ' ');
}

std::string message(unsigned status, std::string_view body, bool keep) {
  std::string out = "HTTP/1.1 ";
  out += std::to_string(status);
  out += ' ';
  out += reason_of(status);
  out += status == 200 ? "\r\nContent-Type: application/json" : "\r\nContent-Type: text/plain; charset=utf-8";
  if (status == 405) out += "\r\nAllow: POST";
  if (status == 503) out += "\r\nRetry-After: 1";
  if (!keep) out += "\r\nConnection: close";
  out += "\r\nContent-Length: ";
  out += std::to_string(body.size());
  out += "\r\n\r\n";
  out += body;
  return out;
}

}  // namespace corefile::webhook
