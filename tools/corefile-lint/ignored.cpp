// SPDX-License-Identifier: Apache-2.0
#include "ignored.hpp"

#include <algorithm>
#include <span>
#include <system_error>

#include "app.hpp"
#include "disk.hpp"
#include "glob.hpp"
#include "system.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

// A blank at the end counts only behind a backslash.
std::string_view without_trailing_blanks(std::string_view line) {
  while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
  return line;
}

std::vector<std::string> split_path(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    if (slash > 0) parts.emplace_back(text.substr(0, slash));
    text.remove_prefix(std::min(slash + 1, text.size()));
  }
  return parts;
}

// One pass with the place to go back to: a `**` takes one segment more each time the rest does not match.
bool matches(std::span<const std::string> pattern, std::span<const std::string> path) {
  std::size_t p = 0;
  std::size_t at = 0;
  std::size_t star = pattern.size();
  std::size_t star_at = 0;
  while (at < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      // At the end it stands for everything inside, not for the folder itself.
      if (p + 1 == pattern.size()) return true;
      star = p++;
      star_at = at;
    } else if (p < pattern.size() && matches_name(pattern[p], path[at])) {
      ++p;
      ++at;
    } else if (star < pattern.size()) {
      p = star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
  return p == pattern.size();
}

}  // namespace

void IgnorePatterns::add(std::string_view lines, const fs::path& folder) {
  if (lines.starts_with("\xEF\xBB\xBF")) lines.remove_prefix(3);
  std::string base = path_name(folder);
  if (!base.ends_with('/')) base += '/';
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = without_trailing_blanks(line);
    if (line.empty() || line.front() == '#') continue;
    Pattern pattern{base, {}, line.front() == '!', false};
    if (pattern.negative) line.remove_prefix(1);
    pattern.folders_only = line.ends_with('/');
    if (pattern.folders_only) line.remove_suffix(1);
    const bool anchored = line.find('/') != std::string_view::npos;
    pattern.segments = split_path(line);
    if (pattern.segments.empty() || line.find("//") != std::string_view::npos) continue;  // git matches nothing with these
    if (!anchored) pattern.segments.insert(pattern.segments.begin(), "**");
    patterns_.push_back(std::move(pattern));
  }
}

bool IgnorePatterns::ignored(const fs::path& path, bool is_folder) const {
  if (patterns_.empty()) return false;
  const std::string text = path_name(path);
  std::string_view base;
  std::vector<std::string> segments;
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (!text.starts_with(pattern->folder) || (pattern->folders_only && !is_folder)) continue;
    if (base != pattern->folder) {
      base = pattern->folder;
      segments = split_path(std::string_view(text).substr(base.size()));
    }
    if (matches(pattern->segments, segments)) return !pattern->negative;
  }
  return false;
}

void IgnorePatterns::add_file(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return;
  try {
    add(read_file(path_name(file)), folder);
  } catch (const Trouble&) {  // git goes on as well
  }
}

IgnorePatterns inherited_patterns(const fs::path& path) {
  IgnorePatterns patterns;
  std::error_code error;
  std::vector<fs::path> way{path};
  while (!fs::exists(way.back() / ".git", error)) {
    if (!way.back().has_relative_path()) return patterns;
    way.push_back(way.back().parent_path());
  }
  patterns.add_file(way.back() / ".git" / "info" / "exclude", way.back());
  for (auto folder = way.rbegin(); folder + 1 != way.rend(); ++folder) patterns.add_file(*folder / ".gitignore", *folder);
  return patterns;
}

}  // namespace corefile::app
