// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <corefile/release.hpp>

namespace corefile {
namespace {

// CoreDNS's tags from 1.4.0, the last release with `proxy`, on. There is no 1.11.2.
constexpr std::array releases{
    Release{1, 4, 0},  Release{1, 5, 0},  Release{1, 5, 1},  Release{1, 5, 2},  Release{1, 6, 0},  Release{1, 6, 1},  Release{1, 6, 2},
    Release{1, 6, 3},  Release{1, 6, 4},  Release{1, 6, 5},  Release{1, 6, 6},  Release{1, 6, 7},  Release{1, 6, 8},  Release{1, 6, 9},
    Release{1, 7, 0},  Release{1, 7, 1},  Release{1, 8, 0},  Release{1, 8, 1},  Release{1, 8, 2},  Release{1, 8, 3},  Release{1, 8, 4},
    Release{1, 8, 5},  Release{1, 8, 6},  Release{1, 8, 7},  Release{1, 9, 0},  Release{1, 9, 1},  Release{1, 9, 2},  Release{1, 9, 3},
    Release{1, 9, 4},  Release{1, 10, 0}, Release{1, 10, 1}, Release{1, 11, 0}, Release{1, 11, 1}, Release{1, 11, 3}, Release{1, 11, 4},
    Release{1, 12, 0}, Release{1, 12, 1}, Release{1, 12, 2}, Release{1, 12, 3}, Release{1, 12, 4}, Release{1, 13, 0}, Release{1, 13, 1},
    Release{1, 13, 2}, Release{1, 14, 0}, Release{1, 14, 1}, Release{1, 14, 2}, Release{1, 14, 3}, Release{1, 14, 4}, Release{1, 14, 5},
    Release{1, 14, 6}, Release{1, 14, 7}, Release{1, 15, 0}};
static_assert(std::is_sorted(releases.begin(), releases.end()));

struct Minor {
  std::string_view kubernetes;
  Release coredns;
};
// coredns/deployment, kubernetes/CoreDNS-k8s_version.md, up to 1.32; kubeadm's constants after.
constexpr std::array minors{Minor{"1.9", {1, 0, 1}},   Minor{"1.10", {1, 0, 6}},  Minor{"1.11", {1, 1, 3}},  Minor{"1.12", {1, 2, 2}},
                            Minor{"1.13", {1, 2, 6}},  Minor{"1.14", {1, 3, 1}},  Minor{"1.15", {1, 3, 1}},  Minor{"1.16", {1, 6, 2}},
                            Minor{"1.17", {1, 6, 5}},  Minor{"1.18", {1, 6, 7}},  Minor{"1.19", {1, 7, 0}},  Minor{"1.20", {1, 7, 0}},
                            Minor{"1.21", {1, 8, 0}},  Minor{"1.22", {1, 8, 4}},  Minor{"1.23", {1, 8, 6}},  Minor{"1.24", {1, 8, 6}},
                            Minor{"1.25", {1, 9, 3}},  Minor{"1.26", {1, 9, 3}},  Minor{"1.27", {1, 10, 1}}, Minor{"1.28", {1, 10, 1}},
                            Minor{"1.29", {1, 11, 1}}, Minor{"1.30", {1, 11, 1}}, Minor{"1.31", {1, 11, 3}}, Minor{"1.32", {1, 11, 3}},
                            Minor{"1.33", {1, 12, 0}}, Minor{"1.34", {1, 12, 1}}, Minor{"1.35", {1, 13, 1}}, Minor{"1.36", {1, 14, 2}}};

constexpr auto minor_names = [] {
  std::array<std::string_view, minors.size()> names{};
  for (std::size_t i = 0; i < minors.size(); ++i) names[i] = minors[i].kubernetes;
  return names;
}();

}  // namespace

std::string to_string(Release r) { return std::to_string(r.major) + '.' + std::to_string(r.minor) + '.' + std::to_string(r.patch); }

std::optional<Release> parse_release(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  std::array<std::uint16_t, 3> parts{};
  std::size_t count = 0;
  while (count < parts.size()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parts[count]);
    if (error != std::errc{}) return {};
    ++count;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
    if (text.empty()) return {};
  }
  if (!text.empty() || count < 2) return {};
  if (count == 3) return Release{parts[0], parts[1], parts[2]};
  std::optional<Release> newest;
  for (const Release& r : releases) {
    if (r.major == parts[0] && r.minor == parts[1]) newest = r;
  }
  return newest;
}

std::span<const Release> known_releases() noexcept { return releases; }
Release newest_release() noexcept { return releases.back(); }

std::optional<Release> kubernetes_release(std::string_view kubernetes) {
  if (kubernetes.starts_with('v')) kubernetes.remove_prefix(1);
  const std::size_t dot = kubernetes.find('.');
  if (dot == std::string_view::npos) return {};
  kubernetes = kubernetes.substr(0, kubernetes.find('.', dot + 1));
  const auto* found = std::find_if(minors.begin(), minors.end(), [&](const Minor& m) { return m.kubernetes == kubernetes; });
  if (found == minors.end()) return {};
  return found->coredns;
}

std::span<const std::string_view> known_kubernetes() noexcept { return minor_names; }

}  // namespace corefile
