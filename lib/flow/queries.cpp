// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/queries.hpp>

#include "go/net.hpp"
#include "plugins/dns_types.hpp"

namespace corefile {

std::vector<Query> read_queries(std::span<const std::string> words, const Query& like) {
  const std::span<const std::string_view> types = plugins::dns_types(newest_release());
  std::vector<Query> queries;
  const auto add = [&](std::string name, std::string type) {
    Query query = like;
    query.name = std::move(name);
    query.type = std::move(type);
    queries.push_back(std::move(query));
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto ip = go::parse_ip(words[i]);
    std::string name = ip ? go::reverse_name(*ip) : words[i];
    if (i + 1 < words.size() && std::find(types.begin(), types.end(), words[i + 1]) != types.end()) {
      add(std::move(name), words[++i]);
    } else if (ip) {
      add(std::move(name), "PTR");
    } else {
      add(name, "A");
      add(std::move(name), "AAAA");
    }
  }
  return queries;
}

}  // namespace corefile
