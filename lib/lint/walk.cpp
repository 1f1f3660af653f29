// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>
#include <tuple>

#include "lint/faults.hpp"

namespace corefile {

/// One pass: every rule gets the things it asked for.
struct Walk {
  static void run(const Manifest& manifest, const Context& context, const Catalogue& catalogue, std::vector<Diagnostic>& out) {
    for (const Rule* rule : catalogue.manifest_rules_) {
      Report report(*rule, nullptr, out);
      std::get<3>(rule->check)(manifest, context, report);
    }
  }

  static void run(const Config& config, const Context& context, const Catalogue& catalogue, std::vector<Diagnostic>& out) {
    for (const Rule* rule : catalogue.config_rules_) {
      Report report(*rule, &config, out);
      std::get<0>(rule->check)(config, context, report);
    }
    for (std::uint32_t i = 0; i < config.block_count(); ++i) {
      const ServerBlock block = config.block(i);
      for (const Rule* rule : catalogue.block_rules_) {
        Report report(*rule, &config, out);
        std::get<1>(rule->check)(block, context, report);
      }
      std::vector<Keyword> once;
      for (const Directive directive : block.directives()) {
        const Keyword name = directive.plugin();
        // CoreDNS refuses the plugin's second line: what else could be said of it and those behind it does not matter.
        if (!context.load->loads() && is_one_too_many(directive, context)) once.push_back(name);
        if (std::find(once.begin(), once.end(), name) != once.end()) continue;
        for (const Rule* rule : catalogue.directive_rules_) call(*rule, directive, context, out);
        const auto& rules = catalogue.plugin_rules_;
        auto at =
            std::lower_bound(rules.begin(), rules.end(), name.hash(), [](const auto& a, std::uint32_t h) { return a.first.hash() < h; });
        for (; at != rules.end() && at->first.hash() == name.hash(); ++at) {
          if (at->first == name) call(*at->second, directive, context, out);
        }
      }
    }
  }

 private:
  static bool is_one_too_many(Directive directive, const Context& context) {
    const LoadFault* fault = context.faults->on(directive.config->place(directive.name_word()));
    return fault != nullptr && fault->kind == LoadFault::Kind::once;
  }
  static void call(const Rule& rule, Directive directive, const Context& context, std::vector<Diagnostic>& out) {
    Report report(rule, directive.config, out);
    std::get<2>(rule.check)(directive, context, report);
  }
};

namespace {

auto order(const Diagnostic& d) { return std::tuple(d.place, d.rule, std::string_view(d.message)); }

// A snippet used in several blocks gives the same finding once for each use.
void sort_and_unite(std::vector<Diagnostic>& found) {
  std::sort(found.begin(), found.end(), [](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
  const auto same = [](const Diagnostic& a, const Diagnostic& b) { return order(a) == order(b); };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
}

}  // namespace

std::vector<Diagnostic> lint(const Config& config, const Context& context, const Catalogue& catalogue) {
  std::vector<Diagnostic> out;
  Context judged = context;
  LoadVerdict verdict;
  if (judged.load == nullptr) {
    const ExternalPlugins external = context.plugins != nullptr ? *context.plugins : ExternalPlugins();
    verdict = load(config, context.release, external, context.files);
    if (config.mended()) verdict.as_read_loads = load(config.as_read(), context.release, external, context.files).loads();
    judged.load = &verdict;
  }
  const FaultIndex faults(config, *judged.load);
  judged.faults = &faults;
  Walk::run(config, judged, catalogue, out);
  sort_and_unite(out);
  return out;
}

std::vector<Diagnostic> lint(const Manifest& manifest, const Context& context, const Catalogue& catalogue) {
  std::vector<Diagnostic> out;
  Walk::run(manifest, context, catalogue, out);
  sort_and_unite(out);
  return out;
}

}  // namespace corefile
