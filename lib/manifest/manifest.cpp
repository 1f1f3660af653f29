// SPDX-License-Identifier: Apache-2.0
#include "manifest/manifest.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "manifest/describe.hpp"
#include "manifest/objects.hpp"
#include "manifest/pieces.hpp"
#include "manifest/scalar.hpp"
#include "manifest/slips.hpp"
#include "manifest/template.hpp"
#include "manifest/terraform.hpp"
#include "manifest/tiler.hpp"
#include "manifest/tree.hpp"

namespace corefile {
namespace {

using namespace manifest_detail;

constexpr std::uint32_t max_invalid = 20;  // parts of a file said to be no YAML

struct Wording {
  std::string_view yaml_cpp;
  std::string_view plain;
};
// yaml-cpp 0.7, include/yaml-cpp/exceptions.h.
constexpr std::string_view unclosed_quote_words = "illegal EOF in scalar";
constexpr std::array<Wording, 16> wordings{{
    {"illegal tab when looking for indentation", "a tab where YAML wants spaces"},
    {"illegal flow end", "nothing is open here that this could close"},
    {"illegal block entry", "no list entry can stand here"},
    {"illegal map value", "no `:` can stand here"},
    {"illegal map key", "no key can stand here"},
    {"end of map not found", "this is not indented as the lines before it"},
    {"end of map flow not found", "a `,` or `}` is missing before this"},
    {"end of sequence not found", "this is not indented as the list before it"},
    {"end of sequence flow not found", "a `,` or `]` is missing before this"},
    {"unknown token", "no value can begin so"},
    {"illegal EOF in scalar", "the quotes are never closed"},
    {"illegal document indicator in scalar", "the quotes are never closed"},
    {"unexpected character in block scalar", "text on the line of the `|`"},
    {"bad character found while scanning hex number", "no hexadecimal number"},
    {"the referenced anchor is not defined", "no anchor of this name"},
    {"bad file", "nested too deep"},
}};

std::string plain_words(const std::string& words) {
  for (const Wording& wording : wordings) {
    if (words == wording.yaml_cpp) return std::string(wording.plain);
  }
  return words;
}

// Something in the file may be a Corefile: a template without such words is none of this tool's business.
bool may_hold_corefile(std::string_view text) noexcept {
  return ascii::contains_letters(text, "corefile") || ascii::contains_letters(text, "coredns") ||
         ascii::contains_letters(text, "node-local-dns") || ascii::contains_letters(text, "nodelocaldns");
}

// At least the character that is there, within the part.
Span mark(std::string_view file, Span part, std::uint32_t at) noexcept {
  const std::string_view text = file.substr(0, part.end);
  if (at >= part.end || std::string_view("\r\n").find(text[at]) != std::string_view::npos) {
    const std::size_t last = text.find_last_not_of(" \t\r\n", at == 0 ? 0 : at - 1);
    if (last == std::string_view::npos || last < part.begin) return {part.begin, part.begin};
    return {static_cast<std::uint32_t>(last), static_cast<std::uint32_t>(last + 1)};
  }
  std::uint32_t end = at + 1;
  while (end < part.end && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return {at, end};
}

// The block scalar right before the failure, if a line that is indented too little ended it.
std::string broken_off(std::string_view file, const Failure& failure) {
  const Tree& tree = failure.read;
  if (tree.nodes.size() < 2) return {};
  const Node& last = tree.nodes.back();
  const auto index = static_cast<Index>(tree.nodes.size() - 1);
  if (last.kind != Node::Kind::scalar || tree.nodes[index - 1].next != index) return {};
  const Scalar scalar = read_scalar(file, last.at, tree.text(index));
  const bool block = scalar.style == ScalarStyle::literal || scalar.style == ScalarStyle::folded;
  if (!block || scalar.outer.end > failure.at) return {};
  return std::string(tree.text(index - 1));
}

std::uint32_t last_text(std::string_view file, Span part) noexcept {
  const std::size_t last = file.substr(0, part.end).find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? part.begin : std::max(part.begin, static_cast<std::uint32_t>(last));
}

// Where yaml-cpp complains at the end of the text, the place that was left open.
void move_to_opening(std::string_view file, Span part, Failure& failure) {
  if (failure.at <= last_text(file, part)) return;
  if (failure.words == unclosed_quote_words && !failure.read.nodes.empty()) {
    const Tree& tree = failure.read;
    const auto last = static_cast<Index>(tree.nodes.size() - 1);
    const std::uint32_t from =
        tree.nodes[last].kind == Node::Kind::scalar ? scalar_extent(file, tree.nodes[last].at, tree.text(last)).end : tree.nodes[last].at;
    const std::size_t quote = file.find_first_of("\"'", from);
    if (quote < part.end) failure.at = static_cast<std::uint32_t>(quote);
  } else if (failure.words.ends_with("flow not found") && failure.opened) {
    failure.at = *failure.opened;
    failure.words = "never closed";
  }
}

// A key without its colon, in what was read before the parser gave up.
std::optional<Failure> first_lost_colon(std::string_view file, const std::optional<Failure>& failure, const std::vector<Tree>& trees) {
  if (failure) {
    auto found = lost_colon(file, failure->read);
    return found && found->at < failure->at ? std::move(found) : std::nullopt;
  }
  for (const Tree& tree : trees) {
    if (auto found = lost_colon(file, tree)) return found;
  }
  return {};
}

// yaml-cpp 0.7 takes a quote without an end if a line end is the last of the text.
std::optional<Failure> unclosed_quote(std::string_view file, const std::vector<Tree>& trees) {
  if (trees.empty()) return {};
  const Tree& tree = trees.back();
  for (auto last = static_cast<Index>(tree.nodes.size()); last-- > 0;) {
    if (tree.nodes[last].kind != Node::Kind::scalar) continue;
    if (const char first = file[tree.nodes[last].at]; first == '|' || first == '>') return {};
    const Scalar scalar = read_scalar(file, tree.nodes[last].at, tree.text(last));
    const bool quoted = scalar.style == ScalarStyle::single_quoted || scalar.style == ScalarStyle::double_quoted;
    if (!quoted || scalar.exact || scalar.outer.end < file.size()) return {};
    return Failure{scalar.outer.begin, std::string(unclosed_quote_words), {}, {}};
  }
  return {};
}

ManifestFault invalid(std::string_view file, Span part, const Failure& failure) {
  ManifestFault fault{ManifestFault::Kind::invalid_yaml, mark(file, part, failure.at), {}, {}, {}, plain_words(failure.words)};
  if (fault.detail != deeper_words && fault.detail != no_bar_words) fault.subject = broken_off(file, failure);
  return fault;
}

bool is_utf16(std::string_view text) noexcept {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || text.substr(0, 4).find('\0') != std::string_view::npos;
}

}  // namespace

namespace manifest_detail {
namespace {

void shift(Span& span, std::uint32_t by) noexcept { span = {span.begin + by, span.end + by}; }

/// A description is read as a file of its own; its places are moved to where it stands.
void read_description_at(const Source& file, Span piece, Manifest& out) {
  Manifest own;
  read_description(Source(file.name(), std::string(file.text(piece))), own);
  for (Embedded& one : own.corefiles) {
    for (Segment& segment : one.map) shift(segment.outer, piece.begin);
    shift(one.key_span, piece.begin);
    out.corefiles.push_back(std::move(one));
  }
  for (ManifestFault& fault : own.faults) {
    shift(fault.span, piece.begin);
    out.faults.push_back(std::move(fault));
  }
}

void read_documents(const Source& file, Span piece, std::uint32_t& document, Manifest& out) {
  const std::string_view text = file.text().substr(0, piece.end);
  ObjectReader objects(file, out);
  std::uint32_t failures = 0;
  for (Span part : split_documents(file.text(piece))) {
    shift(part, piece.begin);
    std::vector<Tree> trees;
    std::optional<Failure> failure = read_trees(text, part, trees);
    if (failure) {
      move_to_opening(text, part, *failure);
    } else if (failure = unclosed_quote(text.substr(0, part.end), trees); failure) {
      trees.clear();
    }
    if (auto earlier = first_lost_colon(text.substr(0, part.end), failure, trees)) {
      failure = std::move(earlier);
      trees.clear();
    }
    if (failure) move_to_cause(text.substr(0, part.end), *failure);
    for (const Tree& tree : trees) objects.read(tree, document++);
    if (!failure) continue;
    ++document;
    if (const auto word = find_template_lines(file.text(part))) {
      const Span at{part.begin + word->span.begin, part.begin + word->span.end};
      if (may_hold_corefile(file.text(piece))) objects.say_templated(word->language, at, {});
    } else if (++failures <= max_invalid) {
      out.faults.push_back(invalid(text, part, *failure));
    }
  }
}

}  // namespace

Manifest read_pieces(const Source& files, std::span<const Span> pieces, std::vector<std::uint32_t>* first_documents) {
  Manifest out;
  std::uint32_t document = 0;
  const auto refuse = [&out](Span at, std::string why) {
    out.faults.push_back({ManifestFault::Kind::invalid_yaml, at, {}, {}, {}, std::move(why)});
  };
  for (const Span piece : pieces) {
    if (first_documents != nullptr) first_documents->push_back(document);
    const std::string_view text = files.text(piece);
    if (is_utf16(text)) {
      refuse({piece.begin, std::min(piece.begin + 2, piece.end)}, "the text is not UTF-8, but UTF-16 or UTF-32");
    } else if (is_description(text)) {
      read_description_at(files, piece, out);
    } else if (is_terraform(text)) {
      read_terraform(files, piece, document, out);
    } else if (const auto at = too_deep(text)) {
      refuse({piece.begin + *at, piece.begin + *at + 1}, "nested too deep");
    } else {
      read_documents(files, piece, document, out);
    }
  }
  return out;
}

}  // namespace manifest_detail

Manifest read_manifest(const Source& file) {
  const Span whole{0, static_cast<std::uint32_t>(file.text().size())};
  return manifest_detail::read_pieces(file, {&whole, 1});
}

std::vector<Embedded> read_corefiles(const Source& file) { return read_manifest(file).corefiles; }

}  // namespace corefile
