// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <corefile/rule.hpp>

namespace corefile::rules::max_concurrent_low {
namespace {

constexpr unsigned usual = 1000;  // kubeadm's
constexpr unsigned few = 100;
constexpr Release refuses{1, 8, 1};

void check(Directive forward, const Context& context, Report& report) {
  const auto line = context.load->loads() ? forward.properties().find("max_concurrent") : std::nullopt;
  if (!line || line->arguments().size() != 1) return;
  const Word& word = line->arguments().front();
  unsigned number = 0;
  const char* end = word.text.data() + word.text.size();
  if (word.unknown != 0 || std::from_chars(word.text.data(), end, number).ptr != end || number == 0 || number >= few) return;
  Diagnostic& found =
      report.at(line->words, fmt::format("no more than {} quer{} may wait for the upstream at once", number, number == 1 ? "y" : "ies"));
  found.label = context.release < refuses ? "further ones get SERVFAIL" : "further ones are REFUSED";
  found.notes.push_back("a pod alone asks several at a time, and one slow answer of the upstream fills the places for seconds");
  found.help = fmt::format("write `max_concurrent {}`, as kubeadm does: each takes about 2 KB", usual);
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::forward},
                                 .lines = {"max_concurrent"},
                                 .needs = Precondition::in_cluster,
                                 .severity = Severity::info};

}  // namespace corefile::rules::max_concurrent_low
