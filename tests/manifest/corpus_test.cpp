// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>

#include "../read_file.hpp"
#include "cases.hpp"

namespace fs = std::filesystem;

TEST_CASE("every Corefile in a real manifest is found again, byte for byte") {
  if (!fs::exists(COREFILE_SHARED "/corpus-real")) {
    MESSAGE("skipped: there are no real files here (" COREFILE_SHARED "/corpus-real)");
    return;
  }
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(COREFILE_SHARED "/corpus-real")) {
    if (!entry.is_regular_file()) continue;
    const corefile::Source file(entry.path().string(), read_file(entry.path()));
    const corefile::Manifest manifest = read_manifest(file);
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path().string());
    found += manifest.corefiles.size();
    for (const corefile::Embedded& embedded : manifest.corefiles) CHECK(manifest_test::wrong_map(file, embedded) == "");
    for (const corefile::ManifestFault& fault : manifest.faults) {
      CHECK(fault.kind != corefile::ManifestFault::Kind::invalid_yaml);
      CHECK(fault.span.end <= file.text().size());
      CHECK_FALSE(fault.span.empty());
    }
  }
  CHECK(found > 0);
}
