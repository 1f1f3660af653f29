// SPDX-License-Identifier: Apache-2.0
#include "inputs.hpp"

#include <algorithm>
#include <array>
#include <corefile/manifest.hpp>
#include <filesystem>
#include <set>

#include "base/ascii.hpp"
#include "disk.hpp"
#include "ignored.hpp"
#include "once.hpp"
#include "system.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

std::string_view stem_of_path(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool manifest_name(std::string_view name) {
  constexpr std::array<std::string_view, 5> endings{".yaml", ".yml", ".json", ".tf", ".tofu"};
  return std::any_of(endings.begin(), endings.end(), [name](std::string_view ending) { return name.ends_with(ending); });
}

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
    std::error_code error;
    for (const std::string& glob : exclusions.globs) globs_.add(glob, fs::current_path(error));
  }

  void folder(const std::string& path, std::vector<Input>& found) {
    fs::path absolute = absolute_path(path);
    if (!absolute.has_filename()) absolute = absolute.parent_path();
    if (exclusions_.gitignore) ignored_ = inherited_patterns(absolute);
    fs::path shown = disk_path(path).lexically_normal();
    if (shown == ".") shown.clear();
    below(shown, absolute, found);
  }

  /// Whether a walk would take a file with this name.
  bool takes(const std::string& path) {
    std::error_code error;
    const fs::path file = fs::absolute(disk_path(path), error).lexically_normal();
    if (!wanted_name(path_name(file.filename()))) return false;
    ignored_ = exclusions_.gitignore ? inherited_patterns(file) : IgnorePatterns();
    if (below_hidden_folder(file)) return false;
    fs::path above;
    for (const fs::path& part : file.parent_path()) {
      above /= part;
      if (excluded(above, true)) return false;
    }
    return !excluded(file, false);
  }

 private:
  // A search of the current folder would not enter it. Where the current folder itself lies does not count.
  static bool below_hidden_folder(const fs::path& file) {
    std::error_code error;
    const fs::path inside = file.parent_path().lexically_relative(fs::current_path(error));
    if (inside.empty() || *inside.begin() == "..") return false;
    return std::any_of(inside.begin(), inside.end(), [](const fs::path& part) { return part != "." && path_name(part).starts_with('.'); });
  }

  bool excluded(const fs::path& absolute, bool is_folder) const {
    return globs_.ignored(absolute, is_folder) || ignored_.ignored(absolute, is_folder);
  }

  struct Found {
    std::string name;
    bool folder;
  };

  // What of a folder may be of interest: hidden folders (.git and the like) are left out, links to folders not followed.
  std::vector<Found> list(const fs::path& folder, bool& has_gitignore) {
    std::error_code error;
    std::vector<Found> entries;
    for (fs::directory_iterator at(folder.empty() ? "." : folder, error), end; !error && at != end; at.increment(error)) {
      std::string name = path_name(at->path().filename());
      has_gitignore = has_gitignore || name == ".gitignore";
      std::error_code unknown;
      const bool is_folder = at->is_directory(unknown) && !is_link(*at);
      if (is_folder ? !name.starts_with('.') : wanted_name(name) && at->is_regular_file(unknown))
        entries.push_back({std::move(name), is_folder});
    }
    if (error) {
      complain_unread(outcome_, path_name(folder), error.message());
    }
    std::sort(entries.begin(), entries.end(), [](const Found& a, const Found& b) { return a.name < b.name; });
    return entries;
  }

  // `folder` as it is shown, empty for the current one.
  void below(const fs::path& folder, const fs::path& absolute, std::vector<Input>& found) {
    const std::size_t patterns = ignored_.size();
    bool has_gitignore = false;
    const std::vector<Found> entries = list(folder, has_gitignore);
    if (exclusions_.gitignore && has_gitignore) ignored_.add_file(absolute / ".gitignore", absolute);
    const bool asks = !globs_.empty() || !ignored_.empty();
    for (const Found& entry : entries) {
      if (asks && excluded(absolute / disk_path(entry.name), entry.folder)) continue;
      if (entry.folder) {
        below(folder / disk_path(entry.name), absolute / disk_path(entry.name), found);
      } else {
        found.push_back({path_name(folder / disk_path(entry.name)), true});
      }
    }
    ignored_.truncate(patterns);
  }

  const Exclusions& exclusions_;
  Outcome& outcome_;
  IgnorePatterns globs_, ignored_;
};

}  // namespace

// What a template engine is still to read is looked at where it is named.
bool wanted_name(std::string_view name) {
  name = stem_of_path(name);
  return corefile_name(name) || name == "coredns.conf" || name.ends_with(".server") || name.ends_with(".override") || manifest_name(name);
}

bool surely_without(std::string_view name, std::string_view text) {
  if (!manifest_name(name)) return false;
  const auto holds = [text](std::string_view word) { return ascii::contains_letters(text, word); };
  if (holds("corefile") || holds(".server") || holds(".override")) return false;
  // Values of the chart coredns/coredns, and the cluster's networks.
  const auto stands = [text](std::string_view word) { return text.find(word) != std::string_view::npos; };
  if ((stands("plugins:") && stands("servers:")) || stands("clusterCIDR:") || stands("serviceSubnet:")) return false;
  // Its pods, its Service, and what tells a kubelet where DNS is; `dnsPolicy` stands in all pods.
  constexpr std::array<std::string_view, 6> words{"coredns", "kube-dns", "local-dns", "nodelocaldns", "clusterdns", "dnsdomain"};
  return !holds("dns") || std::none_of(words.begin(), words.end(), holds);
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
    if (!standard && fs::is_directory(disk_path(path), error)) {
      const std::size_t before = found.size();
      const int exit = outcome.exit;
      walk.folder(path, found);
      if (found.size() == before && outcome.exit == exit)
        complain(outcome, path + ": holds nothing that looks like a Corefile or a manifest");
    } else if (!exclusions.named_too) {
      found.push_back({path, false, standard});
    } else if (const bool taken = walk.takes(standard ? stdin_filename : path); taken || standard) {
      found.push_back({path, true, standard, !taken});
    }
  }
  if (paths.size() < 2) return found;
  std::set<std::string> seen;
  std::erase_if(found, [&](const Input& input) { return !seen.insert(input.standard ? input.path : identity(input.path)).second; });
  return found;
}

}  // namespace corefile::app
