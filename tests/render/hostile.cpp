// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "base/utf8.hpp"
#include "render/positions.hpp"
#include "support.hpp"

using namespace corefile;
using render_test::Made;

namespace {

// Bytes that matter, more often than others.
std::string noise(std::mt19937& random, std::size_t size) {
  static constexpr std::string_view parts[] = {"\x1b[31m",
                                               "\r",
                                               "\n",
                                               "\r\n",
                                               "\t",
                                               "\xFF",
                                               "\xC2\x9B",
                                               "\xE2\x80\xAE",
                                               "日",
                                               "é",
                                               "\x00",
                                               "##[x]",
                                               "::",
                                               "\xEF\xBB\xBF",
                                               "e\xCC\x81\n",
                                               "\xE6\x97",
                                               "{",
                                               "a",
                                               " ",
                                               "a word ",
                                               "\\",
                                               "`",
                                               "\xF0\x9F\x98\x80"};
  std::string text;
  while (text.size() < size) text += parts[random() % std::size(parts)];
  return text;
}

Made hostile(std::mt19937& random) {
  Made made(noise(random, 1 + random() % 300), noise(random, 5));
  made.analysis.sources.emplace_back(noise(random, 5), noise(random, random() % 50));
  const auto place = [&] {
    const std::uint32_t document = random() % 2;
    const auto size = static_cast<std::uint32_t>(made.analysis.sources[document].text().size());
    const std::uint32_t begin = static_cast<std::uint32_t>(random()) % (size + 2);
    return Place{document, {begin, begin + static_cast<std::uint32_t>(random()) % 40}};
  };
  for (int i = 0; i < 3; ++i) {
    Diagnostic& found = made.add(place(), noise(random, 20), noise(random, 5));
    for (int k = 0; k < 3; ++k) found.labels.push_back({place(), noise(random, 5)});
    found.notes.push_back(noise(random, 20));
    found.help = noise(random, 20);
    found.fixes.push_back({noise(random, 9), Safety::safe, {{place(), noise(random, 9)}}});
  }
  return made;
}

bool printable(std::string_view text) {
  if (!utf8::valid(text)) return false;
  const bool controls = std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7F; });
  return !controls && text.find("\xE2\x80\xAE") == text.npos && text.find("\xC2\x9B") == text.npos &&
         text.find("\xEF\xBB\xBF") == text.npos;
}

// Lines begin with words of ours or with the gutter.
bool framed(std::string_view line) {
  if (line.empty() || line == "..." || line.starts_with("error[some-rule]:")) return true;
  const std::size_t sign = line.find_first_not_of(" 0123456789");
  return sign != line.npos && std::string_view("|=-+:").find(line[sign]) != std::string_view::npos &&
         (!line.substr(sign).starts_with("::") || line.substr(sign).starts_with("::: "));
}

std::string_view first_bare_line(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!framed(line)) return line;
    text.remove_prefix(line.size() + 1);
  }
  return {};
}

bool every_line(std::string_view text, bool (*holds)(std::string_view)) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!holds(line)) return false;
    text.remove_prefix(line.size() + 1);
  }
  return true;
}

// Tags are closed in their order, and what stands between them or in quotes is none.
bool well_formed(std::string_view xml) {
  std::vector<std::string_view> open;
  for (std::size_t at = xml.find('<'); at != xml.npos; at = xml.find('<', at)) {
    const std::size_t end = xml.find('>', at);
    if (end == xml.npos) return false;
    const std::string_view tag = xml.substr(at + 1, end - at - 1);
    const std::string_view name = tag.substr(0, tag.find(' '));
    if (tag.find('<') != tag.npos || std::count(tag.begin(), tag.end(), '"') % 2 != 0) return false;
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
    } else if (!tag.ends_with('/') && !tag.starts_with('?')) {
      open.push_back(name);
    }
    at = end;
  }
  return open.empty();
}

}  // namespace

TEST_CASE("nothing in a file, its name or its texts reaches a terminal raw or begins a line") {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    const Made made = hostile(random);
    for (const std::uint32_t width : {0U, 1U, 7U, 40U}) {
      const std::string full = made.full(width);
      REQUIRE(printable(full));
      REQUIRE(first_bare_line(full) == "");
    }
    const std::string concise = render_concise({made.analysis});
    REQUIRE(printable(concise));
    REQUIRE(std::count(concise.begin(), concise.end(), '\n') == 3);
    const std::string report = render_json({made.analysis});
    REQUIRE(printable(report));
    REQUIRE(nlohmann::json::parse(report)["findings"].size() == 3);
  }
}

TEST_CASE("no format lets a file write its own") {
  std::mt19937 random(3);
  // SARIF lists all of a catalogue's rules each time.
  const Catalogue few({Catalogue::builtin().entries().front(), Catalogue::builtin().entries().back()});
  for (int i = 0; i < 300; ++i) {
    const Made made = hostile(random);
    RenderOptions options;
    options.unread = {{noise(random, 5), noise(random, 9)}};
    options.catalogue = &few;
    for (const ReportFormat& format : report_formats()) {
      CAPTURE(format.name);
      const std::string report = format.render({made.analysis}, options);
      REQUIRE(printable(report));
      if (format.name == "json" || format.name == "sarif" || format.name == "gitlab" || format.name == "rdjson") {
        REQUIRE(nlohmann::json::accept(report));
      }
      if (format.name == "jsonl") REQUIRE(every_line(report, [](std::string_view line) { return nlohmann::json::accept(line); }));
      if (format.name == "github") {
        REQUIRE(every_line(report, [](std::string_view line) { return line.starts_with("::error file="); }));
        REQUIRE(report.find("##[") == std::string::npos);
      }
      if (format.name == "markdown")
        REQUIRE(every_line(report, [](std::string_view line) { return std::count(line.begin(), line.end(), '|') == 5; }));
      if (format.name == "junit" || format.name == "checkstyle") REQUIRE(well_formed(report));
    }
  }
}

TEST_CASE("positions found in one pass are Source::position's") {
  std::mt19937 random(2);
  for (int i = 0; i < 500; ++i) {
    Made made = hostile(random);
    const render::Positions positions(made.analysis);
    for (const Diagnostic& found : made.analysis.diagnostics) {
      const Source& source = made.analysis.sources[found.place.document];
      const bool in_mark = source.text().starts_with("\xEF\xBB\xBF") && found.place.span.begin < 3;
      if (!in_mark) REQUIRE(positions.begin(found.place) == source.position(found.place.span.begin));
    }
  }
}

TEST_CASE("visible") {
  CHECK(visible("a\tb\nc\rd\x1b\x7f") == "a\\tb\\nc\\rd\\x1b\\x7f");
  CHECK(visible("\xC2\x9B \xE2\x80\xAE \xEF\xBB\xBF \xF3\xA0\x81\x81") == "\\u{9b} \\u{202e} \\u{feff} \\u{e0041}");
  CHECK(visible("\xFF\xC3") == "\\xff\\xc3");
  CHECK(visible("日本 é") == "日本 é");
}
