// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Plugins that are no part of CoreDNS, but were built into the one at hand.
namespace corefile {

namespace plugins {
struct Schema;
}

/// A value: copies share what was read. Empty: CoreDNS's own plugins alone.
class ExternalPlugins {
 public:
  /// Plugins as the schemas of rules/plugins/*.yaml describe them, one a YAML document; `file` is what errors call it.
  /// A name that was given before is replaced. Returns the first fault, as `FILE:LINE: what is wrong; what to write instead`, and then
  /// nothing is taken; none if all are read.
  [[nodiscard]] std::optional<std::string> read(const std::string& text, const std::string& file);
  /// One of known(), or another one, of which nothing is checked. False if no plugin can have that name, or CoreDNS's own has it.
  bool add(std::string_view name);
  /// The names of those that come with the library.
  static std::vector<std::string_view> known();

  /// Null if it was not given.
  const plugins::Schema* find(std::string_view name) const noexcept;

 private:
  std::vector<std::shared_ptr<const plugins::Schema>> plugins_;
};

}  // namespace corefile
