// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::snippet_label {
namespace {

void check(const Config& config, const Context&, Report& report) {
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (key_mistake_of(block) != KeyMistake::label) continue;
    const std::span<const Word> keys = block.keys();
    const auto last = std::find_if(keys.begin(), keys.end(), [](const Word& key) { return key.text.ends_with(')'); });
    const bool closed = last != keys.end();
    const std::span<const Word> label = closed ? keys.first(static_cast<std::size_t>(last - keys.begin()) + 1) : keys.first(1);
    const Place at = config.place(label);
    Diagnostic& found = report.at(at, fmt::format("`{}` declares no snippet", shown(config.text(at))));
    found.label = "read as zones";
    found.notes.push_back("a snippet's label is one word in parentheses, and the only key of its block");
    report.explain(found, block);
    if (closed && label.size() > 1) {
      std::string one(label.front().text);
      for (const Word& word : label.subspan(1)) one.append("_").append(word.text);
      found.help = fmt::format("write `{}`, and `import {}`", one, one.substr(1, one.size() - 2));
      found.fixes.push_back({fmt::format("write `{}`", one), Safety::unsafe, {{at, one}}});
    } else {
      found.help = closed ? "declare it in a block of its own" : "close the parenthesis: `(name) { … }`";
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::key_mistake, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::snippet_label
