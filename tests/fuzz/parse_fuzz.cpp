// SPDX-License-Identifier: Apache-2.0
#include "../unit/invariants.hpp"
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string broken = invariants::broken(fuzz::text(data, size));
  fuzz::expect(broken.empty(), broken);
  return 0;
}
