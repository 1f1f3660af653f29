// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>
#include <nlohmann/json.hpp>

#include "fuzz.hpp"

using namespace corefile;

namespace {

bool harmless(std::string_view shown) {
  for (const char c : shown) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F) return false;
  }
  return true;
}

void examine(const Source& source, const Options& options) {
  const Analysis found = check(source, options);
  for (const Diagnostic& diagnostic : found.diagnostics) {
    const Place& at = diagnostic.place;
    fuzz::expect(
        at.document < found.sources.size() && at.span.begin <= at.span.end && at.span.end <= found.sources[at.document].text().size(),
        "a finding lies outside its file");
    fuzz::expect(!diagnostic.message.empty(), "a finding says nothing");
  }
  fuzz::expect(harmless(render_full({found})), "a control character in the full report");
  fuzz::expect(harmless(render_concise({found})), "a control character in the concise report");
  fuzz::expect(nlohmann::json::accept(render_json({found})), "the JSON report is not valid");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The text's own sum chooses, so that a seed is a plain file.
  unsigned sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += data[i];
  Options options;
  options.release = known_releases()[sum % known_releases().size()];
  options.release_assumed = sum % 2 == 0;
  constexpr Role roles[]{Role::standalone, Role::cluster, Role::node_local, Role::custom_server, Role::custom_override};
  if (sum % 3 != 0) options.role = roles[sum % std::size(roles)];
  examine(Source(sum % 5 == 0 ? "coredns.yaml" : "Corefile", fuzz::text(data, size)), options);
  return 0;
}
