// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/ascii.hpp"
#include "settings.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

std::string range() { return to_string(known_releases().front()) + " to " + to_string(known_releases().back()); }

// `1.11.3`, `v1.11` or `v1.31.4`: nobody's own build.
bool is_plain(std::string_view text) { return text.find_first_not_of("0123456789.", text.starts_with('v') ? 1 : 0) == text.npos; }

Release coredns_release(const std::string& text, std::vector<std::string>& remarks) {
  const std::string option = "--coredns: `" + text + '`';
  const auto release = release_of_image(text);
  if (!release) throw UsageError(option + " is not a release such as " + to_string(newest_release()) + "; known are " + range());
  const auto known = known_releases();
  if (*release > known.back()) {
    remarks.push_back("CoreDNS " + to_string(*release) + " is newer than any known here; checking as for " + to_string(known.back()));
    return known.back();
  }
  if (*release < known.front()) throw UsageError(option + " is older than any release known here: " + range());
  if (std::find(known.begin(), known.end(), *release) == known.end()) {
    std::string near;
    for (const Release& r : known) {
      if (r.major == release->major && r.minor == release->minor) near += (near.empty() ? "" : ", ") + to_string(r);
    }
    throw UsageError(option + " is not a release known here; known are " + (near.empty() ? range() : near));
  }
  if (!is_plain(text) || std::count(text.begin(), text.end(), '.') > 2) {
    remarks.push_back(option + " is taken for CoreDNS " + to_string(*release));
  }
  return *release;
}

int minor_of(std::string_view version) {
  const std::size_t dot = version.find('.');
  int minor = 0;
  for (const char c : version.substr(dot + 1)) {
    if (!ascii::is_digit(c) || minor > 9999) break;
    minor = minor * 10 + (c - '0');
  }
  return minor;
}

Release kubernetes_coredns(const std::string& text, std::vector<std::string>& remarks) {
  const std::string option = "--kubernetes: `" + text + '`';
  const std::string version(kubernetes_minor(text));
  const auto known = known_kubernetes();
  if (version.empty()) {
    throw UsageError(option + " is not a release such as " + std::string(known.back()));
  }
  if (minor_of(version) > minor_of(known.back())) {
    const Release newest = *kubernetes_release(known.back());
    remarks.push_back("Kubernetes " + version + " is newer than any known here; checking as for " + std::string(known.back()) +
                      " with CoreDNS " + to_string(newest));
    return newest;
  }
  const auto release = kubernetes_release(text);
  if (!release) {
    throw UsageError(option + " is not a release known here: " + std::string(known.front()) + " to " + std::string(known.back()));
  }
  if (*release < known_releases().front()) {
    throw UsageError(option + " came with CoreDNS " + to_string(*release) + ", which is older than any release known here: " + range());
  }
  if (!is_plain(text)) {
    remarks.push_back(option + " is taken for Kubernetes " + version + ", with which kubeadm installs CoreDNS " + to_string(*release));
  }
  return *release;
}

}  // namespace

void read_release(const std::string& coredns, const std::string& kubernetes, Settings& settings) {
  if (coredns.empty() && kubernetes.empty()) return;
  std::optional<Release> wanted;
  if (!coredns.empty()) wanted = coredns_release(coredns, settings.remarks);
  if (!kubernetes.empty()) {
    const Release installed = kubernetes_coredns(kubernetes, settings.remarks);
    if (wanted && *wanted != installed) {
      throw UsageError("--coredns " + coredns + " and --kubernetes " + kubernetes + " disagree: kubeadm installs CoreDNS " +
                       to_string(installed) + " with that; give one of them");
    }
    wanted = installed;
  }
  settings.options.release = *wanted;
  settings.options.release_assumed = false;
}

Release release_asked(const std::string& coredns, const std::string& kubernetes, Outcome& outcome) {
  Settings settings;
  read_release(coredns, kubernetes, settings);
  for (const std::string& remark : settings.remarks) complain(outcome, remark);
  return settings.options.release;
}

void read_platform(const std::string& text, Settings& settings) {
  if (text.empty()) return;
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string name = text.substr(0, colon);
  const Platform* platform = find_platform(name);
  if (platform == nullptr) {
    std::vector<std::string_view> known;
    for (const Platform& one : known_platforms()) {
      if (!one.name.empty()) known.push_back(one.name);
    }
    throw UsageError("--platform: `" + name + "` is not one of " + list(known));
  }
  Options& options = settings.options;
  options.platform = platform;
  if (platform->name == "node-local") options.role = Role::node_local;
  if (colon == text.size()) return;
  const std::string version = text.substr(colon + 1);
  const auto found = coredns_of(*platform, version);
  const auto known = known_releases();
  if (!found || std::find(known.begin(), known.end(), found->release) == known.end()) {
    settings.remarks.push_back("--platform: it is not known which CoreDNS comes with `" + text + "`; checking as for " +
                               to_string(options.release));
    return;
  }
  if (!options.release_assumed) {
    if (options.release == found->release) return;
    throw UsageError("--platform " + text + " brings CoreDNS " + to_string(found->release) +
                     ", and another one is asked for; give one of them");
  }
  if (!found->exact) {
    settings.remarks.push_back("--platform: `" + text + "` is taken for CoreDNS " + to_string(found->release) +
                               ", which kubeadm installs with that Kubernetes; `--coredns` names another");
  }
  options.release = found->release;
  options.release_assumed = false;
}

}  // namespace corefile::app
