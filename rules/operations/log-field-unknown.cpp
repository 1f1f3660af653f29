// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"

namespace corefile::rules::log_field_unknown {
namespace {

/// plugin/pkg/replacer/replacer.go, labels; and what plugin/log/setup.go replaces.
constexpr std::array<std::string_view, 18> fields{"type",     "name",  "class",    "proto",   "size",   "remote",
                                                  "port",     "local", ">id",      ">opcode", ">do",    "rcode",
                                                  ">bufsize", "rsize", "duration", ">rflags", "common", "combined"};
constexpr std::size_t most_fields = 64;
constexpr Release expands{1, 9, 1};  // plugin/log/setup.go: `{common}` and `{combined}` within a format

bool is_word(std::string_view text) {
  if (text.starts_with('>')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_alnum(c) || c == '_' || c == '-'; });
}

/// The text between the next `}` and the `{` before it; empty if it is not a field.
std::string_view next_field(std::string_view& format) {
  const std::size_t close = format.find('}');
  if (close == std::string_view::npos) {
    format = {};
    return {};
  }
  const std::size_t open = format.substr(0, close).rfind('{');
  const std::string_view field = open == std::string_view::npos ? std::string_view() : format.substr(open + 1, close - open - 1);
  format.remove_prefix(close + 1);
  return field;
}

std::string_view meant(std::string_view field) {
  constexpr std::array<std::array<std::string_view, 2>, 8> others{{{"client", "remote"},
                                                                   {"client_ip", "remote"},
                                                                   {"ip", "remote"},
                                                                   {"query", "name"},
                                                                   {"qname", "name"},
                                                                   {"qtype", "type"},
                                                                   {"latency", "duration"},
                                                                   {"status", "rcode"}}};
  for (const auto& one : others) {
    if (one[0] == field) return one[1];
  }
  return {};
}

void check(Directive log, const Context& context, Report& report) {
  const std::span<const Word> arguments = log.arguments();
  if (!context.load->loads() || arguments.size() < 2 || arguments.back().unknown) return;
  std::string_view format = arguments.back().text;
  for (std::size_t count = 0; !format.empty() && count < most_fields; ++count) {
    const std::string_view field = next_field(format);
    if (context.release < expands && (field == "common" || field == "combined") && arguments.back().text.size() > field.size() + 2) {
      Diagnostic& found = report.at(
          arguments.back(), fmt::format("`{{{}}}` is printed as it stands: before 1.9.1 it is a format alone, not a part of one", field));
      found.severity = Severity::warning;
      found.help = fmt::format("write its fields out, or `{{{}}}` alone", field);
      return;
    }
    if (!is_word(field) || std::find(fields.begin(), fields.end(), field) != fields.end()) continue;
    Diagnostic& found =
        report.at(arguments.back(), fmt::format("`{{{}}}` is not a field of a log line, and is printed as it stands", field));
    found.label = "one field is not known";
    const std::string_view other = meant(field);
    found.help = other.empty() ? "the fields are `{type}`, `{name}`, `{class}`, `{proto}`, `{size}`, `{remote}`, `{port}`, `{local}`, "
                                 "`{rcode}`, `{rsize}`, `{duration}`, "
                                 "`{>id}`, `{>opcode}`, `{>do}`, `{>bufsize}` and `{>rflags}`"
                               : fmt::format("did you mean `{{{}}}`?", other);
    return;
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::log}, .severity = Severity::info};

}  // namespace corefile::rules::log_field_unknown
