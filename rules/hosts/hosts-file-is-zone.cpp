// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/rule.hpp>
#include <string>

#include "go/net.hpp"
#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::hosts_file_is_zone {
namespace {

// Ends that domains have and hosts files do not.
constexpr std::array<std::string_view, 20> ends{"arpa", "com", "net", "org", "io",   "dev",  "local", "internal", "lan", "home",
                                                "corp", "de",  "eu",  "fr",  "test", "info", "cloud", "example",  "app", "intranet"};

bool looks_like_a_domain(std::string_view text) {
  if (text.find('/') != std::string_view::npos || text.starts_with("hosts")) return false;
  const std::string_view name = zone_of(text);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return same_name(end, name.substr(dot + 1)); });
}

bool has_entry_below(Directive hosts, std::string_view zone) {
  for (const Property line : hosts.properties()) {
    if (!go::parse_ip(line.name())) continue;
    for (const Word& name : line.arguments()) {
      if (covers(zone, name.text)) return true;
    }
  }
  return false;
}

/// `hosts . /etc/hosts.extra`
void check_swapped(Directive hosts, Report& report) {
  const Word& first = hosts.arguments()[0];
  const Word& second = hosts.arguments()[1];
  if (first.text.find('/') != std::string_view::npos || !second.text.starts_with('/')) return;
  const std::string text(second.text);
  Diagnostic& found =
      report.at(second, "`hosts` reads `" + text + "` as a zone, and `" + std::string(first.text) + "` as the name of its file");
  found.label = "a zone, so the file is not read";
  found.help = "name the file first: `hosts " + text + " " + std::string(first.text) + "`";
  found.fixes.push_back({"name the file first",
                         Safety::unsafe,
                         {{hosts.config->place(first), text}, {hosts.config->place(second), std::string(first.text)}}});
}

void check(Directive hosts, const Context&, Report& report) {
  if (hosts.arguments().size() == 2 && all_known(hosts.arguments())) check_swapped(hosts, report);
  if (hosts.arguments().size() != 1 || !all_known(hosts.arguments())) return;
  const Word& first = hosts.arguments().front();
  const bool slash = first.text.find('/') != std::string_view::npos;
  if (slash || first.text.find('.') == std::string_view::npos) return;
  if (first.text != "." && !looks_like_a_domain(first.text) && !has_entry_below(hosts, zone_of(first))) return;
  const std::string text(first.text);
  Diagnostic& found = report.at(first, "`hosts` reads `" + text + "` as the name of a file, not as a zone");
  found.label = "a file name";
  found.notes.push_back((text == "." ? "that is a folder, so CoreDNS only logs that it cannot read it"
                                     : "if there is no such file CoreDNS only logs `File does not exist: " + text + "`") +
                        "; the zones stay those of the server block");
  found.help = "name the file first: `hosts /etc/hosts " + text + "`";
  found.fixes.push_back({"insert `/etc/hosts`", Safety::unsafe, {Fixer(*hosts.config).insert_before(first, "/etc/hosts ")}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::hosts}, .fixes = Fixes::always};

}  // namespace corefile::rules::hosts_file_is_zone
