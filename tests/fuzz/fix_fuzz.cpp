// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>

#include "fuzz.hpp"

using namespace corefile;

namespace {

std::string fixed(const std::string& text, const Options& options) {
  const Fixed result = fix(Source("Corefile", text), options);
  return result.files.empty() ? text : result.files.front().after;
}

bool loads(const std::string& text, const Options& options) {
  return load(resolve(parse(Source("Corefile", text))), options.release).loads();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text(data, size);
  Options options;
  options.kind = InputKind::corefile;
  if (size % 2 == 1) options.role = Role::cluster;
  constexpr int times = 10;  // of fixes at one place each waits for the one before, and some texts have more than one call has rounds
  std::string last = text;
  bool converged = false;
  for (int time = 0; time < times && !converged; ++time) {
    std::string next = fixed(last, options);
    converged = next == last;
    last = std::move(next);
  }
  fuzz::expect(converged, "fixing does not come to an end");
  fuzz::expect(!loads(text, options) || loads(last, options), "safe fixes make a text that is refused");
  return 0;
}
