// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/key.hpp>
#include <corefile/rule.hpp>

#include "lint/upstream.hpp"

namespace corefile::rules::forward_network_first_part {
namespace {

void check(Directive forward, const Context& context, Report& report) {
  const Word* const from = from_word(forward);
  if (from == nullptr || from->unknown || from->text.find('/') == std::string_view::npos || !context.load->loads()) return;
  const std::vector<std::string> zones = normalize_zone(from->text, context.release);
  if (zones.size() < 2) return;
  Diagnostic& found = report.at(*from, fmt::format("`{}` is {} zones, and only the first of them is forwarded", from->text, zones.size()));
  found.label = fmt::format("`{}` alone", zones.front());
  found.notes.push_back("`forward` takes one zone; a network whose length is not a multiple of 8 (4 in IPv6) is several");
  found.help = fmt::format("make `{}` the key of a server block and forward `.` in it", from->text);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::forward}};

}  // namespace corefile::rules::forward_network_first_part
