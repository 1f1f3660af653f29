// SPDX-License-Identifier: Apache-2.0
#include "cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <corefile/render.hpp>
#include <stdexcept>

namespace cli_test {
namespace {

constexpr std::string_view escaped_mark = " [escaped]";

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      out += "\\\\";
    } else if (c != '\n' && (byte < 0x20 || byte >= 0x7F)) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  if (!text.ends_with('\n')) out += "\\\n";
  return out;
}

// Nothing in it that an editor would not show.
bool is_plain(std::string_view text) {
  if (!text.empty() && !text.ends_with('\n')) return false;
  std::string without(text);
  std::erase(without, '\n');
  return corefile::visible(without) == without;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

void end_section(Section* section, bool escaped) {
  if (section == nullptr) return;
  section->text = escaped ? unescape(section->written) : section->written;
}

Case read_case(std::string_view text, std::size_t line) {
  Case one;
  one.line = line;
  one.name = take_line(text).substr(4);
  one.command = take_line(text);
  if (!one.command.starts_with("$ ")) throw std::runtime_error(fmt::format("line {}: a command is missing", line + 1));
  Section* section = nullptr;
  bool escaped = false;
  while (!text.empty()) {
    const std::string_view now = take_line(text);
    if (!now.starts_with(">>> ")) {
      if (section == nullptr) throw std::runtime_error(fmt::format("line {}: text outside a section", line));
      section->written += std::string(now) + '\n';
      continue;
    }
    end_section(section, escaped);
    std::string title(now.substr(4));
    const bool given = title.starts_with("file ") || title.starts_with("stdin");
    auto& sections = given ? one.given : one.expected;
    section = &sections.emplace_back(Section{title, {}, {}});
    escaped = title.ends_with(escaped_mark);
  }
  end_section(section, escaped);
  return one;
}

}  // namespace

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\\x")) {
      unsigned byte = 0;
      std::from_chars(rest.data() + 2, rest.data() + 4, byte, 16);
      out += static_cast<char>(byte);
      i += 3;
    } else if (rest.starts_with("\\{")) {
      std::size_t times = 0;
      const std::size_t colon = rest.find(':');
      const std::size_t end = rest.find('}');
      std::from_chars(rest.data() + 2, rest.data() + colon, times);
      for (; times > 0; --times) out += rest.substr(colon + 1, end - colon - 1);
      i += end;
    } else if (rest.starts_with("\\\n")) {
      ++i;
    } else if (rest.starts_with("\\\\")) {
      out += '\\';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

Cases read_cases(std::string_view text) {
  Cases cases;
  std::size_t line = 1;
  std::string body;
  std::size_t begin = 0;
  const auto finish = [&] {
    if (begin != 0 && body.ends_with("\n\n")) body.pop_back();  // the empty line between two cases
    if (begin == 0) {
      cases.preamble = body;
    } else {
      cases.all.push_back(read_case(body, begin));
    }
    body.clear();
  };
  for (; !text.empty(); ++line) {
    const std::string_view now = take_line(text);
    if (now.starts_with("=== ")) {
      finish();
      begin = line;
    }
    body += std::string(now) + '\n';
  }
  if (!body.ends_with("\n\n")) body += '\n';  // the last case has none behind it
  finish();
  return cases;
}

std::string print_cases(const Cases& cases) {
  std::string out = cases.preamble;
  for (const Case& one : cases.all) {
    if (&one != &cases.all.front()) out += '\n';
    out += "=== " + one.name + '\n' + one.command + '\n';
    for (const Section& section : one.given) out += ">>> " + section.title + '\n' + section.written;
    for (const Section& section : one.expected) {
      const bool plain = is_plain(section.text);
      const std::string title = section.title.substr(0, section.title.find(escaped_mark));
      out += ">>> " + title + (plain ? "\n" + section.text : std::string(escaped_mark) + '\n' + escape(section.text));
    }
  }
  return out;
}

}  // namespace cli_test
