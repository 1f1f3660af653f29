// SPDX-License-Identifier: Apache-2.0
#include "zone/names.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace corefile::zone {
namespace {

bool is_special(char c) noexcept { return std::string_view(". '@;()\"\\").find(c) != std::string_view::npos; }
bool is_plain(char c) noexcept { return c >= ' ' && c <= '~'; }

void append_ddd(std::string& out, char byte) {
  const auto value = static_cast<unsigned char>(byte);
  out += '\\';
  out += static_cast<char>('0' + value / 100);
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

// As Go's bytes wrap.
char ddd_byte(std::string_view digits) noexcept {
  return static_cast<char>((digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0'));
}

bool escaped_dot(std::string_view name, std::size_t dot) noexcept {
  std::size_t backslashes = 0;
  while (backslashes < dot && name[dot - 1 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 != 0;
}

std::vector<std::size_t> starts(std::string_view name) {
  std::vector<std::size_t> out;
  if (name == ".") return out;
  out.push_back(0);
  for (Label label = next_label(name, 0); !label.passed; label = next_label(name, label.at)) out.push_back(label.at);
  return out;
}

}  // namespace

bool is_ddd(std::string_view text) noexcept {
  return text.size() >= 3 && ascii::is_digit(text[0]) && ascii::is_digit(text[1]) && ascii::is_digit(text[2]);
}

Decoded next_byte(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return {};
  if (text[at] != '\\') return {text[at], 1};
  const std::string_view behind = text.substr(at + 1);
  if (behind.empty()) return {};
  if (is_ddd(behind)) return {ddd_byte(behind), 4};
  return {behind.front(), 2};
}

void append_text_byte(std::string& out, char byte) {
  if (byte == '"' || byte == '\\') {
    out += '\\';
    out += byte;
  } else if (is_plain(byte)) {
    out += byte;
  } else {
    append_ddd(out, byte);
  }
}

void append_name_byte(std::string& out, char byte) {
  if (is_special(byte)) out += '\\';
  if (is_plain(byte)) {
    out += byte;
  } else {
    append_ddd(out, byte);
  }
}

// What stands before the first byte that must be escaped is left as it was written, superfluous escapes and all.
std::string print_name(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const Decoded next = name[at] == '.' ? Decoded{'.', 1} : next_byte(name, at);
    if (next.size == 0) return out.empty() ? std::string(name.substr(0, at)) : out;
    const bool dot = name[at] == '.';
    if (!dot && (is_special(next.byte) || !is_plain(next.byte))) {
      if (out.empty()) out = name.substr(0, at);
      append_name_byte(out, next.byte);
    } else if (!out.empty()) {
      out += next.byte;
    }
    at += next.size;
  }
  return out.empty() ? std::string(name) : out;
}

std::string print_text(std::string_view text) {
  std::string out(1, '"');
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = next_byte(text, at);
    if (next.size == 0) break;
    append_text_byte(out, next.byte);
    at += next.size;
  }
  return out += '"';
}

std::string print_octets(std::string_view text) {
  std::string out(1, '"');
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 2) == "\\.") {
      out += "\\.";
      at += 2;
      continue;
    }
    const Decoded next = next_byte(text, at);
    if (next.size == 0) break;
    append_text_byte(out, next.byte);
    at += next.size;
  }
  return out += '"';
}

std::optional<std::string> absolute_name(std::string_view name, std::string_view origin, int library) {
  if (name == "@") {
    if (origin.empty()) return {};
    return std::string(origin);
  }
  if (name == "\n" && library >= 66) return {};
  const go::NameRules rules = name_rules_of(library);
  if (!go::is_domain_name(name, rules) || name.empty()) return {};
  if (go::is_fqdn(name, rules)) return std::string(name);
  if (origin.empty()) return {};
  std::string out(name);
  if (origin != ".") out += '.';
  return out += origin;
}

std::optional<std::string> pack_name(std::string_view name, int library) {
  std::string out;
  if (name.empty()) return out;
  const go::NameRules rules = name_rules_of(library);
  if (!go::is_fqdn(name, rules)) return {};
  if (name == ".") return std::string(1, '\0');
  std::string label;
  bool was_dot = false;
  for (std::size_t at = 0; at < name.size();) {
    if (name[at] == '.') {
      if (was_dot || (at == 0 && !rules.leading_dot) || label.size() > 63) return {};
      was_dot = true;
      out += static_cast<char>(label.size());
      out += label;
      label.clear();
      ++at;
      continue;
    }
    const Decoded next = next_byte(name, at);
    if (next.size == 0) return {};
    label += next.byte;
    was_dot = false;
    at += next.size;
  }
  return out += '\0';
}

Unpacked unpack_name(std::string_view wire, std::size_t at) {
  Unpacked out;
  int budget = 255;
  int pointers = 0;
  for (;;) {
    if (at >= wire.size()) return {{}, wire.size(), "dns: buffer size too small"};
    const auto length = static_cast<unsigned char>(wire[at++]);
    if (length == 0) break;
    if ((length & 0xC0U) == 0xC0U) {
      if (at >= wire.size()) return {{}, wire.size(), "dns: buffer size too small"};
      const auto low = static_cast<unsigned char>(wire[at++]);
      if (pointers == 0) out.end = at;
      if (++pointers > 126) return {{}, wire.size(), "dns: too many compression pointers"};
      at = (length & 0x3FU) << 8U | low;
      continue;
    }
    if ((length & 0xC0U) != 0) return {{}, wire.size(), "dns: bad rdata"};
    if (at + length > wire.size()) return {{}, wire.size(), "dns: buffer size too small"};
    budget -= length + 1;
    if (budget <= 0) return {{}, wire.size(), "dns: domain name exceeded 255 wire-format octets"};
    for (const char c : wire.substr(at, length)) append_name_byte(out.name, c);
    out.name += '.';
    at += length;
  }
  if (pointers == 0) out.end = at;
  if (out.name.empty()) out.name = ".";
  return out;
}

std::string canonical_escape(std::string_view name, int library) {
  if (name.find('\\') == std::string_view::npos) return std::string(name);
  const auto wire = pack_name(name, library);
  if (!wire || wire->size() > name.size() + 1) return std::string(name);
  const Unpacked back = unpack_name(*wire, 0);
  return back.error.empty() ? back.name : std::string(name);
}

Label next_label(std::string_view name, std::size_t from) noexcept {
  if (name.empty()) return {0, true};
  std::size_t at = from;
  for (; at + 1 < name.size(); ++at) {
    if (name[at] == '.' && !escaped_dot(name, at)) return {at + 1, false};
  }
  return {at + 1, true};
}

Label previous_label(std::string_view name, int count) noexcept {
  if (name.empty()) return {0, true};
  if (count == 0) return {name.size(), false};
  std::size_t end = name.size();
  if (name.back() == '.') --end;
  for (; end > 0; --end) {
    if (name[end - 1] != '.' || escaped_dot(name, end - 1)) continue;
    if (--count == 0) return {end, false};
  }
  return {0, count > 1};
}

int count_labels(std::string_view name) noexcept {
  if (name == ".") return 0;
  int labels = 1;
  for (Label label = next_label(name, 0); !label.passed; label = next_label(name, label.at)) ++labels;
  return labels;
}

std::vector<std::string_view> split_name(std::string_view name, int library) {
  std::vector<std::string_view> out;
  if (name.empty()) return out;
  const std::size_t end = go::is_fqdn(name, name_rules_of(library)) ? name.size() - 1 : name.size();
  const std::vector<std::size_t> begins = starts(name);
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::size_t stop = i + 1 < begins.size() ? begins[i + 1] - 1 : std::max(end, begins[i]);
    out.push_back(name.substr(begins[i], stop - begins[i]));
  }
  return out;
}

bool is_subdomain(std::string_view parent, std::string_view child) noexcept {
  // CompareDomainName counts equal labels from the right, and the root as none.
  const int wanted = count_labels(parent);
  if (wanted == 0) return true;
  if (parent.empty()) return child.empty();
  if (child == "." || child.size() < parent.size()) return false;
  const std::size_t at = child.size() - parent.size();
  if (!ascii::same_letters(child.substr(at), parent)) return false;
  return at == 0 || (child[at - 1] == '.' && !escaped_dot(child, at - 1));
}

std::string canonical_name(std::string_view name, int library) { return ascii::to_lower(go::fqdn(name, name_rules_of(library))); }

}  // namespace corefile::zone
