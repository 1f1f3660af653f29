// SPDX-License-Identifier: Apache-2.0
#include "inputs.hpp"

#include <algorithm>
#include <array>
#include <corefile/manifest.hpp>
#include <filesystem>
#include <set>

#include "base/ascii.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

std::string_view stem_of_path(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool manifest_name(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json"); }

// Hidden folders (.git and the like) are left out, links to folders not followed.
void walk(const fs::path& folder, std::vector<Input>& found, Outcome& outcome) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) entries.push_back(*at);
  if (error) {
    complain(outcome, folder.string() + ": " + error.message());
    outcome.exit = trouble;
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.path().native() < b.path().native(); });
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory(error) && !entry.is_symlink(error)) {
      if (!name.starts_with('.')) walk(entry.path(), found, outcome);
    } else if (wanted_name(name) && entry.is_regular_file(error)) {
      found.push_back({entry.path().lexically_normal().string(), true});
    }
  }
}

}  // namespace

// What a template engine is still to read is looked at where it is named.
bool wanted_name(std::string_view name) {
  if (manifest_name(name)) return true;
  return (name == "Corefile" || name == "corefile" || name == "coredns.conf" || name.ends_with(".Corefile") ||
          name.starts_with("Corefile.") || name.ends_with(".corefile") || name.ends_with(".server") || name.ends_with(".override")) &&
         !is_template_name(name);
}

bool surely_without(std::string_view name, std::string_view text) {
  if (!manifest_name(name)) return false;
  const auto holds = [text](std::string_view word) { return ascii::contains_letters(text, word); };
  if (holds("corefile") || holds(".server") || holds(".override")) return false;
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

std::vector<Input> find_inputs(const std::vector<std::string>& paths, Outcome& outcome) {
  std::vector<Input> found;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-") {
      found.push_back({path, false, true});
    } else if (fs::is_directory(path, error)) {
      const std::size_t before = found.size();
      const int exit = outcome.exit;
      walk(path, found, outcome);
      if (found.size() == before && outcome.exit == exit)
        complain(outcome, path + ": holds nothing that looks like a Corefile or a manifest");
    } else {
      found.push_back({path});
    }
  }
  std::set<std::string> seen;
  std::erase_if(found, [&](const Input& input) { return !seen.insert(fs::path(input.path).lexically_normal().string()).second; });
  return found;
}

}  // namespace corefile::app
