// SPDX-License-Identifier: Apache-2.0
#include "manifest/terraform.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "manifest/names.hpp"
#include "manifest/template.hpp"

namespace corefile::manifest_detail {
namespace {

using View = std::string_view;
constexpr View blanks = " \t\r";

View trimmed(View text) noexcept {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == View::npos ? View() : text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

bool is_name_byte(char c) noexcept { return ascii::is_alnum(c) || c == '_' || c == '-' || c == '.'; }

/// `WORD "…` or `WORD {`, as the blocks of the language begin.
bool opens_block(View line) noexcept {
  constexpr std::array<View, 11> words{"check",  "data",     "import",   "locals",    "module",  "moved",
                                       "output", "provider", "resource", "terraform", "variable"};
  const View word = line.substr(0, line.find_first_of(" {"));
  const View rest = trimmed(line.substr(word.size()));
  return std::find(words.begin(), words.end(), word) != words.end() && (rest.starts_with('"') || rest.starts_with('{'));
}

/// A text between `<<WORD` and its `WORD`.
struct Heredoc {
  Span line{};  ///< the one that opens it, up to the `<<`
  Span body{};
  bool flush = false;  ///< `<<-`: the blanks that all lines begin with are no part of it
};

constexpr unsigned most_open = 16;  ///< texts without an end, each of which is looked for to the end of the file

/// The next one at or behind `at`, which is moved behind it.
bool next_heredoc(View text, std::size_t& at, unsigned& open, Heredoc& out) noexcept {
  while ((at = text.find("<<", at)) != View::npos) {
    const std::size_t begin = text.rfind('\n', at) + 1;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    View word = trimmed(text.substr(at + 2, end - at - 2));
    const std::size_t opened = at;
    at += 2;
    out.flush = word.starts_with('-');
    if (out.flush) word.remove_prefix(1);
    if (word.empty() || !std::all_of(word.begin(), word.end(), is_name_byte)) continue;
    for (std::size_t line = end + 1; line < text.size();) {
      const std::size_t stop = std::min(text.find('\n', line), text.size());
      if (trimmed(text.substr(line, stop - line)) == word) {
        out.line = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(opened)};
        out.body = {static_cast<std::uint32_t>(end + 1), static_cast<std::uint32_t>(line)};
        at = stop;
        return true;
      }
      line = stop + 1;
    }
    if (++open == most_open) return false;
  }
  return false;
}

/// The name that the text is given: the one before the last `=`, without quotes.
Span key_of(View text, Span line) noexcept {
  std::size_t end = text.substr(0, line.end).rfind('=');
  if (end == View::npos || end < line.begin) return {};
  while (end > line.begin && !is_name_byte(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > line.begin && is_name_byte(text[begin - 1])) --begin;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

constexpr std::size_t most_block = 16384;  ///< of a block, in which the object's name stands

/// Moves `block` to the last line of the text's part at which a block begins.
void find_block(View text, std::size_t from, std::size_t to, std::size_t& block) noexcept {
  while (from < to) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (opens_block(text.substr(from, end - from))) block = from;
    from = end + 1;
  }
}

/// `NAME = "VALUE"` on a line of its own.
View setting(View block, View name) noexcept {
  for (std::size_t at = 0; at < block.size();) {
    const std::size_t end = std::min(block.find('\n', at), block.size());
    const View line = trimmed(block.substr(at, end - at));
    at = end + 1;
    const std::size_t equals = line.find('=');
    if (equals == View::npos || trimmed(line.substr(0, equals)) != name) continue;
    const View value = trimmed(line.substr(equals + 1));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"' && value.find('$') == View::npos)
      return value.substr(1, value.size() - 2);
  }
  return {};
}

/// `${…}` or `%{…}` that Terraform replaces; `$${` is a text.
std::optional<Span> replaced(View body) noexcept {
  for (std::size_t at = 0; (at = body.find('{', at)) != View::npos; ++at) {
    if (at == 0 || (body[at - 1] != '$' && body[at - 1] != '%') || (at > 1 && body[at - 2] == body[at - 1])) continue;
    const std::size_t end = std::min(body.find_first_of("}\n", at), body.size() - 1);
    return Span{static_cast<std::uint32_t>(at - 1), static_cast<std::uint32_t>(end + 1)};
  }
  return {};
}

bool is_yaml(View body) noexcept {
  const View text = body.substr(std::min(body.find_first_not_of(" \t\r\n"), body.size()));
  return text.starts_with("apiVersion:") || text.starts_with("servers:") || text.starts_with("---") ||
         body.find("\nservers:") != View::npos || body.find(" servers:") != View::npos;
}

void move_by(Span& span, std::uint32_t by) noexcept { span = {span.begin + by, span.end + by}; }

/// YAML inside: its places are moved to where it stands.
void read_yaml(const Source& file, Span body, std::uint32_t document, Manifest& out) {
  Manifest own = read_manifest(Source(file.name(), std::string(file.text(body))));
  for (std::vector<Embedded>* texts : {&own.corefiles, &own.texts}) {
    for (Embedded& one : *texts) {
      for (Segment& segment : one.map) move_by(segment.outer, body.begin);
      move_by(one.key_span, body.begin);
      one.document = document;
      one.rendered = true;
    }
  }
  std::move(own.corefiles.begin(), own.corefiles.end(), std::back_inserter(out.corefiles));
  std::move(own.texts.begin(), own.texts.end(), std::back_inserter(out.texts));
  for (ManifestFault& fault : own.faults) {
    if (fault.kind == ManifestFault::Kind::invalid_yaml) continue;
    move_by(fault.span, body.begin);
    move_by(fault.related, body.begin);
    out.faults.push_back(std::move(fault));
  }
}

/// How many spaces all lines begin with.
std::uint32_t indent_of(View body) noexcept {
  std::size_t least = body.size();
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    const View line = body.substr(at, end - at);
    if (!trimmed(line).empty()) least = std::min(least, line.find_first_not_of(' '));
    at = end + 1;
  }
  return least == body.size() ? 0 : static_cast<std::uint32_t>(least);
}

/// The text as Terraform writes it, with its places.
void take_text(const Source& file, const Heredoc& heredoc, Embedded& out) {
  const View body = file.text(heredoc.body);
  out.indent = heredoc.flush && body.find('\r') == View::npos ? indent_of(body) : 0;
  out.style = out.indent == 0 ? ScalarStyle::file : ScalarStyle::literal;
  std::string text;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('\n', at) + 1, body.size());
    const std::size_t begin = at + std::min<std::size_t>(out.indent, std::min(body.find_first_not_of(' ', at), end - 1) - at);
    out.map.push_back({static_cast<std::uint32_t>(text.size()),
                       {heredoc.body.begin + static_cast<std::uint32_t>(begin), heredoc.body.begin + static_cast<std::uint32_t>(end)},
                       true});
    text += body.substr(begin, end - begin);
    at = end;
  }
  out.source = Source(file.name(), std::move(text));
}

/// `format(` and the like in front of the text: what comes of it is not known.
std::optional<Span> changed_by(View text, const Heredoc& heredoc, Span key) noexcept {
  View between = trimmed(text.substr(key.end, heredoc.line.end - key.end));
  while (!between.empty() && !ascii::is_letter(between.front())) between.remove_prefix(1);
  if (between.empty() || between == "trimspace(" || between == "chomp(") return {};
  const auto begin = static_cast<std::uint32_t>(between.data() - text.data());
  return Span{begin, begin + static_cast<std::uint32_t>(between.size())};
}

void read_corefile(const Source& file, const Heredoc& heredoc, Span key, View block, std::uint32_t document, Manifest& out) {
  const View body = file.text(heredoc.body);
  Embedded found;
  take_text(file, heredoc, found);
  found.key = file.text(key) == "corefile" ? "Corefile" : file.text(key);
  found.key_span = key;
  found.name = setting(block, "name");
  found.name_space = setting(block, "namespace");
  found.role = role_of(found.name, found.name_space, found.key);
  // The name of EKS's setting for it.
  if (file.text(key) == "corefile" && body.find("kubernetes ") != View::npos) found.role = Role::cluster;
  found.object = found.name.empty() ? std::string(trimmed(block.substr(0, block.find_first_of("{\n"))))
                                    : "ConfigMap " + found.name_space + (found.name_space.empty() ? "" : "/") + found.name;
  found.document = document;
  std::optional<Span> word = replaced(body);
  if (word) *word = {heredoc.body.begin + word->begin, heredoc.body.begin + word->end};
  if (!word) word = changed_by(file.text(), heredoc, key);
  if (word) {
    found.templated = true;
    const Span at = *word;
    out.faults.push_back({ManifestFault::Kind::templated, at, {}, found.object, "Terraform", std::string(file.text(at))});
  }
  out.corefiles.push_back(std::move(found));
}

}  // namespace

bool is_terraform(View text) noexcept {
  bool comment = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const View line = trimmed(text.substr(at, end - at));
    at = end + 1;
    if (comment || line.starts_with("/*")) {
      comment = line.find("*/") == View::npos;
    } else if (!line.empty() && !line.starts_with('#') && !line.starts_with("//")) {
      return opens_block(line);
    }
  }
  return false;
}

void read_terraform(const Source& file, Span piece, std::uint32_t& document, Manifest& out) {
  const View text = file.text().substr(0, piece.end);
  Heredoc heredoc;
  unsigned open = 0;
  std::size_t block = piece.begin, from = piece.begin;
  for (std::size_t at = piece.begin; next_heredoc(text, at, open, heredoc);) {
    find_block(text, from, heredoc.line.end, block);
    from = at;
    const Span key = key_of(text, heredoc.line);
    const View name = text.substr(key.begin, key.size());
    if (name == "Corefile" || name == "corefile" || name.ends_with(".server") || name.ends_with(".override")) {
      const View around = text.substr(block, std::min<std::size_t>(heredoc.line.begin - block, most_block));
      read_corefile(file, heredoc, key, around, document++, out);
    } else if (is_yaml(text.substr(heredoc.body.begin, heredoc.body.size()))) {
      read_yaml(file, heredoc.body, document++, out);
    }
  }
}

}  // namespace corefile::manifest_detail
