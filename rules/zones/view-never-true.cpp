// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "go/net.hpp"

namespace corefile::rules::view_never_true {
namespace {

constexpr std::size_t most_places = 64;

struct Literal {
  std::string_view text;
  std::size_t end = 0;  ///< behind its closing quote
};

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && ascii::is_blank(text[at])) ++at;
  return at;
}

/// The string at `at`; none without quotes.
std::optional<Literal> literal_at(std::string_view text, std::size_t at) {
  at = skip_blanks(text, at);
  if (at >= text.size() || (text[at] != '\'' && text[at] != '"')) return {};
  const std::size_t end = text.find(text[at], at + 1);
  if (end == std::string_view::npos) return {};
  return Literal{text.substr(at + 1, end - at - 1), end + 1};
}

bool has_upper(std::string_view text) { return std::any_of(text.begin(), text.end(), ascii::is_upper); }
bool has_lower(std::string_view text) { return std::any_of(text.begin(), text.end(), ascii::is_lower); }

/// The text with blanks for what its strings hold.
std::string without_literals(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; (at = text.find_first_of("'\"", at)) != std::string_view::npos;) {
    const auto literal = literal_at(text, at);
    if (!literal) break;
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(at + 1), out.begin() + static_cast<std::ptrdiff_t>(literal->end - 1), ' ');
    at = literal->end;
  }
  return out;
}

/// Why `FUNCTION() == 'VALUE'` never holds, or `metadata('FUNCTION')`; empty if it may. plugin/pkg/expression/expression.go.
std::string why_never(std::string_view function, std::string_view value) {
  if (function == "name") {
    if (has_upper(value)) return "names are lower-case there";
    if (!value.ends_with('.')) return "names end with a dot there, as in `www.example.org.`";
  }
  if (function == "type" && has_lower(value)) return "types are in capitals there, as `A`";
  if (function == "class" && has_lower(value)) return "classes are in capitals there, as `IN`";
  if (function == "proto" && has_upper(value)) return "it is `udp` or `tcp`, in small letters";
  if ((function == "geoip/country/code" || function == "geoip/continent/code") && has_lower(value))
    return "codes are in capitals there, as `DE` and `EU`";
  if ((function == "client_ip" || function == "server_ip") && value.find('/') != std::string_view::npos)
    return "it is an address, and compared as text; for a network write `incidr(client_ip(), '10.0.0.0/8')`";
  return {};
}

/// `incidr(client_ip(), 'NETWORK')` with something else than a network.
std::string bad_network(std::string_view text, std::size_t at, std::string& shown) {
  if (const auto first = literal_at(text, at); first && go::parse_cidr(first->text)) {
    shown = std::string(first->text);
    return fmt::format("write the address first and then the network: `incidr(client_ip(), '{}')`", first->text);
  }
  const std::size_t comma = text.find(',', at);
  if (comma == std::string_view::npos) return {};
  const auto network = literal_at(text, comma + 1);
  if (!network || go::parse_cidr(network->text)) return {};
  shown = std::string(network->text);
  const auto ip = go::parse_ip(network->text);
  if (!ip) return "it is not a network: write one with its length, as `10.0.0.0/8`";
  return fmt::format("it is an address without a length: write `{}/{}`", network->text, ip->is4 ? 32 : 128);
}

/// `a|b$`: what stands before the `|` may fit.
bool has_alternatives(std::string_view pattern) {
  int depth = 0;
  for (const char c : pattern) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == '|' && depth == 0) return true;
  }
  return false;
}

/// Why `name() OPERATOR 'VALUE'` never holds, for operators that look at a part of the name.
std::string why_no_part(std::string_view sign, std::string_view value) {
  if (has_upper(value) && sign != "matches") return "names are lower-case there";
  if (sign == "endsWith" && !value.empty() && !value.ends_with('.')) return "names end with a dot there, as in `www.example.org.`";
  if (sign == "matches" && value.size() > 2 && value.ends_with('$') && ascii::is_alnum(value[value.size() - 2]) &&
      value[value.size() - 3] != '\\' && !has_alternatives(value))
    return "names end with a dot there: end the pattern in `[.]$`";
  return {};
}

/// `['A', 'B']`, of which none can be it.
std::string why_none_of(std::string_view function, std::string_view text, std::size_t at, std::string& shown) {
  at = skip_blanks(text, at);
  if (at >= text.size() || text[at] != '[') return {};
  std::string why;
  for (++at;;) {
    const auto value = literal_at(text, at);
    if (!value) return {};
    why = why_never(function, value->text);
    if (why.empty()) return {};
    shown = std::string(value->text);
    at = skip_blanks(text, value->end);
    if (at >= text.size() || text[at] != ',') return at < text.size() && text[at] == ']' ? why : std::string();
    ++at;
  }
}

/// What is wrong with the expression, and the literal that is.
std::string fault_of(std::string_view text, std::string& shown) {
  std::size_t at = 0;
  for (std::size_t places = 0; places < most_places; ++places) {
    at = text.find('(', at);
    if (at == std::string_view::npos) return {};
    std::size_t begin = at;
    while (begin > 0 && (ascii::is_alnum(text[begin - 1]) || text[begin - 1] == '_')) --begin;
    const std::string_view function = text.substr(begin, at - begin);
    ++at;
    if (function == "incidr") {
      if (std::string why = bad_network(text, at, shown); !why.empty()) return why;
      continue;
    }
    std::string_view subject = function;
    if (function == "metadata") {
      const auto label = literal_at(text, at);
      if (!label) continue;
      subject = label->text;
      at = skip_blanks(text, label->end);
    }
    if (at >= text.size() || text[at] != ')') continue;
    const std::size_t sign = skip_blanks(text, at + 1);
    if (text.substr(sign, 3) == "in ") {
      if (std::string why = why_none_of(subject, text, sign + 3, shown); !why.empty()) return why;
      continue;
    }
    if (function == "name") {
      const std::size_t end = std::min(text.find_first_of(" '\"", sign), text.size());
      const auto part = literal_at(text, end);
      if (part) {
        if (std::string why = why_no_part(text.substr(sign, end - sign), part->text); !why.empty()) {
          shown = std::string(part->text);
          return why;
        }
      }
    }
    if (text.substr(sign, 2) != "==") continue;
    const auto value = literal_at(text, sign + 2);
    if (!value) continue;
    if (std::string why = why_never(subject, value->text); !why.empty()) {
      shown = std::string(value->text);
      return why;
    }
  }
  return {};
}

/// As above, of one whose alternatives are all false.
std::string fault_of_all(std::string_view text, std::string& shown) {
  std::string why;
  while (true) {
    const std::size_t bar = text.find("||");
    why = fault_of(text.substr(0, bar), shown);
    if (why.empty() || bar == std::string_view::npos) return why;
    text.remove_prefix(bar + 2);
  }
}

void check(Directive view, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Property line : view.properties()) {
    if (line.name() != "expr") continue;
    std::string text;
    for (const Word& word : line.arguments()) {
      if (word.unknown) return;
      text += word.text;
      text += ' ';
    }
    // What is negated is another matter.
    const std::string bare = without_literals(text);
    if (bare.find_first_of("!?") != std::string::npos || bare.find(" or ") != std::string::npos || bare.find("not ") != std::string::npos)
      continue;
    std::string shown;
    const std::string why = fault_of_all(text, shown);
    if (why.empty()) continue;
    Diagnostic& found = report.at(line.words, fmt::format("this expression never holds, because of `{}`", shown));
    found.label = "always false";
    found.notes.push_back("no query comes into this server block: all go to the next one for the zone");
    found.help = why;
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::view}, .lines = {"expr"}};

}  // namespace corefile::rules::view_never_true
