// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/zones.hpp"
#include "zones.hpp"

namespace corefile::rules::view_behind_unfiltered {
namespace {

struct Served {
  const Word* word;
  ServerBlock block;
  std::vector<std::string> zones;
  std::string port;
  Transport transport;
};

bool same_addresses(ServerBlock a, ServerBlock b) {
  const auto one = a.find(Plugin::bind);
  const auto other = b.find(Plugin::bind);
  if (!one || !other) return !one && !other;
  return std::equal(one->words().begin(), one->words().end(), other->words().begin(), other->words().end(),
                    [](const Word& x, const Word& y) { return x.text == y.text; });
}

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads() || has_unresolved_import(config)) return;
  std::vector<Served> open;
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    Key key = read_key(word.text, context.release);
    if (!is_zone(block, key) || key.zones.size() > 1) return;
    if (!block.has(Plugin::view)) {
      open.push_back({&word, block, std::move(key.zones), std::move(key.port), key.transport});
      return;
    }
    const auto before = std::find_if(open.begin(), open.end(), [&](const Served& one) {
      return one.transport == key.transport && one.port == key.port && one.zones == key.zones && same_addresses(one.block, block);
    });
    if (before == open.end()) return;
    Diagnostic& found =
        report.at(word, fmt::format("this block is never reached: an earlier one takes every query for `{}`", shown(word.text)));
    found.label = "its `view` is not asked";
    found.labels.push_back({config.place(*before->word), "no `view`, and first in the file"});
    found.notes.push_back("of blocks for one zone the first whose `view` holds gets the query, and one without `view` always holds");
    found.help = "put the block without `view` behind those with one";
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::view}};

}  // namespace corefile::rules::view_behind_unfiltered
