// SPDX-License-Identifier: Apache-2.0
#include "manifest/names.hpp"

#include <algorithm>
#include <corefile/role.hpp>
#include <utility>

#include "base/ascii.hpp"

namespace corefile::manifest_detail {
namespace {

bool has(std::string_view text, std::string_view part) noexcept { return text.find(part) != std::string_view::npos; }

// One letter too many, too few, wrong, or two changed over.
bool one_slip(std::string_view a, std::string_view b) noexcept {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() > b.size() + 1) return false;
  const auto at = static_cast<std::size_t>(std::mismatch(b.begin(), b.end(), a.begin()).first - b.begin());
  if (at == b.size()) return true;
  if (a.size() > b.size()) return a.substr(at + 1) == b.substr(at);
  if (a.substr(at + 1) == b.substr(at + 1)) return true;
  return at + 1 < b.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && a.substr(at + 2) == b.substr(at + 2);
}

}  // namespace

Known known_name(std::string_view name) noexcept {
  if (has(name, "node-local-dns") || has(name, "nodelocaldns")) return Known::node_local;
  if (has(name, "coredns") && has(name, "custom")) return Known::custom;
  if (name == "coredns" || name == "coredns-base" || name == "dns-default" || name.ends_with("-coredns")) return Known::coredns;
  return Known::no;
}

bool is_unmistakable(std::string_view name) noexcept {
  return name == "coredns" || name == "coredns-base" || name == "coredns-custom" || name == "node-local-dns" || name == "nodelocaldns" ||
         name == "dns-default";
}

bool is_corefile_key(Known known, std::string_view key) noexcept {
  if (key == "Corefile") return true;
  if (known == Known::custom && key.ends_with(".include")) return true;
  return known != Known::no && (key.ends_with(".server") || key.ends_with(".override"));
}

Role role_of(std::string_view name, std::string_view name_space, std::string_view key) noexcept {
  if (key.ends_with(".server")) return Role::custom_server;
  if (key.ends_with(".override")) return Role::custom_override;
  if (key.ends_with(".include") && known_name(name) == Known::custom) return Role::custom_override;
  if (known_name(name) == Known::node_local) return Role::node_local;
  if ((name == "coredns" || name == "coredns-base") && (name_space.empty() || name_space == "kube-system")) return Role::cluster;
  if (name == "dns-default" && name_space == "openshift-dns") return Role::cluster;
  if (name.ends_with("-coredns") && name_space == "kube-system") return Role::cluster;
  return Role::other_configmap;
}

bool is_near_miss(std::string_view key) noexcept {
  constexpr std::string_view wanted = "Corefile";
  if (key == wanted) return false;
  if (key.size() > wanted.size() && ascii::same_letters(key.substr(0, wanted.size()), wanted)) {
    const char next = key[wanted.size()];
    return next == '.' || next == '-' || next == '_';
  }
  return ascii::same_letters(key, wanted) || one_slip(key, wanted) || ascii::same_letters(key, "Core-file") ||
         ascii::same_letters(key, "Core_file");
}

}  // namespace corefile::manifest_detail

namespace corefile {

Role role_in_configmap(std::string_view name, std::string_view name_space, std::string_view key) noexcept {
  return manifest_detail::role_of(name, name_space, key);
}

}  // namespace corefile
