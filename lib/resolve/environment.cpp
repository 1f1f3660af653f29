// SPDX-License-Identifier: Apache-2.0
#include <corefile/resolve.hpp>

namespace corefile {
namespace {

// parse.go, replaceEnvReferences: replaces every occurrence of the first reference found, then looks again from
// the start; an empty reference ends it all.
void replace(std::string& text, std::string_view open, std::string_view close, const Environment& environment, bool& unknown) {
  std::size_t from = 0;
  // A value may hold references to itself, which CoreDNS would replace for ever; so many rounds are enough for any honest text.
  for (int rounds = 0; rounds < 1000; ++rounds) {
    const std::size_t at = text.find(open, from);
    if (at == std::string::npos) return;
    const std::size_t end = text.find(close, at);
    if (end == std::string::npos || end <= at + open.size()) return;
    const std::string reference = text.substr(at, end + close.size() - at);
    const std::string_view name = std::string_view(reference).substr(open.size(), reference.size() - open.size() - close.size());
    const auto value = environment.values.find(name);
    if (value == environment.values.end() && !environment.complete) {
      unknown = true;
      from = end + close.size();
      continue;
    }
    const std::string_view by = value == environment.values.end() ? std::string_view{} : std::string_view(value->second);
    for (std::size_t pos = text.find(reference); pos != std::string::npos; pos = text.find(reference, pos + by.size())) {
      text.replace(pos, reference.size(), by);
    }
    from = 0;
  }
}

}  // namespace

std::string replace_environment(std::string_view text, const Environment& environment, bool& unknown) {
  std::string out(text);
  replace(out, "{%", "%}", environment, unknown);
  replace(out, "{$", "}", environment, unknown);
  return out;
}

}  // namespace corefile
