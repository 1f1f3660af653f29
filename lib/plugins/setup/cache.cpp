// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/short_text.hpp"
#include "go/number.hpp"
#include "plugins/setup.hpp"

namespace corefile::plugins {

namespace setup {

void cache_serve_stale(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  constexpr std::string_view modes[]{"immediate", "verify"};
  const Type how_long{.kind = Kind::duration, .min = 0};
  const Type mode{.kind = Kind::choice_any_case, .choices = modes};
  const Type recheck{.kind = Kind::duration, .min = 0, .max = 300 * go::second};
  const bool later = reader.since(1, 14, 7);  // a TTL and a recheck behind the mode
  if (args.size() > 1 && args[1].unknown) return reader.depends();
  const bool verify = args.size() > 1 && (args[1].text.starts_with('v') || args[1].text.starts_with('V'));
  const std::size_t most = later ? (verify ? 5U : 4U) : 3U;
  if (args.size() > most) {
    reader.wrong_count(name, args.size(), count_words(0, most));
    return;
  }
  if (!args.empty()) reader.check(how_long, args[0], name);
  if (args.size() > 1 && !reader.check(mode, args[1], name)) return;
  std::size_t at = 2;
  if (args.size() > at && (verify || !later)) {
    if (!verify) {
      reader.invalid(args[at], "only `verify` takes a timeout", "serve_stale timeout is only valid with the verify refresh mode");
      return;
    }
    reader.check(how_long, args[at++], name);
  }
  if (args.size() > at) {
    reader.check({.kind = Kind::custom,
                  .check = [](std::string_view text, Release) -> std::string {
                    const auto ttl = go::parse_duration(text);
                    if (!ttl) return "invalid serve_stale response TTL";
                    if (*ttl < 0) return "invalid negative response TTL for serve_stale";
                    if (*ttl % go::second != 0) return "serve_stale response TTL must be a whole number of seconds";
                    return *ttl / go::second > 0xFFFFFFFF ? "serve_stale response TTL exceeds the DNS TTL range" : "";
                  }},
                 args[at++], name);
  }
  if (args.size() > at) reader.check(recheck, args[at], name);
}

// setup.go, 1.10.1 and 1.11.0: what is counted are the zones behind `cache`.
void cache_keepttl(Reader& reader) {
  const Word name = reader.word();
  const auto words = reader.words();
  std::size_t zones = 0;
  while (zones + 1 < words.size() && words[zones + 1].text != "{") ++zones;
  if (zones > 0 && go::atoi(words[1].text)) --zones;
  if (std::any_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(zones) + 1, [](const Word& word) { return word.unknown; })) {
    return reader.depends();
  }
  if (zones == 0) return;
  reader
      .fail(ProblemKind::conflict, name, fmt::format("CoreDNS {} refuses `keepttl` in a `cache` with zones", to_string(reader.release())),
            fmt::format("Wrong argument count or unexpected line ending after '{}'", name.text))
      .help = "remove the zones, or run CoreDNS 1.11.1 or newer";
}

void cache_after(Reader& reader) {
  static constexpr std::string_view needs_stale = "serve_stale_policy";
  const auto words = reader.words();
  if (std::none_of(words.begin(), words.end(), [](const Word& word) { return short_text::same(word.text, needs_stale); })) return;
  const Word* policy = nullptr;
  bool stale = false;
  const Word* before = nullptr;
  for (const Word& word : words) {
    const bool begins_line = before != nullptr && (before->last_line() != word.line || before->expansion != word.expansion);
    before = &word;
    if (!begins_line) continue;
    if (word.unknown) return;
    if (word.text == needs_stale) policy = &word;
    stale = stale || word.text == "serve_stale";
  }
  if (policy == nullptr || stale) return;
  reader.fail(ProblemKind::conflict, *policy, "`serve_stale_policy` without `serve_stale`", "serve_stale_policy requires serve_stale")
      .help = "add `serve_stale`, or remove the policy";
}

}  // namespace setup

namespace check {

// A number is the TTL, anything else the first zone: `30s` is a zone.
std::string cache_ttl(std::string_view text, Release) {
  const auto ttl = go::atoi(text);
  return ttl && *ttl <= 0 ? fmt::format("cache TTL can not be zero or negative: {}", *ttl) : std::string();
}

}  // namespace check

}  // namespace corefile::plugins
