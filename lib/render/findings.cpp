// SPDX-License-Identifier: Apache-2.0
#include "render/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "render/text.hpp"

namespace corefile::render {

bool absolute(std::string_view path, const RenderOptions& options) {
  return path.starts_with('/') || (options.drives && path.size() > 2 && ascii::is_letter(path[0]) && path[1] == ':' && path[2] == '/');
}

namespace {

/// Without empty parts, `.`, and `..` behind a folder's name.
std::string tidied(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::string_view rest = path; !rest.empty();) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  std::string out(path.substr(0, std::min(path.find_first_not_of('/'), path.size())));
  for (const std::string_view part : parts) (out += part) += '/';
  if (!parts.empty() && !path.ends_with('/')) out.pop_back();
  return out.empty() ? std::string(path) : out;
}

}  // namespace

std::string path_of(std::string_view name, const RenderOptions& options) {
  const std::string tidy = tidied(absolute(name, options) ? std::string(name) : options.prefix + std::string(name));
  const std::string below = options.base + '/';
  return options.base.empty() || !tidy.starts_with(below) || tidy == below ? tidy : tidy.substr(below.size());
}

NameOf names_below(const RenderOptions& options) {
  return [&options](const std::string& name) { return path_of(name, options); };
}

std::string path_of(const Analysis& analysis, const Place& place, const RenderOptions& options) {
  return path_of(analysis.sources[place.document].name(), options);
}

std::string uri(std::string_view path, const RenderOptions& options) {
  static constexpr std::string_view as_is = "-._~/";
  std::string out;
  if (absolute(path, options)) {
    // `file:///C:/work`, and `file://server/share` for `//server/share`.
    const bool drive = !path.starts_with('/');
    out = drive ? "file:///" : options.drives && path.starts_with("//") ? "file:" : "file://";
    const std::size_t plain = drive ? 2 : 0;
    out += path.substr(0, plain);
    path.remove_prefix(plain);
  }
  for (const char c : path) {
    if (ascii::is_letter(c) || ascii::is_digit(c) || as_is.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

std::string xml(std::string_view text) {
  std::string out;
  const std::string safe = visible(text);
  for (std::string_view rest = safe; !rest.empty();) {
    const utf8::Rune rune = utf8::decode(rest);
    const std::string_view bytes = rest.substr(0, rune.size);
    rest.remove_prefix(rune.size);
    switch (rune.value) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        // XML 1.0, 2.2: controls are visible by now.
        if (rune.value != 0xFFFE && rune.value != 0xFFFF) out += bytes;
    }
  }
  return out;
}

std::string story(const Diagnostic& finding) {
  std::string out = finding.message;
  for (const std::string& note : finding.notes) out += "\n" + note;
  if (!finding.help.empty()) out += "\n" + finding.help;
  return out;
}

std::string without_commands(std::string text) {
  for (std::size_t at = text.find("##["); at != std::string::npos; at = text.find("##[", at)) text.insert(at + 2, "\xE2\x80\x8B");
  return text;
}

}  // namespace corefile::render
