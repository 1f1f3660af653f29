// SPDX-License-Identifier: Apache-2.0
#include "costly.hpp"

#include <algorithm>
#include <corefile/key.hpp>
#include <corefile/recover.hpp>
#include <span>

namespace corefile::webhook {
namespace {

constexpr std::size_t most_zones = 20'000;  // a tenth of a second
constexpr std::size_t most_of_one = 128;    // `10.0.0.0/9`

/// Counts the zones of networks, up to one more than may be.
class Zones {
 public:
  explicit Zones(Release release) : release_(release) {}

  void add(std::span<const Word> words) {
    for (const Word& word : words) {
      if (count_ > most_zones) return;
      if (word.text.find('/') != std::string_view::npos) count_ += read_key(word.text, release_).zones.size();
    }
  }
  bool too_many() const noexcept { return count_ > most_zones; }

 private:
  const Release release_;
  std::size_t count_ = 0;
};

}  // namespace

bool too_many_zones(const Text& text, const Options& options) {
  const auto slashes = static_cast<std::size_t>(std::count(text.text.begin(), text.text.end(), '/'));
  const bool repeats = text.text.find("import") != std::string::npos;
  if (slashes == 0 || (!repeats && slashes * most_of_one <= most_zones)) return false;
  ResolveOptions resolving;
  resolving.environment = options.environment;
  resolving.limits = options.limits;
  resolving.form = text.key.ends_with(".override") ? Form::directives : Form::corefile;
  const Readings readings = recover(parse(Source(text.key, text.text)), resolving);
  const Config& config = readings.meant;
  Zones zones(options.release);
  for (std::uint32_t i = 0; i < config.block_count() && !zones.too_many(); ++i) {
    zones.add(config.block(i).keys());
    for (const Directive directive : config.block(i).directives()) zones.add(directive.arguments());
  }
  return zones.too_many();
}

}  // namespace corefile::webhook
