// SPDX-License-Identifier: Apache-2.0
#include "flow/resolv_conf.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "go/net.hpp"

namespace corefile::flow_detail {
namespace {

std::vector<std::string_view> fields(std::string_view line) {
  constexpr std::string_view blanks = " \t\r\v\f";
  std::vector<std::string_view> out;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    if (line.empty()) return out;
    const std::size_t end = std::min(line.find_first_of(blanks), line.size());
    out.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

template <class See>
void each_line(std::string_view text, See see) {
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line = text.substr(from, end - from);
    from = end + 1;
    if (line.starts_with(';') || line.starts_with('#')) continue;
    const std::vector<std::string_view> words = fields(line);
    if (!words.empty()) see(words);
  }
}

}  // namespace

std::vector<std::string> name_servers(std::string_view resolv_conf) {
  std::vector<std::string> servers;
  each_line(resolv_conf, [&servers](const std::vector<std::string_view>& words) {
    if (words[0] != "nameserver" || words.size() < 2) return;
    const std::string_view host = words[1].substr(0, words[1].rfind('%'));
    servers.push_back(host.find(':') == std::string_view::npos ? fmt::format("{}:53", host) : fmt::format("[{}]:53", host));
  });
  return servers;
}

std::vector<std::string> search_path(std::string_view resolv_conf) {
  std::vector<std::string> search;
  each_line(resolv_conf, [&search](const std::vector<std::string_view>& words) {
    if (words[0] == "domain" && words.size() > 1) search = {go::normalize_name(words[1])};
    if (words[0] != "search") return;
    search.clear();
    for (std::size_t i = 1; i < words.size(); ++i) search.push_back(go::normalize_name(words[i]));
  });
  return search;
}

}  // namespace corefile::flow_detail
