// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace corefile::app {

/// Why a text is evidently something else than a Corefile or a manifest: binary, UTF-16, a line of CoreDNS's log, kubectl's table.
/// The rest of a sentence whose subject is the file, or nothing. Looks at the first 1,024 bytes.
std::string_view evidently_else(std::string_view text) noexcept;

}  // namespace corefile::app
