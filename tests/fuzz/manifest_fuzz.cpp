// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>

#include "fuzz.hpp"
#include "manifest/manifest.hpp"

using namespace corefile;

namespace {

bool inside(Span span, std::size_t size) { return span.begin <= span.end && span.end <= size; }

/// Runs tile the embedded text; what is verbatim is the same bytes in the file.
void segments(const Embedded& embedded, std::string_view file) {
  const std::string_view text = embedded.source.text();
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < embedded.map.size(); ++i) {
    const Segment& segment = embedded.map[i];
    fuzz::expect(segment.inner == at || i > 0, "the map does not begin at 0");
    fuzz::expect(inside(segment.outer, file.size()), "a segment lies outside the file");
    const std::uint32_t end = i + 1 < embedded.map.size() ? embedded.map[i + 1].inner : static_cast<std::uint32_t>(text.size());
    fuzz::expect(segment.inner <= end, "segments are not in order");
    const std::string_view inner = text.substr(segment.inner, end - segment.inner);
    const std::string_view outer = file.substr(segment.outer.begin, segment.outer.size());
    fuzz::expect(!segment.verbatim || inner == outer, "a verbatim segment is not");
    at = end;
  }
  for (std::uint32_t i = 0; i < text.size(); ++i) fuzz::expect(inside(embedded.outer({i, i + 1}), file.size()), "a byte has no place");
}

/// An edit that is allowed changes the embedded text as it would change a Corefile, and nothing else.
void edits(const Embedded& embedded, std::size_t index, std::string_view file, std::uint32_t seed) {
  const std::string_view text = embedded.source.text();
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t begin = seed % (size + 1);
  const std::uint32_t end = begin + (seed / 7) % (size - begin + 1);
  constexpr std::string_view replacements[]{"", "x", "\n    loop", "\"a\\\"", "# x"};
  const std::string_view by = replacements[seed % std::size(replacements)];
  Span at;
  std::string replacement;
  if (!embedded.outer_edit({begin, end}, by, at, replacement)) return;
  fuzz::expect(inside(at, file.size()), "an edit lies outside the file");
  const std::string edited = std::string(file.substr(0, at.begin)) + replacement + std::string(file.substr(at.end));
  const Manifest after = read_manifest(Source("coredns.yaml", edited));
  std::string wanted = std::string(text.substr(0, begin)) + std::string(by) + std::string(text.substr(end));
  fuzz::expect(index < after.corefiles.size(), "an edit loses the Corefile");
  // How many line ends stand at a block scalar's end, its header decides.
  const auto ended = [](std::string_view text_with_ends) {
    return std::string(text_with_ends.substr(0, text_with_ends.find_last_not_of('\n') + 1));
  };
  const std::string got = ended(after.corefiles[index].source.text());
  wanted = ended(wanted);
  if (got != wanted)
    std::fprintf(stderr, "edit %u-%u; wanted\n%s\ngot\n%.*s\n", begin, end, wanted.c_str(), static_cast<int>(got.size()), got.data());
  fuzz::expect(got == wanted, "an edit of the file is another one in the Corefile");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string file = fuzz::text(data, size);
  const Manifest manifest = read_manifest(Source("coredns.yaml", file));
  for (const ManifestFault& fault : manifest.faults) {
    fuzz::expect(inside(fault.span, file.size()) && inside(fault.related, file.size()), "a fault lies outside the file");
  }
  std::uint32_t seed = static_cast<std::uint32_t>(size);
  for (const char c : file) seed = seed * 31 + static_cast<unsigned char>(c);
  for (std::size_t i = 0; i < manifest.corefiles.size(); ++i) {
    segments(manifest.corefiles[i], file);
    edits(manifest.corefiles[i], i, file, seed);
  }
  return 0;
}
