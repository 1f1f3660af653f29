// SPDX-License-Identifier: Apache-2.0
#include "unified_diff.hpp"

#include <algorithm>
#include <corefile/visible.hpp>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/ink.hpp"
#include "system.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string_view>;

constexpr std::size_t context = 3;
// Above it the common lines in the middle of a change are not looked for.
constexpr std::size_t max_table = 4'000'000;

// With their line ends.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// One step through both texts: a line they share, one that goes or one that comes.
struct Step {
  char sign;
  std::string_view line;
};

void steps_between(const Lines& a, const Lines& b, std::vector<Step>& steps) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint32_t> common;  // the longest common subsequence of what is left
  if ((a.size() + 1) * width <= max_table) {
    common.assign((a.size() + 1) * width, 0);
    for (std::size_t i = a.size(); i-- > 0;) {
      for (std::size_t k = b.size(); k-- > 0;) {
        common[i * width + k] =
            a[i] == b[k] ? common[(i + 1) * width + k + 1] + 1 : std::max(common[(i + 1) * width + k], common[i * width + k + 1]);
      }
    }
  }
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < a.size() || k < b.size()) {
    if (!common.empty() && i < a.size() && k < b.size() && a[i] == b[k]) {
      steps.push_back({' ', a[i]});
      ++i;
      ++k;
    } else if (i < a.size() && (k == b.size() || common.empty() || common[(i + 1) * width + k] >= common[i * width + k + 1])) {
      steps.push_back({'-', a[i++]});
    } else {
      steps.push_back({'+', b[k++]});
    }
  }
}

std::vector<Step> all_steps(const Lines& a, const Lines& b) {
  const auto [a_first, b_first] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto a_last = a.end();
  auto b_last = b.end();
  while (a_last != a_first && b_last != b_first && *(a_last - 1) == *(b_last - 1)) {
    --a_last;
    --b_last;
  }
  std::vector<Step> steps;
  for (auto line = a.begin(); line != a_first; ++line) steps.push_back({' ', *line});
  steps_between(Lines(a_first, a_last), Lines(b_first, b_last), steps);
  for (auto line = a_last; line != a.end(); ++line) steps.push_back({' ', *line});
  return steps;
}

std::string range(std::size_t first, std::size_t count) {
  std::string out = std::to_string(count == 0 ? first : first + 1);
  if (count != 1) out += ',' + std::to_string(count);
  return out;
}

/// As `git apply` and `patch -p1` find the file from the current folder. Neither writes through a symbolic link.
std::string patch_path(const std::string& path) {
  std::error_code error;
  const fs::path here = real_path(".", error);
  const fs::path target = real_path(disk_path(path), error);
  if (error) return path_name(disk_path(path).lexically_normal().relative_path());
  const fs::path inside = target.lexically_relative(here);
  return path_name(!inside.empty() && *inside.begin() != ".." ? inside : target.relative_path());
}

/// In quotes, as git writes names that a line cannot hold; patch also loses a blank at the end. A tab ends a name with blanks.
std::string header(std::string_view sign, const std::string& name) {
  constexpr std::string_view letters = "abtnvfr";  // from 7 on
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7F; };
  std::string out(sign);
  if (std::none_of(name.begin(), name.end(), is_odd) && !name.ends_with(' '))
    return out + name + (name.find(' ') == std::string::npos ? "\n" : "\t\n");
  out += '"';
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (!is_odd(c)) {
      out += c;
    } else if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (byte >= 7 && byte < 7 + letters.size()) {
      (out += '\\') += letters[byte - 7U];
    } else {
      out += '\\';
      for (const unsigned shift : {6U, 3U, 0U}) out += "01234567"[(byte >> shift) & 7U];
    }
  }
  return out + "\"\n";
}

}  // namespace

std::string unified_diff(const std::string& path, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Step> steps = all_steps(lines_of(before), lines_of(after));
  const std::string name = patch_path(path);
  std::string out = header("--- ", "a/" + name) + header("+++ ", "b/" + name);
  const auto changed = [](const Step& step) { return step.sign != ' '; };
  std::size_t old_line = 0;
  std::size_t new_line = 0;
  for (auto at = steps.begin(); at != steps.end();) {
    const auto change = std::find_if(at, steps.end(), changed);
    if (change == steps.end()) break;
    const auto first = change - std::min<std::ptrdiff_t>(change - at, context);
    // On to a stretch of shared lines that is too long to bridge.
    auto last = change;
    for (auto next = change; next != steps.end() && static_cast<std::size_t>(next - last) <= 2 * context;) {
      last = std::find_if_not(next, steps.end(), changed);
      next = std::find_if(last, steps.end(), changed);
    }
    last += std::min<std::ptrdiff_t>(steps.end() - last, context);
    old_line += static_cast<std::size_t>(first - at);
    new_line += static_cast<std::size_t>(first - at);
    const auto olds = static_cast<std::size_t>(std::count_if(first, last, [](const Step& s) { return s.sign != '+'; }));
    const auto news = static_cast<std::size_t>(std::count_if(first, last, [](const Step& s) { return s.sign != '-'; }));
    out += "@@ -" + range(old_line, olds) + " +" + range(new_line, news) + " @@\n";
    for (auto step = first; step != last; ++step) {
      (out += step->sign).append(step->line);
      if (!step->line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
    }
    old_line += olds;
    new_line += news;
    at = last;
  }
  return out;
}

std::string diff_for_people(std::string_view diff, bool colour) {
  using ink::Ink;
  const ink::Paint paint(colour);
  std::string out;
  for (const std::string_view whole : lines_of(diff)) {
    std::string_view line = whole;
    if (line.ends_with('\n')) line.remove_suffix(1);
    Ink kind = Ink::plain;
    if (line.starts_with("--- ") || line.starts_with("+++ ")) {
      kind = Ink::strong;
    } else if (line.starts_with("@@")) {
      kind = Ink::frame;
    } else if (line.starts_with('-')) {
      kind = Ink::removed;
    } else if (line.starts_with('+')) {
      kind = Ink::added;
    }
    std::string shown;
    for (std::string_view rest = line; !rest.empty();) {
      const std::size_t tab = std::min(rest.find('\t'), rest.size());
      shown += visible(rest.substr(0, tab));
      if (tab < rest.size()) shown += '\t';
      rest.remove_prefix(std::min(tab + 1, rest.size()));
    }
    paint.put(out, kind, shown);
    out += '\n';
  }
  return out;
}

}  // namespace corefile::app
