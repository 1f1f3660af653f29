// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <corefile/key.hpp>

#include "../zones/zones.hpp"

namespace corefile::rules::listener_without_limits {
namespace {

/// What anybody who reaches the listener may do to a release before `mended`.
struct Advisory {
  Transport transport;
  Release mended;
  std::string_view what, id;
};
constexpr std::array advisories{
    Advisory{Transport::quic, {1, 12, 2}, "one client may open streams without end, each of which takes memory", "CVE-2025-47950"},
    Advisory{Transport::https, {1, 14, 3}, "a GET request of any length is decoded before it is refused", "CVE-2026-32936"}};

void check(const Config& config, const Context& context, Report& report) {
  if (!context.load->loads() ||
      std::none_of(advisories.begin(), advisories.end(), [&](const Advisory& one) { return context.release < one.mended; }))
    return;
  std::array<bool, advisories.size()> told{};
  each_key(config, [&](const ZoneBlock& block, const Word& word) {
    const Key key = read_key(word.text, context.release);
    const auto found = std::find_if(advisories.begin(), advisories.end(),
                                    [&](const Advisory& one) { return one.transport == key.transport && context.release < one.mended; });
    if (found == advisories.end() || !is_zone(block, key)) return;
    bool& once = told[static_cast<std::size_t>(found - advisories.begin())];
    if (once) return;
    once = true;
    Diagnostic& finding = report.at(word, fmt::format("in CoreDNS {} {}", to_string(context.release), found->what));
    if (key.transport == Transport::https) finding.severity = Severity::info;
    finding.label = "open to whoever reaches it";
    finding.notes.push_back(fmt::format("published as {}, mended in {}", found->id, to_string(found->mended)));
    finding.help = fmt::format("update to CoreDNS {} or later, or let trusted clients alone reach this port", to_string(found->mended));
  });
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::slash};

}  // namespace corefile::rules::listener_without_limits
