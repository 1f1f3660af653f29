// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "go/value.hpp"

namespace corefile::go {

/// A method of the data, and functions beside Go's own. None: it fails. `unknown` of what it does not know.
using TemplateCall = std::function<std::optional<Value>(std::string_view name, std::span<const Value> arguments)>;

struct TemplateResult {
  std::string text;
  bool failed = false;   ///< Execute gives an error
  bool unknown = false;  ///< it takes more than this library knows
};

/// text/template, Execute: of a template that parses, over `data`, whose fields are its map's entries.
TemplateResult run_template(std::string_view text, const Value& data, const TemplateCall& call);

}  // namespace corefile::go
