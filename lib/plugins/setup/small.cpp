// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "go/number.hpp"
#include "plugins/setup.hpp"

/// Plugins whose own reading is a few lines.
namespace corefile::plugins {

namespace {

// net/url.Parse, as far as a percent sign and control characters go.
std::string url_escapes(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) < 0x20 || text[i] == 0x7F) return "net/url: invalid control character in URL";
    if (text[i] == '%' && (i + 2 >= text.size() || !ascii::is_hex_digit(text[i + 1]) || !ascii::is_hex_digit(text[i + 2])))
      return fmt::format("invalid URL escape \"{}\"", text.substr(i, 3));
  }
  return {};
}

}  // namespace

namespace setup {

// plugin/metadata/setup.go: one mention, no block.
void metadata(Reader& reader) {
  reader.next();
  const Word name = reader.word();
  reader.remaining_args();
  if (reader.next_block() || reader.next()) {
    reader.wrong_count(name, 1, "zones only, and stands once,").message = "`metadata` has no block and stands only once";
  }
}

void shed(Reader& reader) {
  for (bool again = false; reader.next(); again = true) {
    const Word name = reader.word();
    if (again) {
      reader.once(name);
      return;
    }
    const auto args = reader.remaining_args();
    if (!args.empty()) reader.wrong_count(name, args.size(), "no argument");
    if (reader.next_block()) reader.invalid(reader.word(), "`shed` has no properties", "shed takes no options");
  }
  for (const Word& key : reader.state().block.keys()) {
    std::string_view rest = key.text;
    const std::string_view scheme = take_scheme(rest, reader.release());
    if (scheme.empty() || scheme == "dns") continue;
    reader
        .fail(ProblemKind::conflict, reader.words().front(), fmt::format("`shed` works on plain DNS only, and `{}` is not", key.text),
              fmt::format("only plain DNS server blocks are supported; \"{}\" uses transport \"{}\"", key.text, scheme))
        .labels.push_back({reader.config().place(key), "this key"});
  }
}

// plugin/multisocket/multisocket.go: one mention, one number.
void multisocket(Reader& reader) {
  reader.next();
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  const std::size_t count = args.size();
  if (count > 1 || reader.next()) {
    reader.wrong_count(name, count, "at most 1 argument").help = "it stands once in a server block, without a block of its own";
    return;
  }
  if (count == 1 && reader.since(1, 13, 2)) reader.check({.kind = Kind::integer, .min = 1, .max = 1024}, args[0], name);
  if (count == 1 && !reader.since(1, 13, 2)) reader.check({.kind = Kind::integer, .min = 1}, args[0], name);
}

namespace {

// caddy's SplitCommandAndArgs, by flynn/go-shlex: words, quotes, escapes and comments as in a shell.
std::string command_error(std::string_view command) {
  char quote = '\0';
  bool word = false;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      if (c == '\\' && quote == '"') ++i;
    } else if (c == '\\') {
      if (++i == command.size()) return "error parsing command: EOF found after escape character";
      word = true;
    } else if (c == '"' || c == '\'') {
      quote = c;
      word = true;
    } else if (std::string_view(" \t\r\n").find(c) == std::string_view::npos) {
      const bool begins = i == 0 || std::string_view(" \t\r\n").find(command[i - 1]) != std::string_view::npos;
      if (c == '#' && begins)
        i = std::min(command.find('\n', i), command.size() - 1);
      else
        word = true;
    }
  }
  if (quote != '\0') return "error parsing command: EOF found when expecting closing quote.";
  return word ? std::string() : fmt::format("no command contained in '{}'", command);
}

}  // namespace

// plugin/etcd/setup.go, 1.4.0: what follows the block, if anything stands in it, is read as its next property.
void etcd_again(Reader& reader) {
  const auto words = reader.words();
  const auto open = std::find_if(words.begin(), words.end(), [](const Word& word) { return word.text == "{"; });
  const bool filled = open != words.end() && open + 1 != words.end() && (open + 1)->text != "}";
  if (reader.since(1, 5, 0) || !filled || reader.val() != "}" || !reader.next()) return;
  reader.fail(ProblemKind::once, reader.word(), "a second `etcd` behind one with a block", "unknown property 'etcd'").help =
      "write one `etcd`, with all zones";
}

void etcd_credentials(Reader& reader) {
  const Word name = reader.word();
  const std::size_t found = reader.remaining_args().size();
  if (found == 2) return;
  Problem& fault = reader.wrong_count(name, found, "2 arguments");
  if (found > 0) fault.says = "credentials requires 2 arguments, username and password";
}

// The last `endpoint` counts, and from 1.8.7 on its first word becomes part of a URL.
void etcd_endpoint(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.empty()) {
    reader.wrong_count(name, 0, "at least 1 argument");
    return;
  }
  const auto words = reader.words();
  const auto behind = words.subspan(static_cast<std::size_t>(args.data() - words.data()) + args.size());
  const bool last = std::none_of(behind.begin(), behind.end(), [](const Word& word) { return word.text == "endpoint"; });
  if (!last || !reader.since(1, 8, 7)) return;
  reader.check({.kind = Kind::custom,
                .check =
                    [](std::string_view text, Release) {
                      const std::size_t query = std::min(text.find('?'), text.size());
                      std::string says = url_escapes(text.substr(0, query));
                      const bool control = std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
                      return says.empty() && control ? "net/url: invalid control character in URL" : says;
                    }},
               args.front(), name);
}

// caddy's onevent/on.go.
void on_event(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    if (!reader.next_arg()) {
      reader.wrong_count(name, 0, "an event and a command");
      return;
    }
    const Word event = reader.word();
    if (event.text == "{") {
      reader.fail(ProblemKind::argument_count, event, "`on` has no block", "Wrong event name or event not supported: '{'");
      return;
    }
    constexpr std::array<std::string_view, 3> events{"startup", "shutdown", "certrenew"};
    reader.check({.kind = Kind::choice_any_case, .choices = events}, event, name);
    std::string command;
    bool unknown = false;
    for (const Word& word : reader.remaining_args()) {
      command += (command.empty() ? "" : " ") + std::string(word.text);
      unknown = unknown || word.unknown;
    }
    if (const std::string says = command_error(command); !unknown && !says.empty()) {
      reader.invalid(event, fmt::format("`on {}` names no command", event.text), says);
    }
  }
}

void one_file(Reader& reader) {
  const Word name = reader.word();
  const auto args = reader.remaining_args();
  if (args.size() != 1) reader.wrong_count(name, args.size(), "1 argument");
  for (const Word& word : args) reader.needs(word);
}

// plugin/timeouts/timeouts.go: the word's argument is read before the word is looked at.
void timeouts(Reader& reader) {
  while (reader.next()) {
    const Word name = reader.word();
    const auto args = reader.remaining_args();
    if (!args.empty()) reader.wrong_count(name, args.size(), "no argument");
    if (!reader.read_lines())
      reader.fail(ProblemKind::conflict, name, "`timeouts` sets none", "timeouts block with no timeouts specified").help =
          "write `read`, `write` or `idle`, or remove it";
  }
}

void trace(Reader& reader) {
  static constexpr std::string_view types[]{"zipkin", "datadog"};
  while (reader.next()) {
    const Word name = reader.word();
    const auto args = reader.remaining_args();
    if (args.size() > 2) reader.wrong_count(name, args.size(), "at most 2 arguments");
    if (args.size() == 2) reader.check({.kind = Kind::choice_any_case, .choices = types}, args[0], name);
    reader.read_block();
  }
}

// plugin/federation/setup.go of 1.6.9: each line is a name and a zone, and the first mention is all that is read.
void federation(Reader& reader) {
  reader.next();
  const Word name = reader.word();
  reader.remaining_args();
  bool any = false;
  while (reader.next_block()) {
    const Word line = reader.word();
    const auto args = reader.remaining_args();
    if (line.text == "upstream") continue;
    any = true;
    if (args.size() != 1)
      reader.wrong_count(line, args.size(), "1 argument").says = fmt::format("need two arguments for federation, got {}", args.size());
  }
  if (!any) reader.wrong_count(name, 0, "at least one name and zone in its block").says = "at least one name to zone federation expected";
}

// plugin/route53/setup.go: `ZONE:ID`, each once in a mention.
void route53(Reader& reader) {
  while (reader.next()) {
    const auto args = reader.remaining_args();
    for (std::size_t i = 0; i < args.size(); ++i) {
      const std::string_view text = args[i].text;
      const std::size_t colon = text.find(':');
      if (!args[i].unknown && (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size())) {
        reader.invalid(args[i], fmt::format("`{}` is not a `ZONE:HOSTED-ZONE-ID`", text),
                       reader.since(1, 7, 1) ? fmt::format("invalid zone \"{}\"", text) : fmt::format("invalid zone '{}'", text));
      } else if (std::any_of(args.begin(), args.begin() + static_cast<std::ptrdiff_t>(i), [&](const Word& w) { return w.text == text; })) {
        reader.fail(ProblemKind::once, args[i], fmt::format("`{}` stands twice", text),
                    reader.since(1, 7, 1) ? fmt::format("conflict zone \"{}\"", text) : fmt::format("conflict zone '{}'", text));
      }
    }
    reader.read_block();
    reader.depends();
  }
}

}  // namespace setup

namespace check {

// plugin/etcd/setup.go, parseTTL.
std::string lease_ttl(std::string_view text, Release) {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  if (text.empty()) return {};
  const std::string with_unit = go::parse_uint(text, 64) ? std::string(text) + "s" : std::string(text);
  const auto ttl = go::parse_duration(with_unit);
  if (!ttl) return "invalid TTL format, use format like '30', '30s', '5m', '1h', or '2h30m'";
  if (*ttl < 0) return "TTL must be non-negative";
  return *ttl > 4294967295 * go::second ? "TTL too large, maximum is 4294967295 seconds" : "";
}

std::string max_tcp_queries(std::string_view text, Release) {
  const auto count = go::atoi(text);
  if (!count) return fmt::format("invalid value for maxtcpqueries '{}'", text);
  return *count == 0 || *count < -1 ? fmt::format("maxtcpqueries provided '{}' needs to be -1 (unlimited) or a positive integer", *count)
                                    : "";
}

// strconv.ParseBool.
std::string boolean(std::string_view text, Release) {
  for (const std::string_view word : {"1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"}) {
    if (text == word) return {};
  }
  return fmt::format("strconv.ParseBool: parsing \"{}\": invalid syntax", text);
}

std::string nomad_address(std::string_view text, Release release) { return go::url_error(text, url_checks(release)); }

std::string reload_jitter(std::string_view text, Release) {
  const auto jitter = go::parse_duration(text);
  if (!jitter) return go::duration_fault(text);
  return *jitter != 0 && *jitter < go::second ? "jitter value must be 0 or greater or equal to 1s" : "";
}

}  // namespace check

}  // namespace corefile::plugins
