// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "lint/upstream.hpp"

/// What is known of upstreams by their addresses alone.
namespace corefile::rules {

/// Resolvers that answer for the whole Internet, and for no site's own names.
inline constexpr std::array<std::string_view, 26> public_resolvers{"8.8.8.8",
                                                                   "8.8.4.4",
                                                                   "1.1.1.1",
                                                                   "1.0.0.1",
                                                                   "9.9.9.9",
                                                                   "149.112.112.112",
                                                                   "208.67.222.222",
                                                                   "208.67.220.220",
                                                                   "114.114.114.114",
                                                                   "223.5.5.5",
                                                                   "223.6.6.6",
                                                                   "119.29.29.29",
                                                                   "180.76.76.76",
                                                                   "4.2.2.1",
                                                                   "4.2.2.2",
                                                                   "64.6.64.6",
                                                                   "64.6.65.6",
                                                                   "94.140.14.14",
                                                                   "94.140.15.15",
                                                                   "77.88.8.8",
                                                                   "2001:4860:4860::8888",
                                                                   "2001:4860:4860::8844",
                                                                   "2606:4700:4700::1111",
                                                                   "2606:4700:4700::1001",
                                                                   "2620:fe::fe",
                                                                   "2620:fe::9"};

inline bool is_public(const Upstream& upstream) {
  return upstream.kind == Upstream::Kind::address && std::find(public_resolvers.begin(), public_resolvers.end(),
                                                               upstream.host.substr(0, upstream.host.find('%'))) != public_resolvers.end();
}

/// The address within each virtual network at which a cloud's own resolver is asked, which knows the network's private zones: Azure's, and
/// that of AWS, Google and Oracle.
inline bool is_of_cloud(const Upstream& upstream) {
  static constexpr std::array<std::string_view, 3> clouds{"168.63.129.16", "169.254.169.253", "169.254.169.254"};
  return upstream.kind == Upstream::Kind::address && std::find(clouds.begin(), clouds.end(), upstream.host) != clouds.end();
}

}  // namespace corefile::rules
