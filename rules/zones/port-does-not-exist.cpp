// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "go/net.hpp"
#include "go/number.hpp"

namespace corefile::rules::port_does_not_exist {
namespace {

/// `:9153`, of so few digits that it must be one.
bool is_usual(std::string_view address) {
  constexpr std::size_t most = 4;
  return address.size() > 1 && address.size() <= 1 + most && address.front() == ':' &&
         std::all_of(address.begin() + 1, address.end(), ascii::is_digit);
}

// Names of services (`http`) are taken too; none begins with a digit and all have a letter.
bool exists(std::string_view port) {
  if (const auto number = go::atoi(port)) return *number >= 0 && *number <= 65535;
  return port.empty() || !ascii::is_digit(port.front());
}

void check(Directive directive, const Context& context, Report& report) {
  if (directive.arguments().empty() || !context.load->loads()) return;
  const Word& word = directive.arguments().front();
  if (word.unknown || is_usual(word.text)) return;
  const auto parts = go::split_host_port(word.text);
  if (!parts || exists(parts->port)) return;
  Diagnostic& found = report.at(word, fmt::format("there is no port `{}`", parts->port));
  found.label = "a number from 1 to 65535";
  // pkg/uniq, ForEach: the errors of prometheus and ready are dropped.
  const bool ends = directive.is(Plugin::health) || directive.is(Plugin::pprof);
  found.notes.push_back(ends ? "the port is looked up when CoreDNS starts, which then ends"
                             : fmt::format("CoreDNS starts without `{}`, and nothing answers there", directive.name()));
  found.help = "write the port as a plain number";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::health, Plugin::pprof, Plugin::prometheus, Plugin::ready}};

}  // namespace corefile::rules::port_does_not_exist
