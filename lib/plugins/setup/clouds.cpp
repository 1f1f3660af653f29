// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "plugins/setup.hpp"

/// azure and clouddns: zones as `GROUP:ZONE`, then credentials that decide.
namespace corefile::plugins::setup {
namespace {

// strings.SplitN(text, ":", parts), without empty ones; none if there are less.
std::vector<std::string_view> split(std::string_view text, std::size_t parts) {
  std::vector<std::string_view> out;
  for (std::size_t colon = text.find(':'); out.size() + 1 < parts && colon != std::string_view::npos; colon = text.find(':')) {
    out.push_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  out.push_back(text);
  const bool whole = out.size() == parts && std::none_of(out.begin(), out.end(), [](std::string_view part) { return part.empty(); });
  return whole ? out : std::vector<std::string_view>{};
}

void once_each(Reader& reader, const Word& word, std::string key, std::set<std::string>& seen, std::string says) {
  if (!seen.insert(std::move(key)).second) {
    reader.invalid(word, fmt::format("`{}` stands twice", word.text), std::move(says));
  }
}

}  // namespace

void azure(Reader& reader) {
  std::set<std::string> seen;
  while (reader.next()) {
    for (const Word& word : reader.remaining_args()) {
      if (word.unknown) continue;
      const auto parts = split(word.text, 2);
      if (parts.empty()) {
        reader.invalid(word, fmt::format("`{}` is not a `RESOURCE_GROUP:ZONE`", word.text),
                       fmt::format("invalid resource group/zone: \"{}\"", word.text));
        continue;
      }
      // From private zones on, setup.go compares group and zone without the colon.
      std::string key = reader.since(1, 6, 8) ? fmt::format("{}{}", parts[0], parts[1]) : std::string(word.text);
      once_each(reader, word, std::move(key), seen, fmt::format("conflicting zone: \"{}\"", word.text));
    }
    reader.read_block();
  }
  reader.depends();
}

void clouddns(Reader& reader) {
  while (reader.next()) {
    std::set<std::string> seen;
    for (const Word& word : reader.remaining_args()) {
      if (word.unknown) continue;
      if (split(word.text, 3).empty()) {
        reader.invalid(word, fmt::format("`{}` is not a `ZONE:PROJECT_ID:HOSTED_ZONE_NAME`", word.text),
                       reader.since(1, 7, 1) ? fmt::format("invalid zone \"{}\"", word.text) : fmt::format("invalid zone '{}'", word.text));
        continue;
      }
      once_each(reader, word, std::string(word.text), seen,
                reader.since(1, 7, 1) ? fmt::format("conflict zone \"{}\"", word.text) : fmt::format("conflict zone '{}'", word.text));
    }
    reader.read_block();
  }
  reader.depends();
}

}  // namespace corefile::plugins::setup
