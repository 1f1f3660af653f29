// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"

#include <algorithm>
#include <corefile/load.hpp>
#include <corefile/recover.hpp>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "costly.hpp"
#include "mounted.hpp"

namespace corefile::webhook {
namespace {

// The keys of coredns-custom are mounted together; else each is a text of its own, and perhaps none that is mounted.
std::string_view unit(const ConfigMap& map, const Finding& finding) { return map.name == custom_name ? std::string_view() : finding.key; }

using Identity = std::tuple<std::string_view, std::string_view, Severity, std::string_view, std::string_view>;

const Text* text_of(const std::vector<Text>& texts, std::string_view key) {
  const auto found = std::find_if(texts.begin(), texts.end(), [&](const Text& text) { return text.key == key; });
  return found == texts.end() ? nullptr : &*found;
}

// How often each line stands in the text.
std::map<std::string_view, int> count_lines(const Text& text) {
  std::map<std::string_view, int> lines;
  for (std::string_view rest = text.text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    ++lines[rest.substr(0, std::min(end, longest_line))];
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

Form form_of(const Text& text) { return text.key.ends_with(".override") ? Form::directives : Form::corefile; }

/// What CoreDNS makes of a text, without a word about why.
struct Loading {
  bool parsed = false;
  bool refused = false;
};
Loading loading(const Text& text, Beside& beside, const Policy& policy) {
  if (beyond_limits(text, policy.options)) return {};
  const bool alone = !beside.concerns(text);
  ResolveOptions options;
  options.environment = policy.options.environment;
  options.limits = policy.options.limits;
  options.form = form_of(text);
  options.files = alone ? nullptr : &beside.files();
  const Readings readings = recover(parse(Source(alone ? text.key : beside.path(text), text.text)), options);
  const bool loads = load(readings.literal(), policy.options.release, policy.options.plugins, options.files).loads();
  if (beside.files().exhausted()) return {};
  return {readings.meant.accepted(), !loads};
}

/// Of what is found under one key of both objects, now that both are known.
void compare_key(std::vector<Finding*>& findings, const Text& now, Beside& beside, const Text& before, Beside& beside_before,
                 const Policy& policy) {
  const Loading then = loading(before, beside_before, policy);
  if (then.parsed && !then.refused) return;
  const Loading here = loading(now, beside, policy);
  if (then.refused && here.refused) {
    for (Finding* finding : findings) finding->excused = true;
  }
  // Behind a fault of braces or quotes not all is seen: what comes to light on lines that nobody touched is not a news.
  if (then.parsed || !here.parsed) return;
  const auto lines = count_lines(now);
  const auto lines_before = count_lines(before);
  for (Finding* finding : findings) {
    const auto at = lines.find(finding->line);
    const auto there = lines_before.find(finding->line);
    if (at != lines.end() && there != lines_before.end() && at->second <= there->second) finding->fresh = false;
  }
}

}  // namespace

void compare(std::vector<Finding>& now, const ConfigMap& map, const std::vector<Finding>& before, const ConfigMap* map_before,
             const Policy& policy) {
  const auto identity = [&](const Finding& f) { return Identity{unit(map, f), f.rule, f.severity, f.message, f.marked}; };
  std::map<Identity, std::size_t> known;
  std::map<std::pair<Identity, std::string_view>, std::size_t> known_lines;
  for (const Finding& finding : before) {
    ++known[identity(finding)];
    ++known_lines[{identity(finding), finding.line}];
  }
  // The same line first: of two alike, the one that was written anew is the new one.
  for (Finding& finding : now) {
    const auto match = known_lines.find({identity(finding), finding.line});
    if (match == known_lines.end() || match->second == 0) continue;
    --match->second;
    --known[identity(finding)];
    finding.fresh = false;
  }
  std::map<std::string_view, std::vector<Finding*>> left;
  for (Finding& finding : now) {
    if (!finding.fresh) continue;
    const auto match = known.find(identity(finding));
    if (match != known.end() && match->second > 0) {
      --match->second;
      finding.fresh = false;
    } else if (!finding.outside) {
      left[finding.key].push_back(&finding);
    }
  }
  if (map_before == nullptr || left.empty()) return;
  const std::vector<Text> texts = corefile_texts(map);
  const std::vector<Text> texts_before = corefile_texts(*map_before);
  Beside beside(map);
  Beside beside_before(*map_before);
  for (auto& [key, findings] : left) {
    const Text* text = text_of(texts, key);
    const Text* text_before = text_of(texts_before, key);
    if (text != nullptr && text_before != nullptr) compare_key(findings, *text, beside, *text_before, beside_before, policy);
  }
}

}  // namespace corefile::webhook
