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

bool is_cidr(std::string_view zone) noexcept {
  const std::size_t slash = zone.find('/');
  return slash != std::string_view::npos && !zone.ends_with("arpa");
}

}  // namespace

std::string_view zone_of(std::string_view text) noexcept {
  if (!short_text::holds(text, ':')) return without_last_dot(text);
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
    const std::string_view port = text.substr(colon + 1);
    const bool digits = !port.empty() && port.find_first_not_of("0123456789") == std::string_view::npos;
    if (digits) text = text.substr(0, colon);
  }
  return without_last_dot(text);
}

bool same_name(std::string_view a, std::string_view b) noexcept {
  a = without_last_dot(a);
  b = without_last_dot(b);
  return a.size() == b.size() && (a == b || ascii::same_letters(a, b));
}

bool covers(std::string_view zone, std::string_view name) noexcept {
  zone = without_last_dot(zone);
  name = without_last_dot(name);
  if (zone.empty()) return true;
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
  return covers("in-addr.arpa", name) || covers("ip6.arpa", name) || is_cidr(zone);
}

bool any_covers(std::span<const Word> zones, std::string_view name) noexcept {
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
