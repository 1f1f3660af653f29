// SPDX-License-Identifier: Apache-2.0
#include "resolve/import.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace corefile::resolve_detail {
namespace {

std::string clean(std::string_view path) {
  if (path.empty()) return ".";
  const bool rooted = path.front() == '/';
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part != ".." || !rooted) {
      parts.push_back(part);
    }
  }
  std::string out = rooted ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out.push_back('/');
    out.append(parts[i]);
  }
  return out.empty() ? "." : out;
}

bool has_meta(std::string_view path) { return path.find_first_of("*?[\\") != std::string_view::npos; }

// One possibly escaped character of a class; false if there is none.
bool class_rune(std::string_view& chunk, char32_t& rune) {
  if (chunk.empty() || chunk.front() == '-' || chunk.front() == ']') return false;
  if (chunk.front() == '\\') {
    chunk.remove_prefix(1);
    if (chunk.empty()) return false;
  }
  const utf8::Rune decoded = utf8::decode(chunk);
  if (!decoded.valid) return false;
  rune = decoded.value;
  chunk.remove_prefix(decoded.size);
  return !chunk.empty();
}

// filepath.matchChunk. A chunk that has already failed is still read to its end, to find a bad pattern.
Match match_chunk(std::string_view chunk, std::string_view text, std::string_view& rest) {
  bool failed = false;
  while (!chunk.empty()) {
    failed = failed || text.empty();
    switch (chunk.front()) {
      case '[': {
        utf8::Rune rune;
        if (!failed) {
          rune = utf8::decode(text);
          text.remove_prefix(rune.size);
        }
        chunk.remove_prefix(1);
        const bool negated = chunk.starts_with('^');
        if (negated) chunk.remove_prefix(1);
        bool matched = false;
        for (int ranges = 0;; ++ranges) {
          if (chunk.starts_with(']') && ranges > 0) {
            chunk.remove_prefix(1);
            break;
          }
          char32_t low = 0;
          if (!class_rune(chunk, low)) return Match::bad_pattern;
          char32_t high = low;
          if (chunk.front() == '-') {
            chunk.remove_prefix(1);
            if (!class_rune(chunk, high)) return Match::bad_pattern;
          }
          matched = matched || (low <= rune.value && rune.value <= high);
        }
        failed = failed || matched == negated;
        break;
      }
      case '?':
        if (!failed) {
          failed = text.front() == '/';
          text.remove_prefix(utf8::decode(text).size);
        }
        chunk.remove_prefix(1);
        break;
      case '\\':
        chunk.remove_prefix(1);
        if (chunk.empty()) return Match::bad_pattern;
        [[fallthrough]];
      default:
        if (!failed) {
          failed = chunk.front() != text.front();
          text.remove_prefix(1);
        }
        chunk.remove_prefix(1);
    }
  }
  rest = text;
  return failed ? Match::no : Match::yes;
}

// filepath.scanChunk: leading stars, then everything up to the next star outside a class.
std::string_view take_chunk(std::string_view& pattern, bool& star) {
  star = false;
  while (pattern.starts_with('*')) {
    pattern.remove_prefix(1);
    star = true;
  }
  bool in_class = false;
  std::size_t i = 0;
  for (; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      if (i + 1 < pattern.size()) ++i;
    } else if (c == '[') {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    } else if (c == '*' && !in_class) {
      break;
    }
  }
  i = std::min(i, pattern.size());
  const std::string_view chunk = pattern.substr(0, i);
  pattern.remove_prefix(i);
  return chunk;
}

bool exists(const Files& files, const std::string& path) { return files.read(path).status != Files::Status::missing; }

}  // namespace

std::string join(std::string_view folder, std::string_view path) {
  if (folder.empty()) return clean(path);
  return clean(std::string(folder) + '/' + std::string(path));
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return clean(slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash + 1));
}

Match match(std::string_view pattern, std::string_view name) {
  while (!pattern.empty()) {
    bool star = false;
    const std::string_view chunk = take_chunk(pattern, star);
    if (star && chunk.empty()) return name.find('/') == std::string_view::npos ? Match::yes : Match::no;
    std::string_view rest;
    Match found = match_chunk(chunk, name, rest);
    if (found == Match::yes && (rest.empty() || !pattern.empty())) {
      name = rest;
      continue;
    }
    if (found == Match::bad_pattern) return found;
    bool again = false;
    if (star) {
      for (std::size_t i = 0; i < name.size() && name[i] != '/'; ++i) {
        found = match_chunk(chunk, name.substr(i + 1), rest);
        if (found == Match::bad_pattern) return found;
        if (found == Match::yes && !(pattern.empty() && !rest.empty())) {
          name = rest;
          again = true;
          break;
        }
      }
    }
    if (again) continue;
    return Match::no;
  }
  return name.empty() ? Match::yes : Match::no;
}

Glob glob(const Files& files, const std::string& pattern) {
  if (match(pattern, "") == Match::bad_pattern) return {true, {}};
  if (!has_meta(pattern)) {
    if (exists(files, pattern)) return {false, {pattern}};
    return {};
  }
  const std::size_t slash = pattern.rfind('/');
  const std::string name = pattern.substr(slash == std::string::npos ? 0 : slash + 1);
  std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : pattern.substr(0, slash);
  std::vector<std::string> folders{folder};
  if (has_meta(folder)) {
    // filepath.Glob stops where a folder's pattern is the whole pattern.
    if (folder == pattern) return {true, {}};
    Glob outer = glob(files, folder);
    if (outer.bad_pattern) return outer;
    folders = std::move(outer.paths);
  }
  Glob result;
  for (const std::string& in : folders) {
    for (const std::string& entry : files.list(in)) {
      const Match found = match(name, entry);
      if (found == Match::bad_pattern) return {true, {}};
      if (found == Match::yes) result.paths.push_back(join(in == "." && slash == std::string::npos ? "" : in, entry));
    }
  }
  return result;
}

}  // namespace corefile::resolve_detail
