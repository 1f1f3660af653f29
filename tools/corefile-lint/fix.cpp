// SPDX-License-Identifier: Apache-2.0
#include "fix.hpp"

#include <algorithm>

namespace corefile::app {
namespace {

constexpr int max_rounds = 10;

struct Health {
  std::size_t corefiles = 0;
  std::size_t refusals = 0;
};

Health health(const Source& source, const Options& options) {
  Health health;
  const auto add = [&](const Source& text, Role role) {
    ResolveOptions resolving;
    resolving.files = options.files;
    resolving.environment = options.environment;
    resolving.limits = options.limits;
    resolving.form = role == Role::custom_override ? Form::directives : Form::corefile;
    ++health.corefiles;
    health.refusals += recover(parse(text), resolving).meant.refusals().size();
  };
  const bool manifest =
      options.kind == InputKind::manifest || (options.kind == InputKind::detect && looks_like_manifest(source.name(), source.text()));
  if (manifest) {
    for (const Embedded& embedded : read_manifest(source).corefiles) add(embedded.source, options.role.value_or(embedded.role));
  } else {
    add(source, options.role.value_or(Role::standalone));
  }
  return health;
}

}  // namespace

Fixed fix_all(const Source& source, Analysis analysis, const Options& options, Safety at_least,
              const std::function<Analysis(const Source&)>& check) {
  const std::size_t before = analysis.diagnostics.size() + analysis.dropped;
  Fixed fixed{source, std::move(analysis)};
  for (int round = 0; round < max_rounds; ++round) {
    std::string text = apply(fixed.source.text(), fixed.analysis.diagnostics, at_least);
    if (text == fixed.source.text() || text.size() > Source::max_size) break;
    Source next(source.name(), std::move(text));
    const Health was = health(fixed.source, options);
    const Health is = health(next, options);
    if (is.refusals > was.refusals || is.corefiles != was.corefiles) break;
    fixed.source = next;
    fixed.analysis = check(next);
  }
  const std::size_t after = fixed.analysis.diagnostics.size() + fixed.analysis.dropped;
  fixed.gone = before - std::min(before, after);
  return fixed;
}

}  // namespace corefile::app
