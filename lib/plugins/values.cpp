// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/ascii.hpp"
#include "base/exact_release.hpp"
#include "base/short_text.hpp"
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

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!ascii::is_digit(c)) return false;
  }
  return !text.empty();
}

std::string list(std::span<const std::string_view> choices) {
  std::string out;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    out += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ", choices[i]);
  }
  return out;
}

// plugin/pkg/parse/host.go, HostPort: an IP with or without a port; from 1.14.5 on the last `%` cuts a zone off.
std::string_view host_of(std::string_view text) {
  const auto parts = go::split_host_port(text);
  return parts ? parts->host : text;
}

// `:8080`, as most addresses to listen on are.
bool is_port_alone(std::string_view text) { return text.starts_with(':') && all_digits(text.substr(1)); }

bool is_host_port(std::string_view text, Release release) {
  const std::string_view host = host_of(text);
  return go::parse_ip(release < Release{1, 14, 5} ? host : host.substr(0, host.rfind('%'))).has_value();
}

/// The longest regular expression that the type allows in that release, in bytes.
std::size_t longest_regexp(const Type& type, Release release) {
  if (type.choices.empty() || type.max == highest) return std::string_view::npos;
  const auto since = parse_exact_release(type.choices.front());
  return since && release >= *since ? static_cast<std::size_t>(type.max) : std::string_view::npos;
}

std::optional<std::int64_t> duration_of(const Type& type, std::string_view text) {
  if (type.kind == Kind::seconds && go::atoi(text)) return go::parse_duration(std::string(text) + "s");
  return go::parse_duration(text);
}

bool in_range(const Type& type, std::optional<std::int64_t> value) { return value && *value >= type.min && *value <= type.max; }

bool is_float(const Type& type, std::string_view text) {
  const auto value = go::parse_float(text, 64);
  if (!value) return false;
  const bool low = type.min != lowest && *value < static_cast<double>(type.min);
  const bool high = type.max != highest && *value > static_cast<double>(type.max);
  return !low && !high;
}

bool is_one_of(std::span<const std::string_view> known, std::string_view text) {
  for (const std::string_view one : known) {
    if (short_text::same(one, text)) return true;
  }
  return false;
}

bool is_choice(const Type& type, std::string_view text) {
  if (is_one_of(type.choices, text)) return true;
  return type.kind == Kind::choice_any_case && std::any_of(type.choices.begin(), type.choices.end(), [text](std::string_view choice) {
           return choice.size() == text.size() && ascii::same_letters(choice, text);
         });
}

/// What to say of a text that accepts() does not take.
struct Refused {
  std::string message;
  std::string help{};
  std::string meant{};  // a text that would do
  std::string says{};
};

Refused refuse_integer(const Type& type, std::string_view text, std::string_view name) {
  if (go::atoi(text)) {
    return {fmt::format("`{}` of `{}` is out of range", text, name),
            fmt::format("write {}", range_text(type, [](std::int64_t v) { return std::to_string(v); }))};
  }
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

Refused refuse_duration(const Type& type, std::string_view text, std::string_view name) {
  if (duration_of(type, text)) {
    return {fmt::format("`{}` of `{}` is out of range", text, name), fmt::format("write {}", range_text(type, duration_text))};
  }
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

Refused refuse_choice(const Type& type, std::string_view text, std::string_view name) {
  Refused problem{fmt::format("`{}` takes {}, not `{}`", name, list(type.choices), text)};
  const std::string folded = ascii::to_lower(text);
  for (const std::string_view choice : type.choices) {
    if (ascii::to_lower(choice) == folded) problem.meant = choice;
  }
  if (problem.meant.empty()) problem.meant = nearest(text, type.choices);
  if (!problem.meant.empty()) problem.help = fmt::format("did you mean `{}`?", problem.meant);
  return problem;
}

Refused refuse_address(Kind kind, std::string_view text, std::string_view name) {
  switch (kind) {
    case Kind::ip:
      return {fmt::format("`{}` of `{}` is not an IP address", text, name)};
    case Kind::cidr:
      return {fmt::format("`{}` of `{}` is not a network such as `10.0.0.0/8`", text, name),
              {},
              {},
              fmt::format("invalid CIDR address: {}", text)};
    case Kind::ip_or_cidr:
      return {fmt::format("`{}` of `{}` is neither an IP address nor a network", text, name)};
    case Kind::host_port:
      return {fmt::format("`{}` of `{}` is not an IP address", text, name),
              {},
              {},
              fmt::format("must specify an IP address: `{}'", host_of(text))};
    default:
      break;
  }
  Refused problem{fmt::format("`{}` of `{}` is not an `ADDRESS:PORT`", text, name)};
  go::split_host_port(text, &problem.says);
  if (all_digits(text)) {
    problem.meant = fmt::format(":{}", text);
    problem.help = fmt::format("write `:{}` for all addresses", text);
  } else if (const auto ip = go::parse_ip(text)) {
    problem.help = "add the port";
  }
  return problem;
}

Refused refuse_percent(const Type& type, std::string_view text, std::string_view name) {
  if (text.ends_with('%')) return refuse_integer(type, text.substr(0, text.size() - 1), name);
  Refused problem{fmt::format("`{}` of `{}` lacks its `%`", text, name)};
  if (!text.empty() && static_cast<unsigned char>(text.back()) < 0x80)
    problem.says = fmt::format("last character of percentage should be `%`, but is: '{}'", text.back());
  if (all_digits(text)) problem.meant = fmt::format("{}%", text);
  return problem;
}

Refused refuse_regexp(const Type& type, std::string_view text, std::string_view name, Release release, Patterns& patterns) {
  if (text.size() > longest_regexp(type, release)) {
    return {fmt::format("the regular expression of `{}` is longer than {} bytes", name, type.max)};
  }
  const go::Regexp& expression = patterns.compile(text);
  return {fmt::format("`{}` of `{}` {}", text, name, go::regexp_fault(expression)),
          std::string(go::regexp_help(expression)),
          {},
          expression.error};
}

/// What people write for `NOERROR`.
bool is_no_error(std::string_view upper) {
  constexpr std::array<std::string_view, 6> words{"OK", "SUCCESS", "NO_ERROR", "NO-ERROR", "NOERR", "NONE"};
  return std::find(words.begin(), words.end(), upper) != words.end();
}

Refused refuse_dns_word(std::span<const std::string_view> known, std::string_view what, std::string_view text, std::string_view name) {
  Refused problem{fmt::format("`{}` of `{}` is not a {}", text, name, what)};
  const std::string upper = ascii::to_upper(text);
  if (is_one_of(known, upper)) {
    problem.help = "it must be written in capitals";
    problem.meant = upper;
  } else if (what == "response code" && is_no_error(upper)) {
    problem.help = "the code for an answer without an error is `NOERROR`";
    problem.meant = "NOERROR";
  }
  return problem;
}

Refused refused(const Type& type, std::string_view text, std::string_view name, Release release, Patterns& patterns) {
  switch (type.kind) {
    case Kind::integer:
      return refuse_integer(type, text, name);
    case Kind::unsigned_:
      return {fmt::format("`{}` of `{}` is not a whole number from 0 on", text, name)};
    case Kind::floating:
      return {fmt::format("`{}` of `{}` is {}", text, name, go::parse_float(text, 64) ? "out of range" : "not a number")};
    case Kind::duration:
    case Kind::seconds:
      return refuse_duration(type, text, name);
    case Kind::choice:
    case Kind::choice_any_case:
      return refuse_choice(type, text, name);
    case Kind::name:
      return {fmt::format("`{}` of `{}` is not a domain name", text, name)};
    case Kind::ip:
    case Kind::cidr:
    case Kind::ip_or_cidr:
    case Kind::listen_address:
    case Kind::host_port:
      return refuse_address(type.kind, text, name);
    case Kind::percent:
      return refuse_percent(type, text, name);
    case Kind::regexp:
      return refuse_regexp(type, text, name, release, patterns);
    case Kind::qtype:
      return refuse_dns_word(dns_types(release), "record type", text, name);
    case Kind::qclass:
      return refuse_dns_word(dns_classes(), "class", text, name);
    case Kind::rcode:
      return refuse_dns_word(dns_rcodes(release), "response code", text, name);
    case Kind::text:
    case Kind::custom:
      break;
  }
  return {fmt::format("`{}` of `{}` is not accepted", text, name), {}, {}, type.check(text, release)};
}

}  // namespace

bool accepts(const Type& type, std::string_view text, Release release, Patterns& patterns) {
  switch (type.kind) {
    case Kind::text:
      return true;
    case Kind::integer:
      return in_range(type, go::atoi(text));
    case Kind::unsigned_:
      return go::parse_uint(text, type.max == highest ? 64U : static_cast<unsigned>(type.max)).has_value();
    case Kind::floating:
      return is_float(type, text);
    case Kind::duration:
    case Kind::seconds:
      return in_range(type, duration_of(type, text));
    case Kind::choice:
    case Kind::choice_any_case:
      return is_choice(type, text);
    case Kind::name:
      return go::is_domain_name(text, name_rules(release));
    case Kind::ip:
      return go::parse_ip(text).has_value();
    case Kind::cidr:
      return go::parse_cidr(text).has_value();
    case Kind::ip_or_cidr:
      return go::parse_ip(text) || go::parse_cidr(text);
    case Kind::listen_address:
      return is_port_alone(text) || go::split_host_port(text);
    case Kind::host_port:
      return is_host_port(text, release);
    case Kind::percent:
      return text.ends_with('%') && in_range(type, go::atoi(text.substr(0, text.size() - 1)));
    case Kind::regexp:
      return text.size() <= longest_regexp(type, release) && patterns.compile(text).error.empty();
    case Kind::qtype:
      return is_one_of(dns_types(release), text);
    case Kind::qclass:
      return is_one_of(dns_classes(), text);
    case Kind::rcode:
      return is_one_of(dns_rcodes(release), text);
    case Kind::custom:
      break;
  }
  return type.check(text, release).empty();
}

bool Reader::refuse(const Type& type, const Word& word, const Word& name) {
  if (word.unknown) {
    depends();
    return true;
  }
  Refused problem = refused(type, word.text, name.text, release_, *state_.patterns);
  if (plugin_.own_words) problem.says.clear();
  Problem& fault = invalid(word, std::move(problem.message), std::move(problem.says));
  fault.help = std::move(problem.help);
  if (!problem.meant.empty()) {
    fault.fixes.push_back({fmt::format("write `{}`", problem.meant), Safety::unsafe, {{config_.place(word), problem.meant}}});
    if (fault.help.empty()) fault.help = fmt::format("write `{}`", problem.meant);
  }
  return false;
}

}  // namespace corefile::plugins
