// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace corefile::go {

struct TemplateFault {
  std::size_t at = 0;
  std::size_t size = 0;
  std::string message;     ///< one clause
  std::string says;        ///< Go's own words
  std::string function{};  ///< the unknown function, if that is the fault
};

/// Why Go's text/template (Go 1.23's grammar) does not parse a text, if it surely does not. `functions`: names it knows beside its own.
std::optional<TemplateFault> template_fault(std::string_view name, std::string_view text, std::span<const std::string_view> functions);

/// The functions that all templates know.
std::span<const std::string_view> template_functions() noexcept;

}  // namespace corefile::go
