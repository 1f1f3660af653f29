// SPDX-License-Identifier: Apache-2.0
#include "lint/zones.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/byte_set.hpp"
#include "base/short_text.hpp"

namespace corefile {
namespace {

std::string_view without_last_dot(std::string_view name) noexcept {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

constexpr std::size_t few = 16;
constexpr std::size_t longest_name = 255;  // RFC 1035; nobody asks for a longer one

bool is_cidr(std::string_view zone) noexcept { return short_text::holds(zone, '/') && !zone.ends_with("arpa"); }

/// Of `.a`, `addr`, `arp`, `rpa` the `a`, which stands at `at`.
bool is_telling(std::string_view text, std::size_t at) noexcept {
  const std::size_t left = text.size() - at;
  return (at > 0 && text[at - 1] == '.') || (at > 1 && text[at - 1] == 'p' && text[at - 2] == 'r') ||
         (left > 2 && text[at + 1] == 'r' && text[at + 2] == 'p') ||
         (left > 3 && text[at + 1] == 'd' && text[at + 2] == 'd' && text[at + 3] == 'r');
}

}  // namespace

bool is_like_reverse_zone(std::string_view text) noexcept {
  constexpr std::size_t shortest = 6;
  constexpr std::size_t longest = 90;
  if (text.size() < shortest || text.size() > longest || short_text::same(text, "cluster.local")) return false;
  if (text.front() == 'i') {
    if (short_text::same(text, "in-addr.arpa") || short_text::same(text, "ip6.arpa")) return false;
    if ((text[1] == 'n' && text[2] == '-') || (text[1] == 'p' && text[2] == '6')) return true;
  }
  for (std::size_t at = text.find('a'); at != std::string_view::npos; at = text.find('a', at + 1)) {
    if (is_telling(text, at)) return true;
  }
  return false;
}

std::string_view zone_of(std::string_view text) noexcept {
  std::size_t port = text.size();
  while (port > 0 && ascii::is_digit(text[port - 1])) --port;
  if (port > 0 && port < text.size() && text[port - 1] == ':') text = text.substr(0, port - 1);
  if (short_text::holds(text, ':')) {
    if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  }
  return without_last_dot(text);
}

bool same_name(std::string_view a, std::string_view b) noexcept {
  a = without_last_dot(a);
  b = without_last_dot(b);
  return a.size() == b.size() && (short_text::same(a, b) || ascii::same_letters(a, b));
}

bool covers(std::string_view zone, std::string_view name) noexcept {
  zone = without_last_dot(zone);
  name = without_last_dot(name);
  if (zone.empty() || short_text::same(zone, name)) return true;
  if (name.empty()) return false;
  if (name.size() >= zone.size() && ascii::lower(name.back()) == ascii::lower(zone.back()) &&
      same_name(zone, name.substr(name.size() - zone.size()))) {
    return name.size() == zone.size() || name[name.size() - zone.size() - 1] == '.';
  }
  if (!is_cidr(name) || is_cidr(zone)) return false;
  return same_name(zone, name.find(':') == std::string_view::npos ? "in-addr.arpa" : "ip6.arpa");
}

bool is_reverse_text(std::string_view zone) noexcept {
  const std::string_view name = without_last_dot(zone);
  if (name.empty() || ascii::lower(name.back()) != 'a') return short_text::holds(zone, '/');
  if (short_text::same(name, "in-addr.arpa") || short_text::same(name, "ip6.arpa")) return true;
  return covers("in-addr.arpa", name) || covers("ip6.arpa", name) || is_cidr(zone);
}

bool any_covers(std::span<const Word> zones, std::string_view name) noexcept {
  if (without_last_dot(name).empty())
    return std::any_of(zones.begin(), zones.end(), [](const Word& zone) { return zone_of(zone).empty(); });
  return std::any_of(zones.begin(), zones.end(), [name](const Word& zone) { return covers(zone_of(zone), name); });
}

bool any_overlaps(std::span<const Word> a, std::span<const Word> b) {
  if (a.size() * b.size() <= few * few) {
    return std::any_of(a.begin(), a.end(), [b](const Word& left) {
      return std::any_of(b.begin(), b.end(), [&left](const Word& right) { return overlap(zone_of(left), zone_of(right)); });
    });
  }
  const auto covers_one_of = [](const ZoneSet& zones, std::span<const Word> names) {
    return std::any_of(names.begin(), names.end(), [&zones](const Word& name) { return zones.covers(zone_of(name)); });
  };
  return covers_one_of(ZoneSet(a), b) || covers_one_of(ZoneSet(b), a);
}

ZoneSet::ZoneSet(std::span<const Word> zones) {
  if (zones.size() <= few) {
    few_ = zones;
    return;
  }
  for (const Word& zone : zones) by_name_.insert(ascii::to_lower(without_last_dot(zone_of(zone))));
}

bool ZoneSet::covers(std::string_view name) const {
  if (by_name_.empty()) return any_covers(few_, name);
  if (by_name_.contains("")) return true;
  const std::string whole = ascii::to_lower(without_last_dot(name));
  if (whole.empty() || whole.size() > longest_name) return false;
  for (std::size_t at = 0;; ++at) {
    if (by_name_.contains(whole.substr(at))) return true;
    at = whole.find('.', at);
    if (at == std::string::npos) break;
  }
  return is_cidr(whole) && by_name_.contains(whole.find(':') == std::string::npos ? "in-addr.arpa" : "ip6.arpa");
}

bool all_known(std::span<const Word> words) noexcept {
  static constexpr ByteSet capitals("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
  static constexpr ByteSet signs("{}<>$%");
  static constexpr ByteSet doubtful("{}<>$%_");
  return std::none_of(words.begin(), words.end(), [](const Word& word) {
    if (word.bare != 0) return false;
    const std::string_view text = word.text;
    if (word.unknown != 0) return true;
    if (doubtful.any_in(text) && (signs.any_in(text) || text.find("__") != std::string_view::npos)) return true;
    return text.size() > 5 && capitals.has(text.front()) && capitals.all_in(text);
  });
}

bool has_unresolved_import(const Config& config) noexcept {
  return std::any_of(config.remarks().begin(), config.remarks().end(),
                     [](const Problem& remark) { return remark.kind == ProblemKind::import_unresolved; });
}

bool has_unresolved_import(const Config& config, const Place& where) noexcept {
  return std::any_of(config.remarks().begin(), config.remarks().end(), [&where](const Problem& remark) {
    return remark.kind == ProblemKind::import_unresolved && remark.place.document == where.document &&
           where.span.begin <= remark.place.span.begin && remark.place.span.end <= where.span.end;
  });
}

}  // namespace corefile
