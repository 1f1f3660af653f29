// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/rule.hpp>
#include <map>
#include <span>
#include <vector>

#include "zone/zone.hpp"

/// Zone files that lie beside the Corefile.
namespace corefile {

/// What `file` makes of its file for each of its zones, and `auto` of the files in its folder, read once for all rules.
class ZoneFiles {
 public:
  explicit ZoneFiles(const Context& context) : context_(context) {}
  /// Of a directive of the Config; none where the file is not there or not to be read. O(text) for each zone the first time.
  std::span<const zone::Zone> of(Directive file);

 private:
  const Context& context_;
  std::map<std::uint32_t, std::vector<zone::Zone>> read_;  // by directive
};

/// The word that names the file, or the folder of `auto`; null if there is none.
const Word* file_word(Directive file) noexcept;

/// For each zone of the directive that loads: `look(zone)`.
template <typename Look>
void each_loaded_zone(Directive file, const Context& context, Look look) {
  if (context.files == nullptr || !context.load->loads()) return;
  for (const zone::Zone& zone : context.zone_files->of(file)) {
    if (zone.refusal() == nullptr) look(zone);
  }
}
/// The text of a place in one of the zone's files.
std::string_view text_of(const zone::Zone& zone, const Place& place) noexcept;
/// A name as people write it: without its last dot, but for the root.
std::string_view without_dot(std::string_view name) noexcept;

}  // namespace corefile
