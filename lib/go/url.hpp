// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corefile::go {

/// net/url.Parse of a text that begins with a scheme and `//`: its error's words, or nothing. What only some of Go's own
/// releases refuse (colons and brackets in hosts) passes.
std::string url_error(std::string_view text);

}  // namespace corefile::go
