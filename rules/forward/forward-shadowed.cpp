// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/rule.hpp>
#include <vector>

#include "lint/fixer.hpp"
#include "lint/upstream.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::forward_shadowed {
namespace {

constexpr Release names_by_upstream{1, 13, 2};
constexpr std::size_t most_compared = 64;

bool passes_on(Directive directive, std::string_view zone) {
  for (const Property property : directive.properties()) {
    const std::string_view name = property.name();
    if (name == "next" || name == "next_on_nodata") return true;
    if (name != "except") continue;
    for (const Word& word : property.arguments()) {
      if (word.unknown != 0 || overlap(zone_of(word), zone)) return true;
    }
  }
  return false;
}

bool same_words(Directive a, Directive b) {
  return std::equal(a.words().begin(), a.words().end(), b.words().begin(), b.words().end(),
                    [](const Word& one, const Word& other) { return one.text == other.text; });
}

std::string_view tls_name(Directive forward) {
  const auto line = forward.properties().find("tls_servername");
  return line && !line->arguments().empty() ? line->arguments().front().text : std::string_view();
}

// Two names for TLS in one `forward`: plugin/forward/setup.go, parseStanza, takes them behind the upstreams from this release on.
std::string together(Directive earlier, Directive later, Release release) {
  if (tls_name(earlier) == tls_name(later)) return "name all upstreams in one `forward`";
  if (release < names_by_upstream)
    return "name the upstreams of one name in one `forward`, and drop the others: this release takes one `tls_servername`";
  return "name all upstreams in one `forward`, each with its own name behind a `%`, as in `tls://ADDRESS%NAME`, instead of "
         "`tls_servername`";
}

void move_up(Directive earlier, Directive later, Diagnostic& found) {
  const Config& config = *later.config;
  auto gone = Fixer(config).remove_lines(later.words());
  const auto indent = Fixer(config).indent_of(earlier.name_word());
  if (!gone || !indent || config.place(earlier.name_word()).document != gone->place.document) return;
  const std::string text = std::string(config.text(config.place(later.words()))) + "\n" + std::string(*indent);
  found.fixes.push_back(
      {"move it before the other `forward`", Safety::unsafe, {Fixer(config).insert_before(earlier.name_word(), text), std::move(*gone)}});
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (stands_once(Plugin::forward, context.release)) return;
  const auto all = block.directives();
  if (std::count_if(all.begin(), all.end(), [](Directive directive) { return directive.is(Plugin::forward); }) < 2) return;
  std::vector<Directive> earlier;
  for (const Directive directive : all) {
    if (!directive.is(Plugin::forward)) continue;
    const Word* const from = from_word(directive);
    if (from == nullptr || !all_known({from, 1})) return;
    const std::string_view zone = zone_of(*from);
    const auto taker = std::find_if(earlier.begin(), earlier.end(),
                                    [zone](Directive one) { return covers(zone_of(from_word(one)->text), zone) && !passes_on(one, zone); });
    if (taker == earlier.end()) {
      if (earlier.size() < most_compared) earlier.push_back(directive);
      continue;
    }
    const Testimony testimony = context.ways->ask(block, names_in(block, {from, 1}, context.release), {}, kept_from(directive, *taker));
    if (testimony.refuted) continue;
    const Word& other = *from_word(*taker);
    Diagnostic& found = report.at(*from, "this `forward` is never asked");
    found.label = "behind a `forward` that takes its names";
    if (same_words(*taker, directive)) found.severity = Severity::info;
    found.labels.push_back({directive.config->place(other), "takes `" + std::string(from->text) + "` too"});
    testimony.add_to(found);
    found.notes.push_back("the first `forward` in the file whose domain fits gets the query, not the one with the longest domain");
    if (directive.config->place(*from).document != directive.config->place(other).document) {
      found.help = zone.empty() ? "an imported `forward` does not replace the other one: change that"
                                : "give the zone a server block of its own; in `coredns-custom` that is a key `*.server`";
    } else if (same_name(zone_of(other), zone)) {
      found.help = together(*taker, directive, context.release);
    } else {
      found.help = "put the longer domain first";
      move_up(*taker, directive, found);
    }
  }
}

}  // namespace

extern constinit const Rule rule{
    .check = check,
    .directives = {Plugin::forward},
    .severity = Severity::warning,
    .fixes = Fixes::sometimes,
    .beside_base = {
        .warnings = true,
        .in_bases = "the Corefiles of k3s, AKS and DigitalOcean have theirs in front of the `import`; Gardener's has it behind"}};

}  // namespace corefile::rules::forward_shadowed
