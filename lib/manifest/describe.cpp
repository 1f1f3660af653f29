// SPDX-License-Identifier: Apache-2.0
#include "manifest/describe.hpp"

#include <algorithm>

#include "manifest/names.hpp"

namespace corefile::manifest_detail {
namespace {

using View = std::string_view;
constexpr View data_head = "\nData\n====\n";
constexpr View key_end = ":\n----\n";

View field(View text, View name) noexcept {
  std::size_t at = text.starts_with(name) ? 0 : text.find("\n" + std::string(name));
  if (at == View::npos) return {};
  at = text.find(':', at) + 1;
  const std::size_t end = std::min(text.find('\n', at), text.size());
  View value = text.substr(at, end - at);
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return value;
}

/// Where the next key's line begins, or what follows the data.
std::size_t end_of_value(View text, std::size_t from) noexcept {
  std::size_t end = std::min({text.find("\nBinaryData\n====", from), text.find("\nEvents:", from), text.size()});
  const std::size_t next = text.find(key_end, from);
  if (next < end) end = std::min(end, text.rfind('\n', next));
  while (end > from && text[end - 1] == '\n') --end;
  return std::min(end + 1, text.size());
}

}  // namespace

bool is_description(View text) noexcept {
  if (!text.starts_with("Name:")) return false;
  const std::size_t data = text.find(data_head);
  return data < text.size() && text.find(key_end, data) != View::npos;
}

void read_description(const Source& file, Manifest& out) {
  const View text = file.text();
  const View name = field(text, "Name:");
  const View name_space = field(text, "Namespace:");
  const Known known = known_name(name);
  const std::string object = "ConfigMap " + std::string(name_space) + (name_space.empty() ? "" : "/") + std::string(name);
  for (std::size_t at = text.find(key_end, text.find(data_head)); at < text.size();) {
    const std::size_t line = text.rfind('\n', at - 1) + 1;
    const auto begin = static_cast<std::uint32_t>(at + key_end.size());
    const auto end = static_cast<std::uint32_t>(end_of_value(text, begin));
    const View key = text.substr(line, at - line);
    if (is_corefile_key(known, key)) {
      Embedded found;
      found.source = Source(file.name(), std::string(text.substr(begin, end - begin)));
      if (end > begin) found.map.push_back({0, {begin, end}, true});
      found.rendered = true;
      found.role = role_of(name, name_space, key);
      found.object = object;
      found.key = key;
      found.key_span = {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(at)};
      found.name_space = name_space;
      found.name = name;
      out.corefiles.push_back(std::move(found));
    }
    at = text.find(key_end, end);
  }
  if (out.corefiles.empty()) return;
  const auto first = static_cast<std::uint32_t>(std::min(text.find('\n'), text.size()));
  out.faults.push_back({ManifestFault::Kind::described, {0, first}, {}, object, {}, {}});
}

}  // namespace corefile::manifest_detail
