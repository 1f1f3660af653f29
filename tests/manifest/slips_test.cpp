// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/manifest.hpp"

namespace {

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// One line of slips.txt.
struct Slip {
  std::string file;
  std::uint32_t offset = 0, removed = 0;
  std::string inserted;
  bool refused = false;
};

std::uint32_t number(std::string_view text) {
  std::uint32_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Slip parse_slip(std::string_view line) {
  std::vector<std::string_view> fields;
  while (fields.size() < 4) {
    const std::size_t tab = line.find('\t');
    fields.push_back(line.substr(0, tab));
    line.remove_prefix(tab + 1);
  }
  Slip out{std::string(fields[0]), number(fields[1]), number(fields[2]), {}, line.starts_with("refused")};
  const std::string_view quoted = fields[3].substr(1, fields[3].size() - 2);
  out.inserted = quoted == "\\t" ? "\t" : std::string(quoted);
  return out;
}

}  // namespace

TEST_CASE("what kubectl's YAML library says of slips is said of them here") {
  const std::string root = COREFILE_SOURCE;
  std::map<std::string, std::string> bases;
  std::istringstream lines(read(root + "/tests/manifest/slips.txt"));
  std::size_t refused = 0;
  std::size_t behind = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with("no kind")) continue;
    const Slip slip = parse_slip(line);
    std::string& base = bases[slip.file];
    if (base.empty()) base = read(root + "/corpus/kubernetes/" + slip.file);
    std::string text = base;
    text.replace(slip.offset, slip.removed, slip.inserted);
    const corefile::Source file(slip.file, text);
    const corefile::Manifest manifest = read_manifest(file);
    const auto fault = std::find_if(manifest.faults.begin(), manifest.faults.end(), [](const corefile::ManifestFault& one) {
      return one.kind == corefile::ManifestFault::Kind::invalid_yaml;
    });
    CAPTURE(line);
    CAPTURE(file.position(slip.offset).line);
    CHECK((fault != manifest.faults.end()) == slip.refused);
    if (!slip.refused || fault == manifest.faults.end()) continue;
    ++refused;
    // At the slip or just behind it; where a quote is lost, at the one that is left.
    const std::uint32_t there = file.position(fault->span.begin).line;
    const std::uint32_t slipped = file.position(slip.offset).line;
    CAPTURE(there);
    CHECK(there + 2 >= slipped);
    if (there > slipped + 3) ++behind;
  }
  CHECK(refused > 500);
  CHECK(behind == 2);  // the first of two keys is indented deeper: which one is wrong shows at the second
}
