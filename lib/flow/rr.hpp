// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <optional>
#include <string_view>

namespace corefile::flow_detail {

/// miekg/dns, NewRR: one record in presentation format, names without a last dot below the root. None: it is none. `known` is unset where
/// this library cannot tell how it is printed.
std::optional<Record> parse_record(std::string_view text, Release release, bool& known);

}  // namespace corefile::flow_detail
