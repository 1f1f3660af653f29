// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <optional>
#include <string_view>

#include "zone/zone.hpp"

namespace corefile::flow_detail {

/// As the release prints it.
Record record_of(const zone::Record& from, Release release);

/// One record in presentation format. None: it is none.
std::optional<Record> parse_record(std::string_view text, Release release);

}  // namespace corefile::flow_detail
