// SPDX-License-Identifier: Apache-2.0
#include "plugins/zone_file.hpp"

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "go/net.hpp"

namespace corefile::plugins {
namespace {

struct Entry {
  bool indented = false;  // a blank stands first: the owner is the one before
  bool escaped = false;   // a backslash or a quote: words may be others than they seem
  std::vector<std::string_view> words;
};

// The next entry: a line, or several that parentheses join. False at the end.
bool take_entry(std::string_view& text, Entry& entry) {
  entry = {};
  if (text.empty()) return false;
  entry.indented = ascii::is_blank(text.front());
  int depth = 0;
  std::size_t i = 0;
  while (i < text.size() && (text[i] != '\n' || depth > 0)) {
    const char c = text[i];
    if (c == ';') {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '(' || c == ')') {
      depth += c == '(' ? 1 : -1;
      ++i;
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++i;
    } else {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n;()", i), text.size());
      entry.words.push_back(text.substr(i, end - i));
      entry.escaped = entry.escaped || entry.words.back().find_first_of("\\\"") != std::string_view::npos;
      i = end;
    }
  }
  text.remove_prefix(std::min(i + 1, text.size()));
  return true;
}

std::string absolute(std::string_view name, const std::string& origin) {
  if (name == "@") return origin;
  if (name.ends_with('.')) return go::normalize_name(name);
  return go::normalize_name(std::string(name) + (origin == "." ? "." : "." + origin));
}

bool is_ttl(const std::string& word) { return word.find_first_not_of("0123456789SMHDW") == std::string::npos && word.front() <= '9'; }
bool is_class(const std::string& word) { return word == "IN" || word == "CH" || word == "CS" || word == "HS"; }

// Where the entry's type stands: behind its owner, a TTL and a class in either order.
std::size_t type_at(const Entry& entry) {
  std::size_t at = entry.indented ? 0 : 1;
  for (int skipped = 0; skipped < 2 && at < entry.words.size(); ++skipped, ++at) {
    const std::string word = ascii::to_upper(entry.words[at]);
    if (!is_ttl(word) && !is_class(word)) break;
  }
  return at;
}

bool mentions_soa(std::string_view text) {
  Entry entry;
  while (take_entry(text, entry)) {
    if (entry.escaped) return true;
    for (const std::string_view word : entry.words) {
      const std::string name = ascii::to_upper(word);
      if (name == "SOA" || name == "TYPE6" || name == "$INCLUDE" || name == "$GENERATE") return true;
    }
  }
  return false;
}

}  // namespace

ZoneStart read_zone_start(std::string_view text, std::string_view origin) {
  if (!mentions_soa(text)) return {ZoneStart::Kind::barren};
  std::string current(origin);
  std::string owner;
  Entry entry;
  while (take_entry(text, entry)) {
    if (entry.words.empty()) continue;
    if (entry.escaped) return {};
    const std::string first = ascii::to_upper(entry.words.front());
    if (first == "$ORIGIN" && entry.words.size() == 2) {
      current = absolute(entry.words[1], current);
      continue;
    }
    if (first == "$TTL") continue;
    if (first.starts_with('$')) return {};
    if (!entry.indented) owner = absolute(entry.words.front(), current);
    const std::size_t type = type_at(entry);
    if (type >= entry.words.size() || ascii::to_upper(entry.words[type]) != "SOA") continue;
    const std::size_t serial = type + 3;
    const bool zero = serial < entry.words.size() && entry.words[serial].find_first_not_of('0') == std::string_view::npos;
    return {ZoneStart::Kind::found, owner, zero};
  }
  return {};
}

}  // namespace corefile::plugins
