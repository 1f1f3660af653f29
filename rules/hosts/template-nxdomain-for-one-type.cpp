// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/rule.hpp>

#include "lint/fixer.hpp"
#include "lint/shadowed.hpp"
#include "lint/stanzas.hpp"
#include "lint/witness.hpp"
#include "lint/zones.hpp"

namespace corefile::rules::template_nxdomain_for_one_type {
namespace {

const Word* nxdomain(const Template& one) {
  const auto rcode = one.lines.find("rcode");
  if (!rcode || rcode->arguments().empty() || rcode->arguments().front().text != "NXDOMAIN") return nullptr;
  return &rcode->arguments().front();
}

bool same_words(std::span<const Word> a, std::span<const Word> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Word& x, const Word& y) { return same_name(x.text, y.text); });
}

/// Another template says the same of addresses of the other family: the names are blocked.
bool is_half_of_a_block(const Template& own, std::span<const Directive> all, const Context& context) {
  const std::string_view other = own.type == "A" ? "AAAA" : own.type == "AAAA" ? "A" : "";
  return std::any_of(all.begin(), all.end(), [&](Directive one) {
    const Template& its = context.stanzas->template_of(one);
    return its.known && nxdomain(its) != nullptr && its.type == other && same_words(its.zones, own.zones);
  });
}

/// Something else answers for these names.
bool has_others(Directive directive, const Template& own, std::span<const Directive> all, const Context& context) {
  if (!shadowed_backends(directive, own.zones, context.release).empty()) return true;
  return std::any_of(all.begin(), all.end(), [&](Directive one) {
    const Template& its = context.stanzas->template_of(one);
    return its.known && its.type != own.type && nxdomain(its) == nullptr && any_overlaps(its.zones, own.zones);
  });
}

void check(ServerBlock block, const Context& context, Report& report) {
  if (!context.load->loads() || block.dropped()) return;
  const std::vector<Directive> all = templates_of(block);
  for (const Directive directive : all) {
    const Template& own = context.stanzas->template_of(directive);
    // PTR is all that a reverse zone has.
    if (!own.known || own.type == "ANY" || own.type == "PTR") continue;
    const Word* code = nxdomain(own);
    if (code == nullptr || is_half_of_a_block(own, all, context)) continue;
    if (!block.fragment() && !has_others(directive, own, all, context)) continue;
    Diagnostic& found =
        report.at(directive.words().first(3), fmt::format("`{}` queries are told that the name does not exist at all", own.type));
    found.labels.push_back({block.config->place(*code), "of the name, not of the type"});
    context.ways->ask(block, names_in(block, own.zones, context.release), own.type, ended_by(directive)).add_to(found);
    found.notes.push_back(fmt::format(
        "other types of the same names are answered: a client or cache that hears NXDOMAIN for {} may give up the name", own.type));
    found.help = "write `rcode NOERROR`: the name exists and has no such record";
    found.fixes.push_back({"write `NOERROR`", Safety::unsafe, {Fixer(*block.config).replace(*code, "NOERROR")}});
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::template_}, .fixes = Fixes::always};

}  // namespace corefile::rules::template_nxdomain_for_one_type
