// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

#include <fmt/format.h>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::metadata_missing {
namespace {

/// `{/plugin/label}` in a format; empty if there is none.
std::string_view label_in(std::string_view format) {
  const std::size_t open = format.find("{/");
  if (open == std::string_view::npos) return {};
  const std::size_t close = format.find('}', open);
  if (close == std::string_view::npos || close == open + 2) return {};
  return format.substr(open, close + 1 - open);
}

void check_log(Directive log, Report& report) {
  const std::span<const Word> arguments = log.arguments();
  if (arguments.size() < 2) return;
  const Word& format = arguments.back();
  const std::string_view label = format.unknown ? std::string_view() : label_in(format.text);
  if (label.empty()) return;
  Diagnostic& found = report.at(format, fmt::format("`{}` is always `-` without `metadata`", label));
  found.label = "collected by nobody";
  found.notes.push_back("values of other plugins are only collected where the `metadata` plugin stands in the server block");
  found.help = "add `metadata` to the block";
  if (auto edit = Fixer(*log.config).add_before(log, "metadata")) found.fixes.push_back({"insert `metadata`", Safety::unsafe, {*edit}});
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.fragment() || block.has(Plugin::metadata) || has_unresolved_import(*block.config)) return;
  for (const Directive directive : block.directives()) {
    if (directive.is(Plugin::log)) check_log(directive, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::log}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::metadata_missing
