// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::log_word_as_zone {
namespace {

constexpr std::array<std::string_view, 4> classes{"error", "errors", "denial", "success"};
constexpr std::array<std::string_view, 31> switches{"all",     "any",        "combined", "common", "console", "debug", "default", "enable",
                                                    "enabled", "everything", "false",    "file",   "info",    "json",  "off",     "on",
                                                    "query",   "queries",    "stderr",   "stdout", "syslog",  "text",  "trace",   "true",
                                                    "verbose", "warn",       "warning",  "yes",    "level",   "no",    "standard"};

enum class Word_ : std::uint8_t { zone, off, all, response, path, address, wildcard };

template <typename Words>
bool is_one_of(const Words& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view one) { return ascii::same_letters(one, text); });
}

Word_ read(std::string_view text) {
  if (text.find('/') != std::string_view::npos) return text.ends_with(".arpa") || text.ends_with(".arpa.") ? Word_::zone : Word_::path;
  if (text.ends_with(".log")) return Word_::path;
  if (go::parse_ip(text)) return Word_::address;
  if (text.starts_with('*')) return Word_::wildcard;
  if (is_one_of(classes, text)) return Word_::response;
  if (ascii::same_letters(text, "off") || ascii::same_letters(text, "false") || ascii::same_letters(text, "no")) return Word_::off;
  return is_one_of(switches, text) ? Word_::all : Word_::zone;
}

std::string help_for(Word_ kind, std::string_view text) {
  switch (kind) {
    case Word_::path:
      return "CoreDNS logs to standard output alone: write `log`, and let the service manager keep a file";
    case Word_::response:
      return fmt::format("write `log` with a block in which `class {}` stands",
                         ascii::same_letters(text, "errors") ? "error" : ascii::to_lower(text));
    case Word_::off:
      return "without `log` nothing is logged: remove the line";
    case Word_::address:
      return "`log` cannot choose by client: write `log`, for all queries";
    case Word_::wildcard:
      return fmt::format("a zone holds all names below it: write `{}`", text.size() > 2 ? text.substr(2) : std::string_view("."));
    default:
      return "write `log` alone, for all queries";
  }
}

void all_are_logged(const Word& word, Report& report) {
  Diagnostic& found = report.at(word, fmt::format("`{}` is read as one more zone: all responses are logged", word.text));
  found.severity = Severity::info;
  found.help = help_for(Word_::response, word.text);
}

/// `log . combined`: the names of the two formats that CoreDNS knows are written in braces.
void format_not_taken(const Word& word, Report& report) {
  Diagnostic& found = report.at(word, fmt::format("`{}` is read as one more zone, not as a format", word.text));
  found.label = "lines have the format `{common}`";
  found.help = "write `{combined}`, with its braces";
}

void check(Directive log, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  const std::span<const Word> arguments = log.arguments();
  const std::span<const Word> keys = log.config->block(log.block()).keys();
  for (const Word& word : arguments) {
    const Word_ kind = read(word.text);
    // The last one is a format if it holds a brace.
    if (word.unknown || kind == Word_::zone || word.text.find('{') != std::string_view::npos) continue;
    const auto meant = [&](const Word& other) { return &other != &word && covers(zone_of(other), zone_of(word)); };
    if (std::any_of(arguments.begin(), arguments.end(), meant)) {
      if (kind == Word_::response) all_are_logged(word, report);
      if (word.text == "combined") format_not_taken(word, report);
      continue;
    }
    if (std::any_of(keys.begin(), keys.end(), [&](const Word& key) { return !zone_of(key).empty() && covers(zone_of(key), word.text); }))
      continue;
    Diagnostic& found =
        report.at(word, fmt::format("`{}` is read as a zone: queries for names below it are logged, and no others", word.text));
    found.label = "a zone nobody asks for";
    found.notes.push_back("the words behind `log` are zones, and perhaps a format with `{` in it");
    found.help = help_for(kind, word.text);
    if (kind == Word_::all && arguments.size() == 1 && word.expansion == log.name_word().expansion) {
      Place at = log.config->place(word);
      at.span.begin = log.config->place(log.name_word()).span.end;
      found.fixes.push_back({"log all queries", Safety::unsafe, {{at, ""}}});
    }
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::log}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::log_word_as_zone
