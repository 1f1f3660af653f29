// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::yaml_key_inside {
namespace {

void check(const Config& config, const Context& context, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (key_mistake_of(block) != KeyMistake::yaml_key) continue;
    const Word& key = block.keys().front();
    const std::string_view name = key.text.substr(0, key.text.size() - 1);
    Diagnostic& found = report.at(key, fmt::format("`{}` is a line of the Corefile here, not a key of YAML", key.text));
    found.label = "read as a zone";
    report.explain(found, block);
    cover_zones(config, context, report);
    if (name == "Corefile") {
      found.help = "remove this line: the Corefile begins below it";
    } else {
      found.notes.push_back("what is indented further than `Corefile:` belongs to its text");
      found.help = fmt::format("write `{}` as far to the left as `Corefile:`, and its text below it", key.text);
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::key_mistake, .severity = Severity::error};

}  // namespace corefile::rules::yaml_key_inside
