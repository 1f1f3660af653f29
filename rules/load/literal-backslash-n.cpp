// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::literal_backslash_n {
namespace {

const Word* key_with_one(ServerBlock block) {
  for (const Word& key : block.keys()) {
    if (key.text.find("\\n") != std::string_view::npos && block.config->place(key).document == 0) return &key;
  }
  return nullptr;
}

std::vector<Edit> real_ends(std::string_view text) {
  std::vector<Edit> edits;
  for (std::size_t at = text.find('\\'); at != std::string_view::npos && at + 1 < text.size(); at = text.find('\\', at + 2)) {
    const char c = text[at + 1];
    const auto begin = static_cast<std::uint32_t>(at);
    if (c == 'n' || c == 't' || c == '"') edits.push_back({{0, {begin, begin + 2}}, c == 'n' ? "\n" : c == 't' ? "    " : "\""});
  }
  return edits;
}

void report_line_ends(const Config& config, const Word& key, ServerBlock block, Report& report) {
  Place at = config.place(key);
  const std::string_view text = config.document(0).source().text();
  const std::size_t slash = text.find("\\n", at.span.begin);
  if (slash != std::string_view::npos) at.span = {static_cast<std::uint32_t>(slash), static_cast<std::uint32_t>(slash) + 2};
  Diagnostic& found = report.at(at, "`\\n` is two characters here, not a line end");
  found.notes.push_back("CoreDNS takes all words up to the next real line end for zones");
  report.explain(found, block);
  found.help = "use real line ends; in YAML write the Corefile as a block (`Corefile: |`), not between single quotes";
  found.fixes.push_back({"write real line ends", Safety::safe, real_ends(text)});
}

void check(const Config& config, const Context&, Report& report) {
  if (config.documents().empty() || config.document(0).plain()) return;
  bool told = false;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    const ServerBlock block = config.block(i);
    if (key_mistake_of(block) != KeyMistake::literal_newline) continue;
    const Word* key = told ? nullptr : key_with_one(block);
    if (key != nullptr) report_line_ends(config, *key, block, report);
    told = told || key != nullptr;
    report.cover(block);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::key_mistake, .fixes = Fixes::always};

}  // namespace corefile::rules::literal_backslash_n
