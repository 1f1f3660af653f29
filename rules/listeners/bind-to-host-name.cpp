// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "go/net.hpp"

namespace corefile::rules::bind_to_host_name {
namespace {

/// `dns.example.lan`, `localhost`; an interface is `eth0`, `eth0.100`, `br-lan`.
bool is_host_name(std::string_view text) {
  if (text == "localhost") return true;
  const std::size_t dot = text.rfind('.');
  if (dot == 0 || dot == std::string_view::npos || go::parse_ip(text)) return false;
  const std::string_view last = text.substr(dot + 1);
  return last.size() >= 2 && std::all_of(last.begin(), last.end(), ascii::is_letter);
}

void check(Directive bind, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& word : bind.arguments()) {
    if (word.unknown != 0 || !is_host_name(word.text)) continue;
    Diagnostic& found = report.at(word, fmt::format("`{}` is a host name, and `bind` takes addresses and names of interfaces", word.text));
    found.notes.push_back(fmt::format(
        "CoreDNS looks for an interface of that name, and does not start: not a valid IP address or interface name: \"{}\"", word.text));
    found.help = word.text == "localhost" ? "write `bind 127.0.0.1 ::1`, or `bind lo`"
                                          : "write an address of this machine, or the name of its interface";
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::bind}};

}  // namespace corefile::rules::bind_to_host_name
