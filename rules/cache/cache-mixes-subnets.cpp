// SPDX-License-Identifier: Apache-2.0
#include <corefile/rule.hpp>

namespace corefile::rules::cache_mixes_subnets {
namespace {

/// The words `edns0 subnet set` stand in it.
const Word* subnet_of(Directive rewrite) {
  const std::span<const Word> words = rewrite.words();
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    if (words[i].text == "edns0" && words[i + 1].text == "subnet" && words[i + 2].text != "unset") return &words[i + 1];
  }
  return nullptr;
}

void check(Directive rewrite, const Context& context, Report& report) {
  const Config& config = *rewrite.config;
  const auto cache = config.block(rewrite.block()).find(Plugin::cache);
  const Word* const subnet = cache && context.load->loads() ? subnet_of(rewrite) : nullptr;
  if (subnet == nullptr) return;
  Diagnostic& found = report.at(*subnet, "`cache` gives the answer for one client's network to all others");
  found.severity = Severity::info;
  found.label = "a question for each network";
  found.labels.push_back({config.place(cache->name_word()), "one answer for all of them"});
  found.notes.push_back("`cache` knows questions by name, type and DNSSEC bits: what servers make of the subnet is not told apart");
  found.help = "forward the names that depend on the client's network from a server block without `cache`";
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::rewrite}, .severity = Severity::info};

}  // namespace corefile::rules::cache_mixes_subnets
