// SPDX-License-Identifier: Apache-2.0
#include "costly.hpp"

#include <algorithm>
#include <corefile/key.hpp>
#include <corefile/plugins.hpp>
#include <corefile/recover.hpp>
#include <span>

namespace corefile::webhook {
namespace {

constexpr std::size_t most_zones = 20'000;  // a tenth of a second
constexpr std::size_t most_patterns = 1'000;
constexpr std::size_t most_of_one = 128;  // `10.0.0.0/9`

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

// As many as there can be: quotes only make them fewer.
std::size_t words_of(std::string_view text) {
  std::size_t count = 0;
  bool within = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
    if (!space && !within) ++count;
    within = !space;
  }
  return count;
}

Config read(const Text& text, const Options& options) {
  ResolveOptions resolving;
  resolving.environment = options.environment;
  resolving.limits = options.limits;
  resolving.form = text.key.ends_with(".override") ? Form::directives : Form::corefile;
  return recover(parse(Source(text.key, text.text)), resolving).meant;
}

std::size_t occurrences(std::string_view text, std::string_view word, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos && count < most; at = text.find(word, at + word.size())) ++count;
  return count;
}

bool too_many_zones(const Config& config, Release release) {
  Zones zones(release);
  for (std::uint32_t i = 0; i < config.block_count() && !zones.too_many(); ++i) {
    zones.add(config.block(i).keys());
    for (const Directive directive : config.block(i).directives()) zones.add(directive.arguments());
  }
  return zones.too_many();
}

bool too_many_patterns(const Config& config) {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < config.block_count() && count <= most_patterns; ++i) {
    for (const Directive directive : config.block(i).directives()) {
      if (!directive.is(Plugin::template_)) continue;
      for (const Property line : directive.properties()) count += line.name() == "match" ? line.arguments().size() : 0;
    }
  }
  return count > most_patterns;
}

}  // namespace

std::optional<Beyond> beyond_limits(const Text& text, const Options& options) {
  if (text.text.size() > most_words && words_of(text.text) > most_words) {
    return Beyond{"it has more words than are checked", "put names and addresses into files, such as a zone file or that of `hosts`"};
  }
  const bool repeats = text.text.find("import") != std::string::npos;
  const std::size_t networks = occurrences(text.text, "/", most_zones);
  const std::size_t patterns = occurrences(text.text, "match", most_patterns);
  const bool zones = networks > 0 && (repeats || networks * most_of_one > most_zones);
  const bool templates = patterns > 0 && (repeats || text.text.size() > 3 * most_patterns);
  if (!zones && !templates) return {};
  const Config config = read(text, options);
  if (zones && too_many_zones(config, options.release)) {
    return Beyond{"its networks are too many zones: it was not checked", "write networks that end on an octet, such as 10.0.0.0/8"};
  }
  if (templates && too_many_patterns(config)) {
    return Beyond{"its templates have too many patterns: it was not checked", "write one pattern for several names"};
  }
  return {};
}

}  // namespace corefile::webhook
