// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <sstream>

#include "checks.hpp"
#include "run.hpp"

namespace pages {
namespace {

std::string fence(std::string_view words, const std::string& text) {
  return text.empty() ? "" : fmt::format("```{}\n{}```\n", words, text);
}

}  // namespace

std::string refreshed(const corefile::Catalogue::Entry& entry, std::string_view text) {
  const Markdown page = read_markdown(text);
  const Examples examples = read_examples(page);
  std::map<std::size_t, std::string> behind;    // what comes behind a line
  std::map<std::size_t, std::size_t> replaced;  // first line to last line
  for (const Example& example : examples.examples) {
    if (!example.bad) continue;
    const corefile::Analysis found = run(example, example.fence->text);
    std::string& blocks = behind[example.fence->last];
    blocks = fence("console", corefile::render_full({only(found, entry.name)}));
    if (fixes(example, found, entry.name))
      blocks += fence(example.manifest ? "yaml fixed" : "corefile fixed", fix(example, entry.name).text);
    for (const Fence* old : {example.console, example.fixed}) {
      if (old != nullptr) replaced.emplace(old->line, old->last);
    }
  }

  std::string out;
  std::istringstream in{std::string(text)};
  std::size_t number = 0;
  std::size_t skip_to = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (const auto old = replaced.find(number); old != replaced.end()) skip_to = old->second;
    if (number > skip_to) out += line + '\n';
    if (const auto more = behind.find(number); more != behind.end()) out += more->second;
  }
  return out;
}

}  // namespace pages
