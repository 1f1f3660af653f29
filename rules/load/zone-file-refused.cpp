// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "lint/zone_files.hpp"
#include "reading.hpp"

namespace corefile::rules::zone_file_refused {
namespace {

constexpr std::string_view largest_serial = "4294967295";

bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), ascii::is_digit); }

struct Said {
  std::string message, help;
  Span at{};  ///< where it is better shown than where reading ended; empty: there
};

/// What stands in front of the line's first word and is no part of it: a byte order mark, or blanks before what is no type or class.
std::optional<Said> explain_begin(std::string_view word, std::string_view line, Span line_at) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (line.starts_with(mark)) {
    return Said{"the file begins with a byte order mark, which becomes a part of its first name",
                "save it as UTF-8 without BOM",
                {line_at.begin, line_at.begin + static_cast<std::uint32_t>(mark.size())}};
  }
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == 0 || first == std::string_view::npos || word.empty() || !line.substr(first).starts_with(word)) return {};
  const std::string_view rest = line.substr(first + word.size());
  const std::size_t next = rest.find_first_not_of(" \t");
  if (next == std::string_view::npos || next == 0) return {};
  return Said{fmt::format("`{}` stands behind blanks, where a class or a type must stand", shown(word)),
              fmt::format("take the blanks away in front of `{}`: a line that begins with one is of the name before it", shown(word))};
}

/// Of a line that miekg/dns cannot read: `word` is where it stops, `line` all of it.
Said explain_line(std::string_view word, const Source& source, Span line_at, std::string_view says) {
  const std::string_view line = source.text(line_at);
  if (auto said = explain_begin(word, line, line_at)) return *said;
  for (const std::string_view sign : {"#", "//"}) {
    const std::size_t at = line.find(sign);
    if (at == std::string_view::npos || (line.find_first_not_of(" \t") != at && !word.starts_with(sign))) continue;
    const std::uint32_t begin = line_at.begin + static_cast<std::uint32_t>(at);
    return {fmt::format("`{}` begins no comment in a zone file", sign),
            "begin comments with `;`",
            {begin, begin + static_cast<std::uint32_t>(sign.size())}};
  }
  const auto about = [says](std::string_view part) { return says.find(part) != std::string_view::npos; };
  if (about("bad A A") && word.find(':') != std::string_view::npos) {
    return {fmt::format("`{}` is an IPv6 address, and an A record holds an IPv4 address", shown(word)), "write `AAAA` for the type"};
  }
  if (about("bad A A"))
    return {fmt::format("`{}` is not an IPv4 address", shown(word)), "write the address of the host, or `CNAME` before a name"};
  if (about("bad AAAA"))
    return {fmt::format("`{}` is not an IPv6 address", shown(word)), "write an IPv6 address, or `A` before an IPv4 address"};
  if (about("bad SOA") && is_number(word) &&
      (word.size() > largest_serial.size() || (word.size() == largest_serial.size() && word > largest_serial))) {
    return {fmt::format("the serial `{}` has more than 32 bits", shown(word)),
            fmt::format("write a number up to {}, such as 2026010101", largest_serial)};
  }
  if (about("SOA")) {
    return {
        fmt::format("the SOA record breaks off at `{}`", shown(word)),
        "write all of it: `@ SOA NAMESERVER MAILBOX SERIAL REFRESH RETRY EXPIRE MINIMUM`, the mailbox as a name with a dot for its `@`"};
  }
  return {word.empty() ? std::string("this line cannot be read as a record") : fmt::format("`{}` cannot be read here", shown(word)),
          "a record is `NAME TTL CLASS TYPE DATA`, and a line that goes on stands in parentheses"};
}

/// `test.test.` of a zone `test.`: the name was written without its last dot.
bool lacks_dot(std::string_view owner, std::string_view origin) {
  return owner.size() > origin.size() &&
         owner == std::string(without_dot(owner.substr(0, owner.size() - origin.size()))) + '.' + std::string(origin) &&
         owner.substr(0, origin.size()) == origin;
}

Said explain(const zone::Zone& zone, const zone::Problem& why, std::string_view file) {
  const Source& source = zone.sources[why.at.document];
  const std::string_view origin = without_dot(zone.origin);
  switch (why.kind) {
    case zone::Problem::Kind::wrong_owner: {
      const std::string owner = ascii::to_lower(zone.refused_owner);
      if (lacks_dot(owner, zone.origin)) {
        return {fmt::format("the SOA record is that of `{}`: the dot behind `{}` is missing", without_dot(owner), origin),
                fmt::format("write `{}` with its last dot, or `@`", zone.origin)};
      }
      return {fmt::format("`{}` holds the zone `{}`, not `{}`", file, without_dot(owner), origin),
              fmt::format("load it for `{}` alone, and give `{}` a file of its own", without_dot(owner), origin)};
    }
    case zone::Problem::Kind::no_soa:
      return {fmt::format("`{}` has no SOA record", file),
              fmt::format("begin it with one: `{} 3600 IN SOA ns.{} hostmaster.{} 1 7200 3600 1209600 300`", zone.origin, zone.origin,
                          zone.origin)};
    default:
      return explain_line(text_of(zone, why.at), source, source.line(why.at.span.begin), why.message);
  }
}

/// Where reading ended, if it did: up to 1.11.3 what CoreDNS says hides it.
const zone::Problem* cause_of(const zone::Zone& zone) {
  const zone::Problem* refusal = zone.refusal();
  if (refusal == nullptr || refusal->kind != zone::Problem::Kind::no_soa) return refusal;
  const auto fatal = std::find_if(zone.problems.begin(), zone.problems.end(), [](const zone::Problem& one) { return one.fatal; });
  return fatal != zone.problems.end() ? &*fatal : refusal;
}

void check(Directive file, const Context& context, Report& report) {
  if (context.load->loads() || context.files == nullptr || file.arguments().empty()) return;
  const Config& config = *file.config;
  const Word& word = file.arguments().front();
  if (context.problems->on(config.place(word)) == nullptr) return;
  for (const zone::Zone& zone : context.zone_files->of(file)) {
    const zone::Problem* why = cause_of(zone);
    if (why == nullptr || why->kind == zone::Problem::Kind::same_serial || why->kind == zone::Problem::Kind::unsupported) continue;
    const Said said = explain(zone, *why, word.text);
    Diagnostic& found =
        report.at(report.beside(zone.sources[why->at.document], said.at.empty() ? why->at.span : said.at, word), said.message);
    found.labels.push_back({config.place(word), "loaded here"});
    report.explain(found, word);
    found.help = said.help;
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::file}, .needs = Precondition::refused, .severity = Severity::error};

}  // namespace corefile::rules::zone_file_refused
