// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::block_not_read {
namespace {

void check(Directive directive, const Context& context, Report& report) {
  if (!directive.has_block() || directive.properties().empty() || !context.load->loads()) return;
  const plugins::Schema* schema = plugins::schema_of(directive.plugin());
  if (schema == nullptr) return;
  const auto lives = schema->blockless;
  if (std::none_of(lives.begin(), lives.end(), [&](const plugins::Life& life) { return life.covers(context.release); })) return;
  const Property first = *directive.properties().begin();
  Diagnostic& found = report.at(first.words, fmt::format("`{}` reads no block: this counts for nothing", directive.name()));
  found.label = "passed over";
  found.help = fmt::format("write its arguments on the line of `{}`", directive.name());
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::reload, Plugin::bufsize, Plugin::autopath, Plugin::cancel, Plugin::debug}};

}  // namespace corefile::rules::block_not_read
