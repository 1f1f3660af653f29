// SPDX-License-Identifier: Apache-2.0
#include "write.hpp"

#include <vector>

namespace manifest_test {
namespace {

using corefile::ScalarStyle;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string indent(Random& random) { return std::string(3 + random() % 4, ' '); }

/// The header's chomping that keeps the text's line ends; the lines without the last, empty one.
std::string literal(std::string_view text, Random& random) {
  if (text.find_first_not_of('\n') == std::string_view::npos) return {};
  const std::string margin = indent(random);
  std::vector<std::string_view> lines = lines_of(text);
  const bool ends = lines.back().empty();
  if (ends) lines.pop_back();
  const bool more = ends && lines.back().empty();
  std::string out = "|";
  const std::string_view first = text.substr(text.find_first_not_of('\n'));
  if (is_blank(first.front()) || random() % 4 == 0) out += std::to_string(margin.size() - 2);
  out += more ? "+" : !ends ? "-" : "";
  out += random() % 4 == 0 ? "  # a comment\n" : "\n";
  for (const std::string_view line : lines) {
    if (!line.empty() || random() % 4 == 0) out += margin;
    out.append(line).append("\n");
  }
  return out;
}

/// Single spaces inside a line may be line ends; a line end is an empty line.
std::string folded_lines(std::string_view text, const std::string& margin, Random& random, bool trailing_blanks) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool single = text[i] == ' ' && i > 0 && i + 1 < text.size() && !is_blank(text[i - 1]) && text[i - 1] != '\n' &&
                        !is_blank(text[i + 1]) && text[i + 1] != '\n';
    if (text[i] == '\n') {
      const bool first = i == 0 || text[i - 1] != '\n';
      out += first ? "\n\n" : "\n";
      if (i + 1 < text.size() && text[i + 1] != '\n') out += margin;
    } else if (single && random() % 4 == 0) {
      if (trailing_blanks && random() % 2 == 0) out += "  ";
      out += "\n" + margin;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool has_blank_ends(std::string_view text) {
  for (const std::string_view line : lines_of(text)) {
    if (!line.empty() && (is_blank(line.front()) || is_blank(line.back()))) return true;
  }
  return false;
}

std::string folded(std::string_view text, Random& random) {
  if (has_blank_ends(text) || text.empty() || text.starts_with('\n') || !text.ends_with('\n') || text.ends_with("\n\n")) return {};
  const std::string margin = indent(random);
  return ">\n" + margin + folded_lines(text.substr(0, text.size() - 1), margin, random, false) + "\n";
}

bool has_key(std::string_view text) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    if (at + 1 == text.size() || is_blank(text[at + 1]) || text[at + 1] == '\n') return true;
  }
  return false;
}

std::string plain(std::string_view text, Random& random) {
  constexpr std::string_view safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:/{}; \n";
  if (text.empty() || text.find_first_not_of(safe) != std::string_view::npos || has_blank_ends(text) || text.starts_with('\n') ||
      text.ends_with('\n') || text.starts_with('{') || text.starts_with('}') || has_key(text)) {
    return {};
  }
  return folded_lines(text, indent(random), random, true) + "\n";
}

std::string single_quoted(std::string_view text, Random& random) {
  if (has_blank_ends(text) || text.starts_with('\n') || text.ends_with('\n')) return {};
  std::string doubled;
  for (const char c : folded_lines(text, indent(random), random, true)) doubled += c == '\'' ? "''" : std::string(1, c);
  return "'" + doubled + "'\n";
}

std::string escape(char c, Random& random, bool json) {
  const std::string code = {"0123456789abcdef"[static_cast<unsigned char>(c) >> 4U],
                            "0123456789ABCDEF"[static_cast<unsigned char>(c) & 0xFU]};
  if (!json && random() % 3 == 0) return "\\x" + code;
  if (!json && random() % 3 == 0) return "\\U000000" + code;
  if (random() % 3 == 0) return "\\u00" + code;
  switch (c) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    default:
      return "\\u00" + code;
  }
}

std::string double_quoted(std::string_view text, Random& random, bool json) {
  const std::string margin = indent(random);
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    const bool must = static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7F;
    const bool inside = i > 0 && i + 1 < text.size();
    if (!json && inside && c == ' ' && !is_blank(text[i - 1]) && text[i - 1] != '\n' && text[i + 1] > ' ' && random() % 6 == 0) {
      out += "\n" + margin;
    } else {
      if (!json && inside && text[i - 1] != ' ' && text[i - 1] != '\t' && !is_blank(c) && ascii && random() % 12 == 0)
        out += "\\\n" + margin;
      out += must || (ascii && random() % 8 == 0) ? escape(c, random, json) : std::string(1, c);
    }
  }
  return out + "\"";
}

}  // namespace

std::string write(std::string_view text, ScalarStyle style, Random& random) {
  std::string value;
  switch (style) {
    case ScalarStyle::literal:
      value = literal(text, random);
      break;
    case ScalarStyle::folded:
      value = folded(text, random);
      break;
    case ScalarStyle::plain:
      value = plain(text, random);
      break;
    case ScalarStyle::single_quoted:
      value = single_quoted(text, random);
      break;
    case ScalarStyle::double_quoted:
      value = double_quoted(text, random, false) + '\n';
      break;
    case ScalarStyle::file:
      break;
  }
  if (value.empty()) return {};
  const std::string tail = random() % 2 == 0 ? "  other: x\n" : "";
  return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns, namespace: kube-system}\ndata:\n  Corefile: " + value + tail;
}

std::string write_json(std::string_view text, Random& random) {
  return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"coredns\"},\n\t\"data\": {\"Corefile\":" +
         double_quoted(text, random, true) + "}}\n";
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
  return out;
}

}  // namespace manifest_test
