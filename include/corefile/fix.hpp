// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/lint.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace corefile {

/// A text with its fixes.
struct FixedFile {
  std::string name;
  std::string before, after;
  std::uint32_t applied;  ///< fixes
};

struct Fixed {
  std::vector<FixedFile> files;  ///< the input, and the files it imports, where they changed
  Analysis analysis;             ///< of the texts as they are now
};

/// Applies fixes until there are none that are safe enough, for at most `max_rounds` rounds: the first fix of each finding, in the input
/// and in the files that `options.files` gave to its imports. What would make something worse is not applied, be it that CoreDNS refuses
/// the text for something new, that a comment is lost or that line ends are mixed. O(rounds) checks.
inline constexpr int max_rounds = 10;
Fixed fix(const Source& input, const Options& options = {}, Safety at_least = Safety::safe,
          const Catalogue& catalogue = Catalogue::builtin());
/// Of one of the files that are checked together. `index` < cluster.size().
Fixed fix(std::span<const Source> cluster, std::size_t index, const Options& options = {}, Safety at_least = Safety::safe,
          const Catalogue& catalogue = Catalogue::builtin());

}  // namespace corefile
