// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"

namespace corefile::rules::trace_without_port {
namespace {

void check(Directive trace, const Context& context, Report& report) {
  const auto words = trace.arguments();
  if (!context.load->loads() || words.empty() || words.size() > 2) return;
  const Word& endpoint = words.back();
  if (words.size() == 2 && !ascii::same_letters(words.front().text, "zipkin")) return;
  const auto of_host = [](char c) { return ascii::is_alnum(c) || c == '.' || c == '-' || c == '_'; };
  if (endpoint.unknown != 0 || endpoint.text.empty() || !std::all_of(endpoint.text.begin(), endpoint.text.end(), of_host)) return;
  Diagnostic& found = report.at(endpoint, fmt::format("spans are sent to port 80 of `{}`", endpoint.text));
  found.label = "no port";
  found.notes.push_back(
      fmt::format("`trace` makes a URL of it that begins with http://{}/; Zipkin and its like listen on port 9411", endpoint.text));
  found.help = fmt::format("write `{}:9411`", endpoint.text);
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::trace}, .severity = Severity::info};

}  // namespace corefile::rules::trace_without_port
