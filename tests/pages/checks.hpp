// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page.hpp"

namespace pages {

/// `LINE: what is wrong`, for everything a page promises and does not hold; empty if all is well.
std::vector<std::string> check_page(const corefile::Catalogue::Entry& entry, std::string_view text);

/// The page with `console` and `fixed` fences as they should be.
std::string refreshed(const corefile::Catalogue::Entry& entry, std::string_view text);

}  // namespace pages
