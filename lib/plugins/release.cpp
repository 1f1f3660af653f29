// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/release.hpp>

namespace corefile {

std::string to_string(Release r) { return std::to_string(r.major) + '.' + std::to_string(r.minor) + '.' + std::to_string(r.patch); }

std::optional<Release> parse_release(std::string_view text) {
  if (const auto exact = parse_exact_release(text)) return exact;
  const auto minor = parse_exact_release(std::string(text) + ".0");
  if (!minor) return {};
  std::optional<Release> newest;
  for (const Release& r : known_releases()) {
    if (r.major == minor->major && r.minor == minor->minor) newest = r;
  }
  return newest;
}

Release newest_release() noexcept { return known_releases().back(); }

std::optional<Release> kubernetes_release(std::string_view kubernetes) {
  if (kubernetes.starts_with('v')) kubernetes.remove_prefix(1);
  const std::size_t dot = kubernetes.find('.');
  if (dot == std::string_view::npos) return {};
  kubernetes = kubernetes.substr(0, kubernetes.find('.', dot + 1));
  const std::span<const std::string_view> minors = known_kubernetes();
  const auto found = std::find(minors.begin(), minors.end(), kubernetes);
  if (found == minors.end()) return {};
  return kubernetes_releases()[static_cast<std::size_t>(found - minors.begin())];
}

}  // namespace corefile
