// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/release.hpp>

#include "base/ascii.hpp"
#include "base/exact_release.hpp"

namespace corefile {
namespace {

/// `1.31` and `.4-rc.1` of `1.31.4-rc.1`: two numbers, and what follows them.
struct Numbers {
  std::string_view two, rest;
};

std::string_view digits_at(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at;
  while (end < text.size() && ascii::is_digit(text[end])) ++end;
  return text.substr(at, end - at);
}

/// A builder's own part may follow behind `.`, `-`, `+` or `_`.
bool may_follow(std::string_view rest) noexcept { return rest.empty() || std::string_view(".-+_").find(rest[0]) != rest.npos; }

Numbers numbers_of(std::string_view text) noexcept {
  if (text.starts_with('v')) text.remove_prefix(1);
  const std::size_t major = digits_at(text, 0).size();
  if (major == 0 || !text.substr(major).starts_with('.')) return {};
  const std::size_t minor = digits_at(text, major + 1).size();
  const std::size_t end = major + 1 + minor;
  if (minor == 0 || !may_follow(text.substr(end))) return {};
  return {text.substr(0, end), text.substr(end)};
}

/// `v1.11.3` of `registry.example:5000/coredns:v1.11.3@sha256:…`; a tag alone is itself.
std::string_view tag_of(std::string_view image) noexcept {
  image = image.substr(0, image.find('@'));
  const std::size_t slash = image.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? image : image.substr(slash + 1);
  const std::size_t colon = name.find(':');
  if (colon != std::string_view::npos) return name.substr(colon + 1);
  return slash == std::string_view::npos ? name : std::string_view{};
}

}  // namespace

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

std::optional<Release> release_of_image(std::string_view image) {
  const Numbers numbers = numbers_of(tag_of(image));
  const std::string two(numbers.two);
  const std::string_view patch = numbers.rest.starts_with('.') ? digits_at(numbers.rest, 1) : std::string_view{};
  if (patch.empty()) {
    const auto newest = parse_release(two);
    return newest ? newest : parse_exact_release(two + ".0");
  }
  if (!may_follow(numbers.rest.substr(1 + patch.size()))) return {};
  return parse_exact_release(two + '.' + std::string(patch));
}

std::string_view kubernetes_minor(std::string_view version) noexcept {
  const Numbers numbers = numbers_of(version);
  return numbers.two.starts_with("1.") ? numbers.two : std::string_view{};
}

std::optional<Release> kubernetes_release(std::string_view kubernetes) {
  const std::span<const std::string_view> minors = known_kubernetes();
  const auto found = std::find(minors.begin(), minors.end(), kubernetes_minor(kubernetes));
  if (found == minors.end()) return {};
  return kubernetes_releases()[static_cast<std::size_t>(found - minors.begin())];
}

}  // namespace corefile
