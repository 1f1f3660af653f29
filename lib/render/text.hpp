// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace corefile::render {

/// Words for people, made visible; the middle of very long ones is left out: they may quote a word of many megabytes.
std::string shown(std::string_view text);

/// Broken at spaces into lines of at most `columns`, where words allow it; not within backquotes. 0: one line.
std::vector<std::string> wrapped(const std::string& text, std::size_t columns);

}  // namespace corefile::render
