// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>
#include <string>

#include "lint/fixer.hpp"
#include "lint/shadowed.hpp"
#include "lint/stanzas.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::template_without_fallthrough {
namespace {

constexpr std::size_t most_zones = 64;  // of one template; each is compared with those of others
constexpr Release servfail{1, 9, 3};    // before, template.go gave NXDOMAIN without writing an answer

void check_template(Directive directive, std::span<const Directive> further, const Context& context, Report& report) {
  const Config& config = *directive.config;
  const bool fragment = config.block(directive.block()).fragment();
  const Template& own = context.stanzas->template_of(directive);
  if (!own.known || own.falls_through || own.zones.size() > most_zones || takes_all(own, *context.patterns)) return;
  if (has_unresolved_import(config, config.place(directive.words()))) return;
  std::vector<Directive> behind;
  for (const Directive other : further) {
    const Template& later = context.stanzas->template_of(other);
    if (later.known && later.zones.size() <= most_zones && same_questions(own, later) && any_overlaps(own.zones, later.zones))
      behind.push_back(other);
  }
  for (const Directive other : shadowed_backends(directive, own.zones, context.release)) behind.push_back(other);
  if (behind.empty() && !fragment) return;
  const ServerBlock block = config.block(directive.block());
  const auto judge = [directive](const Trace& way) {
    const Step* step = step_of(way, directive);
    return step != nullptr && step->did != Step::Did::answered && step->did != Step::Did::passed ? Says::shows : Says::nothing;
  };
  const Testimony testimony = context.ways->ask(block, names_in(block, own.zones, context.release), asked_type(own), judge);
  const std::string whose = own.type == "ANY" ? "queries" : "`" + std::string(own.type) + "` queries";
  Diagnostic& found = report.at(directive.name_word(), "`template` without `fallthrough` keeps " + whose + " that it does not match from " +
                                                           (behind.empty() ? "`kubernetes` and `forward`" : listed(behind)));
  found.label = "no `fallthrough`";
  for (const Directive other : behind) found.labels.push_back({place_of(other), "never asked for these"});
  testimony.add_to(found);
  const std::string they = own.own_zones ? "those for names of `" + std::string(own.zones.front().text) + "`" : "they";
  found.notes.push_back(context.release < servfail ? they + " get no answer at all, so clients wait for their timeout"
                                                   : they + " get SERVFAIL; the plugins behind are not asked");
  found.help = "write `fallthrough` as the last line of the `template` block";
  if (auto edit = Fixer(*directive.config).add_property(directive, "fallthrough"))
    found.fixes.push_back({"insert `fallthrough`", Safety::unsafe, {*edit}});
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || (block.fragment() && context.role != Role::custom_override)) return;
  const std::vector<Directive> templates = templates_of(block);
  for (std::size_t i = 0; i < templates.size(); ++i) {
    check_template(templates[i], std::span(templates).subspan(i + 1), context, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::template_without_fallthrough
