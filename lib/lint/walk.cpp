// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/lint.hpp>

#include "go/regexp.hpp"
#include "lint/catalogue_index.hpp"
#include "lint/circles.hpp"
#include "lint/key_mistake.hpp"
#include "lint/manifests.hpp"
#include "lint/misread.hpp"
#include "lint/pipeline.hpp"
#include "lint/precondition.hpp"
#include "lint/problems.hpp"
#include "lint/stanzas.hpp"
#include "lint/suppress.hpp"
#include "lint/upstream.hpp"
#include "lint/verdicts.hpp"
#include "lint/witness.hpp"
#include "lint/zone_files.hpp"

namespace corefile {

/// One pass: every rule that is to be heard gets the things it asked for.
struct Walk {
  Walk(const Context& context, const Catalogue& catalogue, const Selection& selection, std::vector<Diagnostic>& out)
      : context_(context),
        index_(*catalogue.index_),
        out_(out),
        silent_(pipeline::silent(selection, catalogue)),
        all_speak_(silent_.empty() && context.template_language.empty()) {}

  void run(const Manifest& manifest) {
    ManifestReport report(out_);
    for (const auto& call : index_.manifest_rules) {
      if (!speaks(call)) continue;
      report.turn_to(call.name, *call.rule);
      call.check(manifest, context_, report);
    }
  }

  void run(const std::vector<Suppression>& all) {
    ManifestReport report(out_);
    for (const Suppression& one : all) {
      for (const auto& call : index_.suppression_rules) {
        if (!speaks(call)) continue;
        report.turn_to(call.name, *call.rule);
        call.check(one, context_, report);
      }
    }
  }

  void run(const Config& config, Problems& problems) {
    const Precondition given = preconditions(config, context_) | Catalogue::Index::always;
    const std::uint64_t all_lines = lines_of(config) | Catalogue::Index::any_line;
    Report report(config, context_, problems, out_);
    const auto ask = [&](const auto& call, const auto& subject, std::uint64_t lines) {
      if (!any(call.needs, given) || (call.lines & lines) == 0 || !speaks(call)) return;
      report.turn_to(call.name, *call.rule);
      call.check(subject, context_, report);
    };
    const auto ask_where = [&](const auto& calls, const auto& subject, const PluginSet& plugins) {
      for (const auto& call : calls) {
        if (any(call.needs, given) && (call.plugins.empty() || call.plugins.meets(plugins))) ask(call, subject, all_lines);
      }
    };
    ask_where(index_.config_rules, config, config.plugins());
    const bool loads = context_.load->loads();
    for (std::uint32_t i = 0; i < config.block_count(); ++i) {
      const ServerBlock block = config.block(i);
      ask_where(index_.block_rules, block, detail::ConfigAccess::data(config).blocks[i].plugins);
      std::vector<std::string_view> once;
      for (const Directive directive : block.directives()) {
        // CoreDNS refuses the plugin's second line: what else could be said of it and those behind it does not matter.
        if (!loads && is_one_too_many(directive)) once.push_back(directive.name());
        if (!once.empty() && std::find(once.begin(), once.end(), directive.name()) != once.end()) continue;
        const std::uint64_t lines = detail::ConfigAccess::data(config).directives[directive.index].properties | Catalogue::Index::any_line;
        if (any(index_.directive_rules_need, given) || (index_.directive_rules_want & lines) != 0) {
          for (const auto& call : index_.directive_rules) ask(call, directive, lines);
        }
        for (const auto& call : index_.rules_of(directive.plugin())) ask(call, directive, lines);
      }
    }
    const auto tell = [&](const Problem& problem) {
      if (!problems.left(problem)) return true;
      bool told = false;
      for (const auto& call : index_.problem_rules) {
        if (!call.problems.has(problem.kind)) continue;
        ask(call, problem, all_lines);
        told = told || speaks(call);
      }
      return told;
    };
    for (const Problem& problem : config.refusals()) tell(problem);
    for (const Problem& problem : config.remarks()) tell(problem);
    // CoreDNS stops at a line's first mistake, and what is wrong behind it is so because of it, as a rule.
    const Problem* last = nullptr;
    for (const Problem& problem : context_.load->problems) {
      if (is_syntax(problem.kind) || (last != nullptr && is_echo(*last, problem, config))) continue;
      if (tell(problem) && is_of_a_line(problem.kind)) last = &problem;
    }
    // The text that was meant may load where what CoreDNS reads does not, and the rule that says so is not heard.
    const LoadVerdict& literal = *context_.literal_load;
    if (!silent_.empty() && context_.template_language.empty() && !literal.loads() && !has_error(out_)) {
      for (std::size_t i = 0; i < literal.problems.size() && !has_error(out_); ++i) {
        if (literal.problems[i].place.document < config.documents().size()) tell(literal.problems[i]);
      }
    }
  }

 private:
  /// What setup says of the words of one line.
  static bool is_of_a_line(ProblemKind kind) {
    return kind == ProblemKind::unknown_property || kind == ProblemKind::argument_count || kind == ProblemKind::invalid_value;
  }
  /// Both are of one line.
  static bool is_echo(const Problem& first, const Problem& second, const Config& config) {
    constexpr std::uint32_t longest_line = 4096;
    if (!is_of_a_line(second.kind) || first.place.document != second.place.document) return false;
    const auto [begin, end] = std::minmax(first.place.span.begin, second.place.span.begin);
    return end - begin <= longest_line &&
           config.document(first.place.document).source().text().substr(begin, end - begin).find('\n') == std::string_view::npos;
  }
  bool speaks(const auto& call) const {
    if (all_speak_) return true;
    if (!context_.template_language.empty() && !call.rule->templates) return false;
    return silent_.empty() || !silent_[call.entry];
  }
  static bool has_error(const std::vector<Diagnostic>& found) {
    return std::any_of(found.begin(), found.end(), [](const Diagnostic& one) { return one.severity == Severity::error; });
  }
  static std::uint64_t lines_of(const Config& config) noexcept {
    std::uint64_t lines = 0;
    for (const auto& directive : detail::ConfigAccess::data(config).directives) lines |= directive.properties;
    return lines;
  }
  bool is_one_too_many(Directive directive) const {
    const Problem* problem = context_.problems->on(directive.config->place(directive.name_word()));
    return problem != nullptr && problem->kind == ProblemKind::once;
  }

  const Context& context_;
  const Catalogue::Index& index_;
  std::vector<Diagnostic>& out_;
  std::vector<bool> silent_;  // by entry; empty: none is
  const bool all_speak_;
};

Verdicts judge(const Readings& readings, const Context& context) {
  const ExternalPlugins external = context.plugins != nullptr ? *context.plugins : ExternalPlugins();
  Verdicts verdicts{load(readings.meant, context.release, external, context.files), {}};
  if (readings.differ()) verdicts.as_written = load(readings.literal(), context.release, external, context.files);
  return verdicts;
}

std::vector<Diagnostic> lint(const Readings& readings, const Context& context, const Catalogue& catalogue, const Selection& selection) {
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
  Problems problems(*judged.load);
  judged.problems = &problems;
  std::vector<Circle> circles = find_circles(config, context.release);
  judged.circles = &circles;
  const Upstreams upstreams(config);
  judged.upstreams = &upstreams;
  const Stanzas stanzas(config);
  judged.stanzas = &stanzas;
  ZoneFiles zone_files(judged);
  judged.zone_files = &zone_files;
  go::Patterns patterns;
  judged.patterns = &patterns;
  Ways ways(config, judged);
  judged.ways = &ways;
  confirm(circles, ways);
  Walk(judged, catalogue, selection, out).run(config, problems);
  pipeline::sort(out);
  pipeline::unite(out);
  pipeline::own_line_ends(out, config);
  return out;
}

std::vector<Diagnostic> lint(const Manifest& manifest, const Context& context, const Catalogue& catalogue, const Selection& selection) {
  std::vector<Diagnostic> out;
  Walk(context, catalogue, selection, out).run(manifest);
  pipeline::sort(out);
  pipeline::unite(out);
  return out;
}

std::vector<Diagnostic> suppress::tell(const std::vector<Suppression>& all, const Context& context, const Catalogue& catalogue,
                                       const Selection& selection) {
  std::vector<Diagnostic> out;
  Walk(context, catalogue, selection, out).run(all);
  return out;
}

}  // namespace corefile
