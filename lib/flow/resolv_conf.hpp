// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// resolv.conf as miekg/dns reads it: clientconfig.go, ClientConfigFromReader.
namespace corefile::flow_detail {

/// `ADDRESS:53` each.
std::vector<std::string> name_servers(std::string_view resolv_conf);
/// Normalised.
std::vector<std::string> search_path(std::string_view resolv_conf);

}  // namespace corefile::flow_detail
