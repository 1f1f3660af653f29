// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// What of HTTP needs no connection.
namespace corefile::webhook {

std::string_view reason_of(unsigned status) noexcept;

/// `?timeout=10s`, which the API server adds: nobody waits longer for the answer. None: it does not say.
std::optional<std::chrono::milliseconds> patience(std::string_view target) noexcept;

bool is_json(std::string_view content_type) noexcept;

/// An answer with its header. `keep`: the connection stays.
std::string message(unsigned status, std::string_view body, bool keep);

}  // namespace corefile::webhook
