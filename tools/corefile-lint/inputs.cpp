// SPDX-License-Identifier: Apache-2.0
#include "inputs.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "base/ascii.hpp"
#include "ignored.hpp"
#include "once.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

std::string_view stem_of_path(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool manifest_name(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json"); }

// Templates, sources and copies, of which the names may begin like a Corefile's.
constexpr std::array<std::string_view, 22> other_endings{"j2", "jinja", "jinja2", "tmpl", "tpl",  "gotmpl", "erb", "mustache",
                                                         "c",  "cc",    "cpp",    "h",    "hpp",  "go",     "py",  "rs",
                                                         "sh", "md",    "rst",    "bak",  "orig", "rej"};

bool corefile_name(std::string_view name) {
  constexpr std::string_view word = "orefile";
  const auto corefile_at = [&](std::size_t at) { return (name[at] == 'C' || name[at] == 'c') && name.substr(at + 1, word.size()) == word; };
  const auto separates = [](char c) { return c == '.' || c == '-' || c == '_'; };
  const std::size_t size = word.size() + 1;
  if (name.size() < size) return false;
  if (corefile_at(0) && (name.size() == size || separates(name[size]))) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || std::none_of(other_endings.begin(), other_endings.end(), [&](std::string_view ending) {
             return ascii::same_letters(name.substr(dot + 1), ending);
           });
  }
  return name.size() > size && corefile_at(name.size() - size) && separates(name[name.size() - size - 1]);
}

class Walk {
 public:
  Walk(const Exclusions& exclusions, Outcome& outcome) : exclusions_(exclusions), outcome_(outcome) {
    for (const std::string& glob : exclusions.globs) globs_.add(glob, fs::current_path());
  }

  void folder(const std::string& path, std::vector<Input>& found) {
    fs::path absolute = fs::absolute(path).lexically_normal();
    if (!absolute.has_filename()) absolute = absolute.parent_path();
    if (exclusions_.gitignore) ignored_ = inherited_patterns(absolute);
    below(path, absolute, found);
  }

  /// Whether a walk would take a file with this name.
  bool takes(const std::string& path) {
    const fs::path file = fs::absolute(path).lexically_normal();
    if (!wanted_name(file.filename().native())) return false;
    ignored_ = exclusions_.gitignore ? inherited_patterns(file) : IgnorePatterns();
    fs::path above;
    for (const fs::path& part : file.parent_path()) {
      above /= part;
      if (excluded(above, true)) return false;
    }
    return !excluded(file, false);
  }

 private:
  bool excluded(const fs::path& absolute, bool is_folder) const {
    return globs_.ignored(absolute, is_folder) || ignored_.ignored(absolute, is_folder);
  }

  // Hidden folders (.git and the like) are left out, links to folders not followed.
  void below(const fs::path& folder, const fs::path& absolute, std::vector<Input>& found) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) entries.push_back(*at);
    if (error) {
      complain_unread(outcome_, folder.string(), error.message());
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.path().native() < b.path().native(); });
    const std::size_t patterns = ignored_.size();
    const auto is_gitignore = [](const fs::directory_entry& entry) { return entry.path().filename() == ".gitignore"; };
    if (exclusions_.gitignore && std::any_of(entries.begin(), entries.end(), is_gitignore))
      ignored_.add_file(folder / ".gitignore", absolute);
    for (const fs::directory_entry& entry : entries) {
      const std::string name = entry.path().filename().string();
      if (entry.is_directory(error) && !entry.is_symlink(error)) {
        if (!name.starts_with('.') && !excluded(absolute / name, true)) below(entry.path(), absolute / name, found);
      } else if (wanted_name(name) && !excluded(absolute / name, false) && entry.is_regular_file(error)) {
        found.push_back({entry.path().lexically_normal().string(), true});
      }
    }
    ignored_.truncate(patterns);
  }

  const Exclusions& exclusions_;
  Outcome& outcome_;
  IgnorePatterns globs_, ignored_;
};

}  // namespace

bool wanted_name(std::string_view name) {
  name = stem_of_path(name);
  return corefile_name(name) || name.ends_with(".server") || name.ends_with(".override") || manifest_name(name);
}

bool surely_without(std::string_view name, std::string_view text) {
  if (!manifest_name(name)) return false;
  const auto holds = [text](std::string_view word) { return ascii::contains_letters(text, word); };
  return !holds("corefile") && !holds("coredns") && !holds(".server") && !holds(".override");
}

std::optional<Role> role_by_name(std::string_view name) {
  name = stem_of_path(name);
  if (name.ends_with(".server")) return Role::custom_server;
  if (name.ends_with(".override")) return Role::custom_override;
  return {};
}

std::vector<Input> find_inputs(const std::vector<std::string>& paths, const Exclusions& exclusions, const std::string& stdin_filename,
                               Outcome& outcome) {
  std::vector<Input> found;
  Walk walk(exclusions, outcome);
  for (const std::string& path : paths) {
    std::error_code error;
    const bool standard = path == "-";
    if (!standard && fs::is_directory(path, error)) {
      const std::size_t before = found.size();
      const int exit = outcome.exit;
      walk.folder(path, found);
      if (found.size() == before && outcome.exit == exit)
        complain(outcome, path + ": holds nothing that looks like a Corefile or a manifest");
    } else if (!exclusions.named_too) {
      found.push_back({path, false, standard});
    } else if (walk.takes(standard ? stdin_filename : path)) {
      found.push_back({path, true, standard});
    }
  }
  std::set<std::string> seen;
  std::erase_if(found, [&](const Input& input) { return !seen.insert(input.standard ? input.path : identity(input.path)).second; });
  return found;
}

}  // namespace corefile::app
