// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <utility>

namespace pages {
namespace {

std::size_t backquotes(std::string_view line) { return std::min(line.find_first_not_of('`'), line.size()); }

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::optional<corefile::Role> role_of(std::string_view name) {
  using corefile::Role;
  constexpr std::array<std::pair<std::string_view, Role>, 6> roles{{{"standalone", Role::standalone},
                                                                    {"cluster", Role::cluster},
                                                                    {"configmap", Role::other_configmap},
                                                                    {"node-local", Role::node_local},
                                                                    {"server", Role::custom_server},
                                                                    {"override", Role::custom_override}}};
  for (const auto& [known, role] : roles) {
    if (known == name) return role;
  }
  return {};
}

/// One `key=value` of a fence line; false if it is not known.
bool set_option(corefile::Options& options, std::string_view word) {
  const auto value = [word](std::string_view key) -> std::optional<std::string_view> {
    if (!word.starts_with(key)) return {};
    return word.substr(key.size());
  };
  if (const auto release = value("coredns=")) {
    const auto parsed = corefile::parse_release(*release);
    if (!parsed) return false;
    options.release = *parsed;
    options.release_assumed = false;
  } else if (const auto role = value("role=")) {
    options.role = role_of(*role);
    return options.role.has_value();
  } else if (const auto domain = value("cluster-domain=")) {
    options.cluster_domain = *domain;
  } else if (const auto words = value("words=")) {
    std::uint32_t limit = 0;
    const auto [end, error] = std::from_chars(words->data(), words->data() + words->size(), limit);
    if (error != std::errc{} || end != words->data() + words->size()) return false;
    options.limits.expanded_words = limit;
  } else if (const auto assignment = value("env=")) {
    const std::size_t equals = assignment->find('=');
    if (equals == std::string_view::npos) return false;
    options.environment.values.emplace(assignment->substr(0, equals), assignment->substr(equals + 1));
  } else {
    return false;
  }
  return true;
}

/// What earlier fences of the section give to an example.
struct Surroundings {
  std::map<std::string, std::string> files;
  std::optional<std::string> resolv_conf;
};

Example read_example(const Fence& fence, const Surroundings& around, std::vector<std::string>& faults) {
  Example example;
  example.bad = fence.is("bad");
  example.manifest = fence.language == "yaml";
  example.fence = &fence;
  example.files = around.files;
  example.options.kind = example.manifest ? corefile::InputKind::manifest : corefile::InputKind::corefile;
  example.options.resolv_conf = around.resolv_conf;
  if (around.resolv_conf) example.options.resolv_conf_name = "resolv.conf";
  for (const std::string& word : fence.words) {
    if (word == "bad" || word == "good") continue;
    if (!set_option(example.options, word)) faults.push_back(std::to_string(fence.line) + ": the fence word `" + word + "` is not known");
  }
  return example;
}

}  // namespace

bool Fence::is(std::string_view word) const { return std::find(words.begin(), words.end(), word) != words.end(); }

Markdown read_markdown(std::string_view text) {
  Markdown page;
  std::istringstream in{std::string(text)};
  std::optional<Fence> open;
  std::size_t open_marks = 0;
  std::size_t number = 0;
  bool after_title = false;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::size_t marks = backquotes(line);
    if (open) {
      if (marks >= open_marks && line.size() == marks) {
        open->last = number;
        page.fences.push_back(std::move(*open));
        open.reset();
      } else {
        open->text += line + '\n';
      }
    } else if (marks >= 3) {
      std::vector<std::string> words = words_of(std::string_view(line).substr(marks));
      open = Fence{number, number, words.empty() ? "" : words.front(), {}, {}, page.headings.empty() ? "" : page.headings.back().text};
      if (!words.empty()) open->words.assign(words.begin() + 1, words.end());
      open_marks = marks;
    } else if (line.starts_with('#')) {
      after_title = page.headings.empty();
      page.headings.push_back({number, line});
    } else if (after_title && !line.empty()) {
      page.summary += (page.summary.empty() ? "" : "\n") + line;
    } else if (after_title && !page.summary.empty()) {
      after_title = false;
    }
  }
  return page;
}

Examples read_examples(const Markdown& page) {
  Examples result;
  Surroundings around;
  std::string section;
  for (const Fence& fence : page.fences) {
    if (fence.section != section) around = {};
    section = fence.section;
    const auto fault = [&](const std::string& what) { result.faults.push_back(std::to_string(fence.line) + ": " + what); };
    Example* last = result.examples.empty() ? nullptr : &result.examples.back();
    const auto file = std::find_if(fence.words.begin(), fence.words.end(), [](const std::string& w) { return w.starts_with("file="); });
    if (file != fence.words.end()) {
      around.files[file->substr(5)] = fence.text;
    } else if (fence.language == "resolv-conf") {
      around.resolv_conf = fence.text;
    } else if (fence.language == "console") {
      if (last == nullptr || !last->bad || last->console != nullptr || last->fixed != nullptr) {
        fault("a `console` fence without a `bad` one before it");
      } else {
        last->console = &fence;
      }
    } else if (fence.is("fixed")) {
      if (last == nullptr || !last->bad || last->fixed != nullptr) {
        fault("a `fixed` fence without a `bad` one before it");
      } else {
        last->fixed = &fence;
      }
    } else if (fence.language == "asks") {
      if (last == nullptr || last->asks != nullptr || last->fence->section != fence.section) {
        fault("an `asks` fence without a `bad` or `good` one before it");
      } else {
        last->asks = &fence;
      }
    } else if (fence.is("bad") || fence.is("good")) {
      result.examples.push_back(read_example(fence, around, result.faults));
    } else if (fence.language == "corefile") {
      fault("say `bad`, `good`, `fixed` or `file=NAME` behind `corefile`");
    }
  }
  return result;
}

}  // namespace pages
