// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

/// What the formats in JSON share.
namespace corefile::render {

using Json = nlohmann::ordered_json;

/// Words for people; line ends within them stay.
std::string words(std::string_view text);
/// Text for programs: as it is, if JSON can hold it.
std::string exact(std::string_view text);
std::string base64(std::string_view bytes);
/// The value as a text. What `visible` would change stands in JSON's own escapes: the same text, and nothing for a terminal to act on.
std::string dump(const Json& value, int indent);

}  // namespace corefile::render
