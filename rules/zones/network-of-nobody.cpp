// SPDX-License-Identifier: Apache-2.0
#include "zones.hpp"

namespace corefile::rules::network_of_nobody {
namespace {

void check(const Config& config, const Context&, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (!word.text.starts_with("0.") || word.text.find('/') == std::string_view::npos || block.is_mistake()) return;
    Diagnostic& found = report.at(word, fmt::format("`{}` is a network in which nobody has an address", word.text));
    found.label = "a digit missing?";
    found.notes.push_back("0.0.0.0/8 stands for the own network, and is not looked up");
    found.help = "write the network whose addresses are meant";
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash, .severity = Severity::info};

}  // namespace corefile::rules::network_of_nobody
