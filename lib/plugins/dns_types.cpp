// SPDX-License-Identifier: Apache-2.0
#include "plugins/dns_types.hpp"

#include <array>

#include "zone/types.hpp"

namespace corefile::plugins {
namespace {

// miekg/dns v1.1.73, StringToRcode: first what v1.1.6 knew.
constexpr std::array<std::string_view, 21> rcodes{"BADALG",   "BADCOOKIE", "BADKEY",  "BADMODE",  "BADNAME",  "BADSIG",  "BADTIME",
                                                  "BADTRUNC", "FORMERR",   "NOERROR", "NOTAUTH",  "NOTIMP",   "NOTIMPL", "NOTZONE",
                                                  "NXDOMAIN", "NXRRSET",   "REFUSED", "SERVFAIL", "YXDOMAIN", "YXRRSET", "DSOTYPENI"};

constexpr Release newest_rcode{1, 12, 2};

}  // namespace

std::span<const std::string_view> dns_types(Release release) noexcept { return zone::type_names(zone::dns_library(release)); }
std::span<const std::string_view> dns_classes() noexcept { return zone::class_names(); }
std::span<const std::string_view> dns_rcodes(Release release) noexcept {
  return std::span(rcodes).first(rcodes.size() - (release < newest_rcode ? 1 : 0));
}

}  // namespace corefile::plugins
