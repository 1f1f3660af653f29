// SPDX-License-Identifier: Apache-2.0
#include "cases.hpp"

#include <array>
#include <corefile/render.hpp>
#include <sstream>

namespace manifest_test {
namespace {

using corefile::Embedded;
using corefile::ManifestFault;
using corefile::Source;
using corefile::Span;

constexpr std::array role_names{"standalone", "cluster", "other_configmap", "node_local", "custom_server", "custom_override"};
constexpr std::array style_names{"literal", "folded", "plain", "single_quoted", "double_quoted"};
constexpr std::array fault_names{"invalid_yaml", "corefile_missing", "value_not_text", "duplicate_key", "object_twice", "binary_data",
                                 "lines_folded", "templated",        "unfilled",       "chart_unread",  "owned",        "described"};

template <typename Names, typename Value>
std::string name_of(const Names& names, Value value) {
  return names.at(static_cast<std::size_t>(value));
}

std::string place(const Source& file, std::uint32_t offset) {
  const corefile::Position at = file.position(offset);
  return std::to_string(at.line) + ':' + std::to_string(at.column);
}

std::string describe(const Source& file, const Embedded& embedded) {
  std::string out =
      embedded.object + ", " + embedded.key + ": " + name_of(role_names, embedded.role) + ", " + name_of(style_names, embedded.style);
  if (embedded.document > 0) out += ", document " + std::to_string(embedded.document);
  if (embedded.templated) out += ", templated";
  out += '\n';
  const std::string_view text = embedded.source.text();
  for (std::uint32_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += "  " + place(file, embedded.outer({at, at}).begin) + " |" + corefile::visible(text.substr(at, end - at));
    out += end == text.size() ? "(no line end)\n" : "\n";
    at = static_cast<std::uint32_t>(end + 1);
  }
  return out;
}

std::string describe(const Source& file, const ManifestFault& fault) {
  std::string out =
      name_of(fault_names, fault.kind) + " at " + place(file, fault.span.begin) + " `" + corefile::visible(file.text(fault.span)) + "`";
  if (!fault.related.empty()) out += ", before at " + place(file, fault.related.begin);
  if (!fault.object.empty()) out += ", " + fault.object;
  if (!fault.subject.empty()) out += ", subject `" + fault.subject + "`";
  if (!fault.detail.empty()) out += ", " + fault.detail;
  return out + '\n';
}

// Whether bytes of the file can stand for one character of the text that is not itself.
bool stands_for(std::string_view outer, std::string_view inner, corefile::ScalarStyle style) {
  if (outer == inner) return true;
  if (inner == "\n" && (outer == "\r\n" || outer == "\n")) return true;
  const bool blank = !outer.empty() && outer.find_first_not_of(" \t\r\n") == std::string_view::npos;
  if (inner == " " && blank && style != corefile::ScalarStyle::literal) return true;
  if (style == corefile::ScalarStyle::single_quoted) return inner == "'" && outer == "''";
  return style == corefile::ScalarStyle::double_quoted && outer.starts_with('\\') && outer.size() >= 2;
}

}  // namespace

std::vector<Case> read_cases(std::string_view text) {
  std::vector<Case> cases;
  std::string* to = nullptr;
  std::istringstream in{std::string(text)};
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("=== ")) {
      cases.push_back({number, line.substr(4), {}, {}});
      to = &cases.back().file;
    } else if (line == "~~~" && to != nullptr) {
      to = &cases.back().found;
    } else if (to != nullptr) {
      *to += line + '\n';
    }
  }
  for (Case& one : cases) {
    while (one.found.ends_with("\n\n")) one.found.pop_back();
    if (one.found == "\n") one.found.clear();
  }
  return cases;
}

std::string print_cases(const std::vector<Case>& cases) {
  std::string out;
  for (const Case& one : cases) {
    if (!out.empty()) out += '\n';
    out += "=== " + one.name + '\n' + one.file + "~~~\n" + one.found;
  }
  return out;
}

std::string describe(std::string_view text) {
  const Source file("file.yaml", std::string(text));
  const corefile::Manifest manifest = read_manifest(file);
  std::string out;
  for (const Embedded& embedded : manifest.corefiles) out += describe(file, embedded) + wrong_map(file, embedded);
  for (const ManifestFault& fault : manifest.faults) out += describe(file, fault);
  return out.empty() ? "nothing\n" : out;
}

namespace {

// Of a text put together out of values, those stand in it byte for byte, and the rest stands for some of them; their order in the
// file is any.
std::string wrong_rendering(const Source& file, const Embedded& embedded) {
  const std::string_view text = embedded.source.text();
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < embedded.map.size(); ++i) {
    const corefile::Segment& run = embedded.map[i];
    const std::string what = "run " + std::to_string(i) + " of the text: ";
    if (run.inner != end || run.outer.empty() || run.outer.end > file.text().size()) return what + "out of order\n";
    end = i + 1 < embedded.map.size() ? embedded.map[i + 1].inner : static_cast<std::uint32_t>(text.size());
    if (run.verbatim && file.text(run.outer) != text.substr(run.inner, end - run.inner)) return what + "is not what the file has\n";
  }
  return end == text.size() ? std::string() : "the text is longer than its map\n";
}

}  // namespace

std::string wrong_map(const Source& file, const Embedded& embedded) {
  if (embedded.rendered) return wrong_rendering(file, embedded);
  const std::string_view text = embedded.source.text();
  std::uint32_t last = 0;
  for (std::uint32_t begin = 0, end = 0; begin < text.size(); begin = end) {
    end = begin + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    const Span outer = embedded.outer({begin, end});
    const std::string what = "byte " + std::to_string(begin) + " of the text: ";
    if (outer.begin > outer.end || outer.end > file.text().size() || outer.begin < last) return what + "out of order\n";
    last = outer.begin;
    if (!stands_for(file.text(outer), text.substr(begin, end - begin), embedded.style)) {
      return what + "`" + corefile::visible(text.substr(begin, end - begin)) + "` is not `" + corefile::visible(file.text(outer)) + "`\n";
    }
    if (const Span point = embedded.outer({begin, begin}); !point.empty() || point.begin != outer.begin)
      return what + "an empty span is elsewhere\n";
  }
  return {};
}

}  // namespace manifest_test
