// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::autopath_without_verified_pods {
namespace {

/// `autopath /etc/resolv.conf`: one search path for all pods, whatever their namespace.
void of_file(const Word& file, Report& report) {
  Diagnostic& found = report.at(file, fmt::format("the search path of `{}` is the one of CoreDNS's own pods", file.text));
  found.label = "not that of the pod that asks";
  found.notes.push_back("pods search their own namespace first, so that for them `autopath` does nothing");
  found.help = "write `autopath @kubernetes`, with `pods verified` in the block of `kubernetes`, or remove `autopath`";
}

void check_autopath(Directive autopath, const std::optional<Directive>& kubernetes, const Context& context, Report& report) {
  const Config& config = *autopath.config;
  if (autopath.arguments().empty()) return;
  const Word& from = autopath.arguments().back();
  if (context.role == Role::cluster && !from.unknown && !from.text.starts_with('@')) return of_file(from, report);
  if (from.text != "@kubernetes") return;
  if (!kubernetes) {
    Diagnostic& found = report.at(from, "`autopath` asks `kubernetes`, which is not in this server block");
    found.label = "does nothing";
    found.help = "add `kubernetes` with `pods verified`, or remove `autopath`";
    return;
  }
  const auto pods = kubernetes->properties().find("pods");
  const Word* const mode = pods && !pods->arguments().empty() ? &pods->arguments().front() : nullptr;
  if (mode != nullptr && (mode->text == "verified" || mode->unknown)) return;
  Diagnostic& found = report.at(autopath.name_word(), "`autopath` does nothing without `pods verified`");
  found.labels.push_back({mode != nullptr ? config.place(*mode) : config.place(kubernetes->name_word()), "does not know which pod asks"});
  found.notes.push_back("the search path is the one of the pod that asks, which `kubernetes` only knows when it watches all pods");
  found.help = "write `pods verified` in the block of `kubernetes` (it takes memory for every pod), or remove `autopath`";
  if (mode != nullptr) {
    found.fixes.push_back({"write `pods verified`", Safety::unsafe, {Fixer(config).replace(*mode, "verified")}});
  } else if (auto edit = Fixer(*kubernetes->config).add_property(*kubernetes, "pods verified")) {
    found.fixes.push_back({"insert `pods verified`", Safety::unsafe, {*edit}});
  }
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.fragment() || has_unresolved_import(*block.config)) return;
  const std::optional<Directive> kubernetes = block.find(Plugin::kubernetes);
  for (const Directive directive : block.directives()) {
    if (directive.is(Plugin::autopath)) check_autopath(directive, kubernetes, context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::autopath}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::autopath_without_verified_pods
