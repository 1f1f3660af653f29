// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>
#include <string_view>

#include "manifest/manifest.hpp"

/// A small YAML writer: the same text in every style, with the freedoms that YAML leaves taken at random.
namespace manifest_test {

using Random = std::mt19937;

/// A ConfigMap that holds `text` as `Corefile`; empty if the style cannot hold it.
std::string write(std::string_view text, corefile::ScalarStyle style, Random& random);
/// The same as JSON.
std::string write_json(std::string_view text, Random& random);

std::string with_crlf(std::string_view text);

}  // namespace manifest_test
