// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>

#include "base/byte_set.hpp"
#include "lint/accident.hpp"
#include "lint/circles.hpp"
#include "lint/faults.hpp"
#include "lint/pipeline.hpp"
#include "lint/verdicts.hpp"

namespace corefile {

/// One pass: every rule gets the things it asked for.
struct Walk {
  static void run(const Manifest& manifest, const Context& context, const Catalogue& catalogue, std::vector<Diagnostic>& out) {
    for (const auto& call : catalogue.manifest_rules_) {
      ManifestReport report(*call.rule, out);
      call.check(manifest, context, report);
    }
  }

  static void run(const Config& config, const Context& context, const Catalogue& catalogue, std::vector<Diagnostic>& out) {
    const Ground given = grounds_of(config, context);
    const auto ask = [&](const auto& call, const auto& subject) {
      if (call.grounds != Ground::none && !any(call.grounds, given)) return;
      Report report(*call.rule, config, out);
      call.check(subject, context, report);
    };
    const auto ask_where = [&](const auto& calls, const auto& subject, const PluginSet& plugins) {
      for (const auto& call : calls) {
        if (call.plugins.empty() || call.plugins.meets(plugins)) ask(call, subject);
      }
    };
    ask_where(catalogue.config_rules_, config, config.plugins);
    const bool loads = context.load->loads();
    for (std::uint32_t i = 0; i < config.block_count(); ++i) {
      const ServerBlock block = config.block(i);
      ask_where(catalogue.block_rules_, block, config.blocks[i].plugins);
      std::vector<std::string_view> once;
      for (const Directive directive : block.directives()) {
        // CoreDNS refuses the plugin's second line: what else could be said of it and those behind it does not matter.
        if (!loads && is_one_too_many(directive, context)) once.push_back(directive.name());
        if (!once.empty() && std::find(once.begin(), once.end(), directive.name()) != once.end()) continue;
        for (const auto& call : catalogue.directive_rules_) ask(call, directive);
        for (const auto& call : catalogue.rules_of(directive.plugin())) ask(call, directive);
      }
    }
  }

 private:
  static Ground grounds_of(const Config& config, const Context& context) {
    Ground given = Ground::none;
    if (!config.refusals.empty()) given = given | Ground::refusal;
    if (!context.load->loads()) given = given | Ground::fault;
    if (!config.remarks.empty()) given = given | Ground::remark;
    if (std::any_of(config.documents.begin(), config.documents.end(), [](const Document& one) { return !one.plain(); }))
      given = given | Ground::odd_byte;
    if (std::any_of(config.documents.begin(), config.documents.end(), [](const Document& one) { return !one.ascii(); }))
      given = given | Ground::rune;
    for (std::uint32_t i = 0; i < config.block_count(); ++i) {
      const ServerBlock block = config.block(i);
      for (const Word& key : block.keys()) given = given | ground_of(key.text);
      if (accident_of(block) != Accident::none) given = given | Ground::accident;
    }
    return given;
  }
  static Ground ground_of(std::string_view key) noexcept {
    static constexpr ByteSet usual("abcdefghijklmnopqrstuvwxyz0123456789-_.");
    static constexpr ByteSet digits("0123456789");
    Ground found = Ground::none;
    bool port = false;
    for (const char c : key) {
      if (c == '/') found = found | Ground::slash;
      if (!(port ? digits : usual).has(c) && (port || c != ':')) found = found | Ground::odd_key;
      port = port || c == ':';
    }
    return found;
  }
  static bool is_one_too_many(Directive directive, const Context& context) {
    const LoadFault* fault = context.faults->on(directive.config->place(directive.name_word()));
    return fault != nullptr && fault->kind == LoadFault::Kind::once;
  }
};

Verdicts judge(const Readings& readings, const Context& context) {
  const ExternalPlugins external = context.plugins != nullptr ? *context.plugins : ExternalPlugins();
  Verdicts verdicts{load(readings.meant, context.release, external, context.files), {}};
  if (readings.differ()) verdicts.as_written = load(readings.literal(), context.release, external, context.files);
  return verdicts;
}

std::vector<Diagnostic> lint(const Readings& readings, const Context& context, const Catalogue& catalogue) {
  std::vector<Diagnostic> out;
  const Config& config = readings.meant;
  Context judged = context;
  judged.readings = &readings;
  std::optional<Verdicts> verdicts;
  if (judged.load == nullptr || judged.literal_load == nullptr) {
    verdicts = judge(readings, context);
    judged.load = &verdicts->meant;
    judged.literal_load = &verdicts->literal();
  }
  const FaultIndex faults(config, *judged.load);
  judged.faults = &faults;
  const std::vector<Circle> circles = find_circles(config, context.release);
  judged.circles = &circles;
  Walk::run(config, judged, catalogue, out);
  pipeline::sort(out);
  pipeline::unite(out);
  pipeline::own_line_ends(out, config);
  return out;
}

std::vector<Diagnostic> lint(const Manifest& manifest, const Context& context, const Catalogue& catalogue) {
  std::vector<Diagnostic> out;
  Walk::run(manifest, context, catalogue, out);
  pipeline::sort(out);
  pipeline::unite(out);
  return out;
}

}  // namespace corefile
