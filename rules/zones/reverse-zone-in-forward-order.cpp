// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "zones.hpp"

namespace corefile::rules::reverse_zone_in_forward_order {
namespace {

/// The labels before `.in-addr.arpa`, if the address that they make read backwards is not a private one and read forwards is.
std::string_view forward_order(std::string_view zone) {
  if (zone.ends_with('.')) zone.remove_suffix(1);
  constexpr std::string_view end = ".in-addr.arpa";
  if (!zone.ends_with(end)) return {};
  const std::string_view numbers = zone.substr(0, zone.size() - end.size());
  const bool private_forwards = numbers == "192.168" || numbers.starts_with("192.168.") || numbers.starts_with("10.0.");
  const bool private_backwards = numbers.ends_with(".168.192") || numbers.ends_with(".10") || numbers == "168.192";
  return private_forwards && !private_backwards ? numbers : std::string_view();
}

std::string turned(std::string_view numbers) {
  std::string out;
  while (!numbers.empty()) {
    const std::size_t dot = numbers.rfind('.');
    out += dot == std::string_view::npos ? numbers : numbers.substr(dot + 1);
    out += '.';
    numbers = dot == std::string_view::npos ? std::string_view() : numbers.substr(0, dot);
  }
  return out + "in-addr.arpa";
}

void check(const Config& config, const Context& context, Report& report) {
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    if (word.text.find(".in-addr.arpa") == std::string_view::npos) return;
    const Key key = read_key(word.text, context.release);
    const std::string_view numbers = forward_order(key.zone_text);
    if (numbers.empty() || !is_zone(block, key)) return;
    const std::string meant = turned(numbers);
    const Place at = part(config, word, key.zone_text);
    Diagnostic& found = report.at(at, fmt::format("`{}` is the reverse zone of addresses that end in these numbers", key.zone_text));
    found.label = "in the address's order";
    found.notes.push_back(
        "a reverse zone has the numbers backwards, the last one first: lookups of the addresses that are meant go elsewhere");
    found.help = fmt::format("write `{}`", meant);
    found.fixes.push_back({fmt::format("write `{}`", meant), Safety::unsafe, {{at, meant}}});
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::other_key, .fixes = Fixes::always};

}  // namespace corefile::rules::reverse_zone_in_forward_order
