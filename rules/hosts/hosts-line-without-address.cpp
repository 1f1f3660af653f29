// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <string>

#include "go/net.hpp"
#include "lint/fixer.hpp"
#include "lint/misread.hpp"
#include "lint/zones.hpp"
#include "plugins/reader.hpp"

namespace corefile::rules::hosts_line_without_address {
namespace {

constexpr std::array<std::string_view, 4> options{"fallthrough", "no_reverse", "ttl", "reload"};
constexpr std::string_view newest_option = "fallthrough_unsupported";
constexpr Release newest_option_since{1, 14, 7};

// hosts/hostsfile.go, parseIP: what stands behind `%` does not count.
bool is_address(std::string_view text) { return go::parse_ip(text.substr(0, text.find('%'))).has_value(); }

bool is_option(std::string_view word, Release release) {
  return std::find(options.begin(), options.end(), word) != options.end() || (word == newest_option && release >= newest_option_since);
}

void check_line(Property line, const Context& context, Report& report) {
  const Config& config = *line.config;
  const Word& first = line.words.front();
  const std::span<const Word> rest = line.arguments();
  const std::string text(first.text);
  const bool number = text.find_first_not_of("0123456789.") == std::string::npos;
  Diagnostic& found = report.at(
      first, number ? "`" + text + "` is not an IP address" : "a `hosts` line begins with `" + text + "` instead of an IP address");
  found.notes.push_back("`hosts` takes every word it does not know for an entry and drops entries without an address, in silence");
  if (first.text == newest_option) {
    found.notes.push_back("`" + text + "` is an option from CoreDNS 1.14.7 on; this is " + to_string(context.release));
    found.help = "leave it out, or use 1.14.7 or newer";
    return;
  }
  found.label = "not an address";
  if (rest.size() == 1 && rest.front().unknown == 0 && is_address(rest.front().text)) {
    found.help = "write the address first: `" + std::string(rest.front().text) + " " + text + "`";
    found.fixes.push_back({"swap the columns",
                           Safety::safe,
                           {Fixer(config).replace(first, std::string(rest.front().text)), Fixer(config).replace(rest.front(), text)}});
    return;
  }
  if (const std::string_view option = plugins::nearest(first.text, options); !option.empty()) {
    found.label = "not an option";
    if (option == "fallthrough")
      found.notes.push_back("without `fallthrough` no plugin behind `hosts` is asked for the names that it lacks");
    found.help = "write `" + std::string(option) + "`";
    found.fixes.push_back(
        {"replace `" + text + "` with `" + std::string(option) + "`", Safety::unsafe, {Fixer(config).replace(first, std::string(option))}});
    return;
  }
  if (first.text.starts_with("fallt") && rest.size() == 1 && text + std::string(rest.front().text) == "fallthrough") {
    found.label = "not an option";
    found.notes.push_back("without `fallthrough` no plugin behind `hosts` is asked for the names that it lacks");
    found.help = "write `fallthrough` in one word";
    return;
  }
  found.help = "write `ADDRESS NAME…`, or one of the options fallthrough, no_reverse, reload and ttl";
}

void check(Directive hosts, const Context& context, Report& report) {
  for (const Property line : hosts.properties()) {
    if (line.name() == "fallthrough") return;  // an entry behind it is refused
    if (is_option(line.name(), context.release) || is_address(line.name())) continue;
    if (foreign_punctuation(line.name()) != '\0') continue;  // `192.0.2.1:`: the sign is the cause
    if (line.name() == "import" || line.name().starts_with('#') || !all_known(line.words)) continue;
    check_line(line, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::hosts_line_without_address
