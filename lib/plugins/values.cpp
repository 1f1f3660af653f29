// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/ascii.hpp"
#include "base/exact_release.hpp"
#include "go/net.hpp"
#include "go/number.hpp"
#include "go/regexp.hpp"
#include "plugins/dns_types.hpp"
#include "plugins/reader.hpp"
#include "resolve/names.hpp"

namespace corefile::plugins {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

std::string duration_text(std::int64_t ns) {
  if (ns == 0) return "0";
  if (ns % (3600 * go::second) == 0) return fmt::format("{}h", ns / (3600 * go::second));
  if (ns % (60 * go::second) == 0) return fmt::format("{}m", ns / (60 * go::second));
  if (ns % go::second == 0) return fmt::format("{}s", ns / go::second);
  if (ns % 1'000'000 == 0) return fmt::format("{}ms", ns / 1'000'000);
  return fmt::format("{}ns", ns);
}

template <typename Text>
std::string range_text(const Type& type, Text text) {
  if (type.min == lowest) return fmt::format("at most {}", text(type.max));
  if (type.max == highest) return fmt::format("at least {}", text(type.min));
  return fmt::format("{} to {}", text(type.min), text(type.max));
}

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), ascii::is_digit); }

std::string list(std::span<const std::string_view> choices) {
  std::string out;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    out += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ", choices[i]);
  }
  return out;
}

struct Refused {
  std::string message;
  std::string help{};
  std::string meant{};  // a text that would do
  std::string says{};
};
using Outcome = std::optional<Refused>;

Outcome check_integer(const Type& type, std::string_view text, std::string_view name) {
  const auto value = go::atoi(text);
  if (!value) {
    Refused problem{fmt::format("`{}` of `{}` is not a whole number", text, name),
                    "write a plain number",
                    {},
                    fmt::format("strconv.Atoi: parsing \"{}\": {}", text, all_digits(text) ? "value out of range" : "invalid syntax")};
    if (const auto duration = go::parse_duration(text); duration && *duration % go::second == 0 && *duration > 0) {
      problem.help = "write the number of seconds, without a unit";
      problem.meant = std::to_string(*duration / go::second);
    }
    return problem;
  }
  if (*value >= type.min && *value <= type.max) return {};
  return Refused{fmt::format("`{}` of `{}` is out of range", text, name),
                 fmt::format("write {}", range_text(type, [](std::int64_t v) { return std::to_string(v); }))};
}

Outcome check_duration(const Type& type, std::string_view text, std::string_view name) {
  const bool bare = type.kind == Kind::seconds && go::atoi(text);
  const std::optional<std::int64_t> value = go::parse_duration(bare ? std::string(text) + "s" : std::string(text));
  if (!value) {
    Refused problem{fmt::format("`{}` of `{}` is not a duration", text, name),
                    "write a number with its unit: `500ms`, `5s`, `1m30s`",
                    {},
                    go::duration_fault(text)};
    if (all_digits(text)) {
      problem.message = fmt::format("`{}` of `{}` lacks its unit", text, name);
      problem.meant = fmt::format("{}s", text);
    }
    return problem;
  }
  if (*value >= type.min && *value <= type.max) return {};
  return Refused{fmt::format("`{}` of `{}` is out of range", text, name), fmt::format("write {}", range_text(type, duration_text))};
}

Outcome check_choice(const Type& type, std::string_view text, std::string_view name) {
  const bool any_case = type.kind == Kind::choice_any_case;
  if (std::find(type.choices.begin(), type.choices.end(), text) != type.choices.end()) return {};
  const std::string folded = ascii::to_lower(text);
  for (const std::string_view choice : type.choices) {
    if (any_case && folded == ascii::to_lower(choice)) return {};
  }
  Refused problem{fmt::format("`{}` takes {}, not `{}`", name, list(type.choices), text)};
  for (const std::string_view choice : type.choices) {
    if (ascii::to_lower(choice) == folded) problem.meant = choice;
  }
  if (problem.meant.empty()) problem.meant = nearest(text, type.choices);
  if (!problem.meant.empty()) problem.help = fmt::format("did you mean `{}`?", problem.meant);
  return problem;
}

Outcome check_address(Kind kind, std::string_view text, std::string_view name, Release release) {
  switch (kind) {
    case Kind::ip:
      if (go::parse_ip(text)) return {};
      return Refused{fmt::format("`{}` of `{}` is not an IP address", text, name)};
    case Kind::cidr:
      if (go::parse_cidr(text)) return {};
      return Refused{fmt::format("`{}` of `{}` is not a network such as `10.0.0.0/8`", text, name),
                     {},
                     {},
                     fmt::format("invalid CIDR address: {}", text)};
    case Kind::ip_or_cidr:
      if (go::parse_ip(text) || go::parse_cidr(text)) return {};
      return Refused{fmt::format("`{}` of `{}` is neither an IP address nor a network", text, name)};
    case Kind::host_port: {
      // plugin/pkg/parse/host.go, HostPort: an IP with or without a port; from 1.14.5 on the last `%` cuts a zone off.
      const auto is_ip = [release](std::string_view host) {
        return go::parse_ip(release < Release{1, 14, 5} ? host : host.substr(0, host.rfind('%'))).has_value();
      };
      const auto parts = go::split_host_port(text);
      if (is_ip(parts ? parts->host : text)) return {};
      return Refused{fmt::format("`{}` of `{}` is not an IP address", text, name),
                     {},
                     {},
                     fmt::format("must specify an IP address: `{}'", parts ? parts->host : text)};
    }
    default:
      break;
  }
  std::string says;
  if (go::split_host_port(text, &says)) return {};
  Refused problem{fmt::format("`{}` of `{}` is not an `ADDRESS:PORT`", text, name), {}, {}, says};
  if (all_digits(text)) {
    problem.meant = fmt::format(":{}", text);
    problem.help = fmt::format("write `:{}` for all addresses", text);
  } else if (const auto ip = go::parse_ip(text)) {
    problem.help = "add the port";
  }
  return problem;
}

Outcome check_percent(const Type& type, std::string_view text, std::string_view name) {
  if (!text.ends_with('%')) {
    Refused problem{fmt::format("`{}` of `{}` lacks its `%`", text, name)};
    if (!text.empty() && static_cast<unsigned char>(text.back()) < 0x80)
      problem.says = fmt::format("last character of percentage should be `%`, but is: '{}'", text.back());
    if (all_digits(text)) problem.meant = fmt::format("{}%", text);
    return problem;
  }
  return check_integer(type, text.substr(0, text.size() - 1), name);
}

Outcome check_regexp(const Type& type, std::string_view text, std::string_view name, Release release, Patterns& patterns) {
  if (!type.choices.empty() && type.max != highest) {
    const auto since = parse_exact_release(type.choices.front());
    if (since && release >= *since && text.size() > static_cast<std::size_t>(type.max)) {
      return Refused{fmt::format("the regular expression of `{}` is longer than {} bytes", name, type.max)};
    }
  }
  const go::Regexp& expression = patterns.compile(text);
  if (expression.error.empty()) return {};
  return Refused{fmt::format("`{}` of `{}` {}", text, name, go::regexp_fault(expression)),
                 std::string(go::regexp_help(expression)),
                 {},
                 expression.error};
}

/// What people write for `NOERROR`.
bool is_no_error(std::string_view upper) {
  constexpr std::array<std::string_view, 6> words{"OK", "SUCCESS", "NO_ERROR", "NO-ERROR", "NOERR", "NONE"};
  return std::find(words.begin(), words.end(), upper) != words.end();
}

Outcome check_dns_word(std::span<const std::string_view> known, std::string_view what, std::string_view text, std::string_view name) {
  if (std::find(known.begin(), known.end(), text) != known.end()) return {};
  Refused problem{fmt::format("`{}` of `{}` is not a {}", text, name, what)};
  const std::string upper = ascii::to_upper(text);
  if (std::find(known.begin(), known.end(), upper) != known.end()) {
    problem.help = "it must be written in capitals";
    problem.meant = upper;
  } else if (what == "response code" && is_no_error(upper)) {
    problem.help = "the code for an answer without an error is `NOERROR`";
    problem.meant = "NOERROR";
  }
  return problem;
}

Outcome outcome(const Type& type, std::string_view text, std::string_view name, Release release, Patterns& patterns) {
  switch (type.kind) {
    case Kind::text:
      return {};
    case Kind::integer:
      return check_integer(type, text, name);
    case Kind::unsigned_: {
      const auto bits = type.max == highest ? 64U : static_cast<unsigned>(type.max);
      if (go::parse_uint(text, bits)) return {};
      return Refused{fmt::format("`{}` of `{}` is not a whole number from 0 on", text, name)};
    }
    case Kind::floating: {
      const auto value = go::parse_float(text, 64);
      if (!value) return Refused{fmt::format("`{}` of `{}` is not a number", text, name)};
      const bool low = type.min != lowest && *value < static_cast<double>(type.min);
      const bool high = type.max != highest && *value > static_cast<double>(type.max);
      if (!low && !high) return {};
      return Refused{fmt::format("`{}` of `{}` is out of range", text, name)};
    }
    case Kind::duration:
    case Kind::seconds:
      return check_duration(type, text, name);
    case Kind::choice:
    case Kind::choice_any_case:
      return check_choice(type, text, name);
    case Kind::name:
      if (go::is_domain_name(text, name_rules(release))) return {};
      return Refused{fmt::format("`{}` of `{}` is not a domain name", text, name)};
    case Kind::ip:
    case Kind::cidr:
    case Kind::ip_or_cidr:
    case Kind::listen_address:
    case Kind::host_port:
      return check_address(type.kind, text, name, release);
    case Kind::percent:
      return check_percent(type, text, name);
    case Kind::regexp:
      return check_regexp(type, text, name, release, patterns);
    case Kind::qtype:
      return check_dns_word(dns_types(release), "record type", text, name);
    case Kind::qclass:
      return check_dns_word(dns_classes(), "class", text, name);
    case Kind::rcode:
      return check_dns_word(dns_rcodes(release), "response code", text, name);
    case Kind::custom:
      break;
  }
  std::string says = type.check(text, release);
  if (says.empty()) return {};
  return Refused{fmt::format("`{}` of `{}` is not accepted", text, name), {}, {}, std::move(says)};
}

}  // namespace

bool Reader::check(const Type& type, const Word& word, const Word& name) {
  if (word.unknown) {
    depends();
    return true;
  }
  Outcome problem = outcome(type, word.text, name.text, release_, *state_.patterns);
  if (!problem) return true;
  if (plugin_.own_words) problem->says.clear();
  Problem& fault = invalid(word, std::move(problem->message), std::move(problem->says));
  fault.help = std::move(problem->help);
  if (!problem->meant.empty()) {
    fault.fixes.push_back({fmt::format("write `{}`", problem->meant), Safety::unsafe, {{config_.place(word), problem->meant}}});
    if (fault.help.empty()) fault.help = fmt::format("write `{}`", problem->meant);
  }
  return false;
}

}  // namespace corefile::plugins
