// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.hpp"
#include "zones.hpp"

namespace corefile::rules::key_is_port {
namespace {

bool is_port(std::string_view text) { return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), ascii::is_digit); }

/// The key that the port stands behind, on one line with blanks between.
const Word* key_before(const ZoneBlock& block, const Word& port) {
  const std::span<const Word> keys = block.keys();
  if (&port == keys.data()) return nullptr;
  const Word& before = *(&port - 1);
  const Place both = block.config->place(std::span<const Word>(&before, 2));
  if (block.config->text(both) != std::string(before.text) + ' ' + std::string(port.text)) return nullptr;
  return before.unknown == 0 && before.text.find(':') == std::string_view::npos ? &before : nullptr;
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (!is_port(word.text) || block.is_mistake()) return;
    Diagnostic& found = report.at(word, fmt::format("`{}` is read as a zone, not as a port", word.text));
    found.label = fmt::format("the zone `{}.`", word.text);
    found.notes.push_back(fmt::format("a port stands behind the zone and a `:`; this block listens on port {} for names that end in `.{}`",
                                      read_key(word.text, context.release).port, word.text));
    const Word* const before = key_before(block, word);
    const std::string meant = fmt::format("{}:{}", before != nullptr ? before->text : std::string_view("."), word.text);
    found.help = fmt::format("write `{}`", meant);
    if (before == nullptr && block.keys().size() > 1) return;
    const Place at = before != nullptr ? config.place(std::span<const Word>(before, 2)) : config.place(word);
    found.fixes.push_back({found.help, Safety::unsafe, {{at, meant}}});
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::other_key, .fixes = Fixes::sometimes};

}  // namespace corefile::rules::key_is_port
