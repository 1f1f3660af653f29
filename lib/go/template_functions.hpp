// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "go/value.hpp"

namespace corefile::go {

/// text/template, IsTrue.
bool template_truth(const Value& value) noexcept;

/// Go's own functions of templates, as far as names and addresses need them. None: it fails. `unknown`: it is none of them.
std::optional<Value> template_function(std::string_view name, std::span<const Value> given);

}  // namespace corefile::go
