// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/fingerprint.hpp>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <unordered_map>

namespace corefile {
namespace {

// FNV-1a.
constexpr std::uint64_t basis = 0xCBF29CE484222325;
std::uint64_t add(std::uint64_t hash, std::string_view text) noexcept {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return (hash ^ 0xFF) * 0x100000001B3;  // an end, so that neighbours do not run together
}

std::uint64_t add_squeezed(std::uint64_t hash, std::string_view text) noexcept {
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\r') hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  return (hash ^ 0xFF) * 0x100000001B3;
}

/// The lines of a text, each with those that stand around it and are indented less.
class Lines {
 public:
  explicit Lines(std::string_view text) {
    struct Open {
      std::size_t indent;
      std::uint64_t hash;
    };
    std::vector<Open> open;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = text.substr(begin, end - begin);
      const std::size_t indent = line.find_first_not_of(" \t\r");
      if (indent != std::string_view::npos) {
        while (!open.empty() && open.back().indent >= indent) open.pop_back();
        const std::uint64_t hash = add_squeezed(open.empty() ? basis : open.back().hash, line);
        open.push_back({indent, hash});
        lines_.push_back({begin, hash});
      }
      begin = end + 1;
    }
  }
  std::uint64_t at(std::size_t offset) const noexcept {
    const auto after =
        std::upper_bound(lines_.begin(), lines_.end(), offset, [](std::size_t at, const Line& line) { return at < line.begin; });
    return after == lines_.begin() ? basis : std::prev(after)->hash;
  }

 private:
  struct Line {
    std::size_t begin;
    std::uint64_t hash;
  };
  std::vector<Line> lines_;
};

/// The texts of an analysis, read when they are asked about.
class Texts {
 public:
  Texts(const Analysis& analysis, const NameOf& name_of) : analysis_(analysis) {
    for (const Source& source : analysis.sources) names_.push_back(add(basis, name_of ? name_of(source.name()) : source.name()));
    for (std::size_t i = 0; i < analysis.embedded.size(); ++i) {
      const Embedded& text = analysis.embedded[i];
      if (!text.map.empty() && !text.rendered) by_begin_.emplace(text.map.front().outer.begin, i);
    }
  }

  std::uint64_t at(const Place& place) {
    std::uint64_t hash = names_[place.document];
    if (const Embedded* text = text_of(place)) {
      hash = add(add(hash, text->object), text->key);
      if (const auto inner = text->inner(place.span.begin)) return hash ^ lines(text->source).at(*inner);
    }
    return hash ^ lines(analysis_.sources[place.document]).at(place.span.begin);
  }

 private:
  const Embedded* text_of(const Place& place) const {
    if (place.document != 0) return nullptr;
    const auto after = by_begin_.upper_bound(place.span.begin);
    if (after == by_begin_.begin()) return nullptr;
    const Embedded& text = analysis_.embedded[std::prev(after)->second];
    return place.span.begin <= text.map.back().outer.end ? &text : nullptr;
  }
  const Lines& lines(const Source& source) {
    std::optional<Lines>& lines = lines_[source.text().data()];
    if (!lines) lines.emplace(source.text());
    return *lines;
  }

  const Analysis& analysis_;
  std::vector<std::uint64_t> names_;
  std::map<std::uint32_t, std::size_t> by_begin_;
  std::unordered_map<const char*, std::optional<Lines>> lines_;
};

}  // namespace

std::vector<std::string> fingerprints(const Analysis& analysis, const NameOf& name_of) {
  Texts texts(analysis, name_of);
  std::unordered_map<std::uint64_t, std::uint32_t> seen;
  std::vector<std::string> out;
  out.reserve(analysis.diagnostics.size());
  for (const Diagnostic& found : analysis.diagnostics) {
    std::uint64_t hash = add(texts.at(found.place), found.rule);
    const std::string_view text = analysis.sources[found.place.document].text();
    const Span at = found.place.span;
    hash = add_squeezed(hash, text.substr(std::min<std::size_t>(at.begin, text.size()), at.end > at.begin ? at.size() : 0));
    if (const std::uint32_t before = seen[hash]++; before > 0) hash = add(hash, std::to_string(before));
    out.push_back(fmt::format("{:016x}", hash));
  }
  return out;
}

}  // namespace corefile
