// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "manifest/manifest.hpp"

/// Manifests in text files, each with what is found in it:
///
///     === NAME
///     the file
///     ~~~
///     what describe() says of it
namespace manifest_test {

struct Case {
  std::size_t line;
  std::string name;
  std::string file;
  std::string found;
};

std::vector<Case> read_cases(std::string_view text);
std::string print_cases(const std::vector<Case>& cases);

/// Each Corefile, its lines with the place where they begin in the file; then the faults.
std::string describe(std::string_view file);

/// Why the map is wrong: an outer span that is not the very character, or its escape. Empty if it is right.
std::string wrong_map(const corefile::Source& file, const corefile::Embedded& embedded);

}  // namespace manifest_test
