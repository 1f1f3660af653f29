// SPDX-License-Identifier: Apache-2.0
#include "flow/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/net.hpp"

namespace corefile {

std::string to_string(const Record& record) {
  std::string text = fmt::format("{} {} {} {} {}", record.name, record.ttl, record.klass, record.type, record.data);
  const auto plain = [](char c) { return ' ' <= c && c <= '~'; };
  if (std::all_of(text.begin(), text.end(), plain)) return text;
  std::string escaped;
  for (const char c : text) escaped += plain(c) ? std::string(1, c) : fmt::format("\\{:03}", static_cast<unsigned char>(c));
  return escaped;
}

namespace flow_detail {

void Request::set_name(std::string text) {
  name = std::move(text);
  lower = ascii::to_lower(name);
}

Message reply_to(const Request& request, std::string_view rcode, bool authoritative) {
  Message message{request.name, request.type, {}, false};
  message.reply.rcode = rcode;
  message.reply.authoritative = authoritative;
  return message;
}

Message no_message() {
  Message message;
  message.null = true;
  return message;
}

bool is_written(std::string_view rcode) noexcept {
  return rcode != "SERVFAIL" && rcode != "REFUSED" && rcode != "FORMERR" && rcode != "NOTIMP";
}

Kind kind_of(const Message& message, const Request& request, Release release) noexcept {
  const Reply& reply = message.reply;
  if (request.opcode == "UPDATE") return Kind::update;
  if (request.opcode == "NOTIFY" || message.type == "AXFR" || message.type == "IXFR") return Kind::meta;
  const bool success = reply.rcode == "NOERROR";
  if (!reply.answer.empty() && success) return Kind::no_error;
  const bool plain = release >= Release{1, 14, 5};  // NXDOMAIN needs no SOA record, and no answer
  if (plain && !reply.answer.empty() && reply.rcode == "NXDOMAIN") return Kind::other_error;
  const auto in_authority = [&reply](std::string_view type) {
    return std::any_of(reply.authority.begin(), reply.authority.end(), [type](const Record& record) { return record.type == type; });
  };
  if (success && in_authority("SOA")) return Kind::no_data;
  if (reply.rcode == "NXDOMAIN" && (plain || in_authority("SOA"))) return Kind::name_error;
  if (reply.rcode == "SERVFAIL" || reply.rcode == "NOTIMP") return Kind::server_error;
  if (success && in_authority("NS")) return Kind::delegation;
  return success ? Kind::no_error : Kind::other_error;
}

std::vector<std::string_view> labels_of(std::string_view name) {
  std::vector<std::string_view> labels;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '\\') {
      ++i;
    } else if (name[i] == '.') {
      if (i > begin) labels.push_back(name.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  if (begin < name.size()) labels.push_back(name.substr(begin));
  return labels;
}

std::size_t count_labels(std::string_view name) noexcept {
  if (name.empty() || name == ".") return 0;
  std::size_t count = name.back() == '.' ? 0 : 1;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '\\') {
      ++i;
    } else if (name[i] == '.') {
      ++count;
    }
  }
  return count;
}

std::string in_front(std::string_view label, std::string_view name) {
  return name == "." ? fmt::format("{}.", label) : fmt::format("{}.{}", label, name);
}

std::string whole_address(std::string name) {
  const bool four = below(name, reverse_four);
  const std::size_t wanted = four ? 6 : 34;
  while (count_labels(name) < wanted) name = in_front("1", name);
  return name;
}

bool below(std::string_view name, std::string_view zone) noexcept {
  if (zone == ".") return true;
  if (zone.empty() || name.size() < zone.size() || !ascii::same_letters(name.substr(name.size() - zone.size()), zone)) return false;
  if (name.size() == zone.size()) return true;
  const std::size_t dot = name.size() - zone.size() - 1;
  return name[dot] == '.' && (dot == 0 || name[dot - 1] != '\\');
}

std::string_view match(const std::vector<std::string>& zones, std::string_view name) noexcept {
  std::string_view best;
  for (const std::string& zone : zones) {
    if (zone.size() > best.size() && below(name, zone)) best = zone;
  }
  return best;
}

std::string fqdn(std::string_view name) { return go::fqdn(name); }

std::string join(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (std::string_view part : parts) {
    while (part.ends_with('.')) part.remove_suffix(1);
    while (part.starts_with('.')) part.remove_prefix(1);
    if (part.empty()) continue;
    out += part;
    out += '.';
  }
  return out.empty() ? "." : out;
}

std::optional<std::string_view> trim_zone(std::string_view name, std::string_view zone) noexcept {
  const std::size_t dropped = count_labels(zone);
  const std::size_t all = count_labels(name);
  if (dropped >= all) return {};
  std::size_t keep = all - dropped;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '\\') {
      ++i;
    } else if (name[i] == '.' && --keep == 0) {
      return i == 0 ? std::optional<std::string_view>() : name.substr(0, i);
    }
  }
  return name;
}

bool in_reverse_tree(std::string_view name) noexcept { return name.ends_with(".in-addr.arpa.") || name.ends_with(".ip6.arpa."); }

std::string address_of_reverse(std::string_view name) {
  constexpr std::string_view four = ".in-addr.arpa.", six = ".ip6.arpa.";
  const bool is_four = name.ends_with(four);
  if (!is_four && !name.ends_with(six)) return {};
  name.remove_suffix(is_four ? four.size() : six.size());
  std::vector<std::string_view> parts;
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
    parts.push_back(name.substr(0, dot));
    name.remove_prefix(dot + 1);
  }
  parts.push_back(name);
  std::string text;
  if (is_four) {
    for (std::size_t i = parts.size(); i-- > 0;) text += fmt::format("{}{}", parts[i], i == 0 ? "" : ".");
    const auto ip = go::parse_ip(text);
    return ip && ip->is4 ? go::to_string(*ip) : std::string();
  }
  const std::size_t whole = parts.size() - parts.size() % 4;
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && i % 4 == 0) text += ':';
    text += parts[parts.size() - 1 - i];
  }
  return plain_address(text);
}

std::string plain_address(std::string_view text) {
  const auto ip = go::parse_ip(text);
  if (!ip) return {};
  // net.IP prints IPv4 in IPv6 as IPv4.
  constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (!ip->is4 && std::equal(mapped.begin(), mapped.end(), ip->bytes.begin())) {
    return fmt::format("{}.{}.{}.{}", ip->bytes[12], ip->bytes[13], ip->bytes[14], ip->bytes[15]);
  }
  return go::to_string(*ip);
}

bool is_ipv4(std::string_view address) noexcept { return address.find(':') == std::string_view::npos; }

Record record(std::string name, std::uint32_t ttl, std::string_view type, std::string data) {
  return {std::move(name), ttl, std::string(type), std::move(data)};
}

std::optional<std::pair<std::size_t, std::size_t>> name_in_data(const Record& record) noexcept {
  constexpr std::array<std::string_view, 4> alone{"CNAME", "NS", "DNAME", "PTR"};
  constexpr std::array<std::string_view, 3> last{"SRV", "MX", "NAPTR"};
  const std::string_view data = record.data;
  if (std::find(alone.begin(), alone.end(), record.type) != alone.end()) return std::pair{std::size_t{0}, data.size()};
  if (record.type == "SOA") return std::pair{std::size_t{0}, std::min(data.find(' '), data.size())};
  if (std::find(last.begin(), last.end(), record.type) == last.end()) return {};
  const std::size_t space = data.rfind(' ');
  return space == std::string_view::npos ? std::optional<std::pair<std::size_t, std::size_t>>()
                                         : std::pair{space + 1, data.size() - space - 1};
}

}  // namespace flow_detail
}  // namespace corefile
