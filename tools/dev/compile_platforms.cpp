// SPDX-License-Identifier: Apache-2.0
// compile_platforms TABLES.inc PLATFORM.yaml…: the tables behind platform.hpp, as rules/platforms/README.md tells.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <corefile/release.hpp>
#include <cstdio>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact_release.hpp"
#include "literal.hpp"

namespace {

class Reader {
 public:
  Reader(std::string path, const YAML::Node& root) : path_(std::move(path)), root_(root) {
    static const std::set<std::string> known{"platform", "doc",     "versions", "releases", "images", "marks", "owner",     "instead",
                                             "custom",   "plugins", "extra",    "base",     "adds",   "token", "configmap", "later"};
    for (const auto& field : root_) {
      if (known.count(field.first.as<std::string>()) == 0) fail(field.first, "is not a key of a platform; see README.md beside it");
    }
    if (!root_["platform"] && !root_["owner"]) fail(root_, "has neither `platform` nor `owner`");
    if (root_["platform"] && !root_["doc"]) fail(root_, "has no `doc`");
  }

  bool is_platform() const { return static_cast<bool>(root_["platform"]); }

  std::string tables(const std::string& name) const {
    return list(name + "_images", root_["images"]) + list(name + "_plugins", root_["plugins"]) + list(name + "_extra", root_["extra"]) +
           list(name + "_adds", root_["adds"]) + marks(name) + later(name) + releases(name);
  }

  std::string row(const std::string& name) const {
    return fmt::format("    {{{}, {}, Versions::{}, Custom::{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}},\n", text("platform"),
                       text("doc"), choice("versions", {"kubernetes", "kubeadm", "coredns", "own"}),
                       choice("custom", {"unknown", "yes", "no"}), text("owner"), text("instead"), text("base"), text("configmap"),
                       choice("token", {"own", "added"}) == "added", view(name, "images"), view(name, "marks"), view(name, "plugins"),
                       view(name, "extra"), view(name, "adds"), view(name, "later"), view(name, "releases"));
  }

 private:
  [[noreturn]] void fail(const YAML::Node& at, const std::string& why) const {
    const std::string what = at.IsScalar() ? "`" + at.as<std::string>() + "` " : std::string();
    throw Trouble(fmt::format("{}:{}: {}{}", path_, at.Mark().line + 1, what, why));
  }
  std::string text(const char* key) const { return root_[key] ? literal(root_[key].as<std::string>(), "\\n") : std::string("{}"); }
  std::string choice(const char* key, const std::vector<std::string>& values) const {
    if (!root_[key]) return values.front();
    auto value = root_[key].as<std::string>();
    if (std::find(values.begin(), values.end(), value) == values.end()) {
      fail(root_[key], fmt::format("is not a value of `{}`; write one of {}", key, fmt::join(values, ", ")));
    }
    return value;
  }
  std::string view(const std::string& name, const char* key) const { return root_[key] ? name + "_" + key : std::string("{}"); }
  static std::string list(const std::string& name, const YAML::Node& node) {
    if (!node) return {};
    std::string words;
    for (const auto& word : node) words += literal(word.as<std::string>()) + ", ";
    return fmt::format("constexpr std::string_view {}[]{{{}}};\n", name, words);
  }
  std::string marks(const std::string& name) const {
    if (!root_["marks"]) return {};
    std::string rows;
    for (const auto& mark : root_["marks"]) {
      rows += fmt::format("{{{}, {}}}, ", literal(mark["key"].as<std::string>()),
                          mark["value"] ? literal(mark["value"].as<std::string>()) : std::string("{}"));
    }
    return fmt::format("constexpr PlatformMark {}_marks[]{{{}}};\n", name, rows);
  }
  corefile::Release version(const YAML::Node& node) const {
    const auto release = corefile::parse_exact_release(node.as<std::string>());
    if (!release) fail(node, "is not a version of three numbers");
    return *release;
  }
  std::string later(const std::string& name) const {
    if (!root_["later"]) return {};
    std::string rows;
    for (const auto& pair : root_["later"]) {
      const corefile::Release since = version(pair.second);
      rows += fmt::format("{{{}, {{{}, {}, {}}}}}, ", literal(pair.first.as<std::string>()), since.major, since.minor, since.patch);
    }
    return fmt::format("constexpr PlatformPlugin {}_later[]{{{}}};\n", name, rows);
  }
  std::string releases(const std::string& name) const {
    if (!root_["releases"]) return {};
    std::string rows;
    for (const auto& pair : root_["releases"]) {
      const std::array<corefile::Release, 2> both{version(pair.first), version(pair.second)};
      rows += fmt::format("{{{{{}, {}, {}}}, {{{}, {}, {}}}}}, ", both[0].major, both[0].minor, both[0].patch, both[1].major, both[1].minor,
                          both[1].patch);
    }
    return fmt::format("constexpr PlatformRelease {}_releases[]{{{}}};\n", name, rows);
  }

  std::string path_;
  YAML::Node root_;
};

std::string tables(const std::vector<std::string>& paths) {
  std::vector<Reader> readers, owners;  // assigning a node changes both
  for (const std::string& path : paths) {
    for (const YAML::Node& document : YAML::LoadAllFromFile(path)) {
      const Reader reader(path, document);
      (reader.is_platform() ? readers : owners).push_back(reader);
    }
  }
  for (const Reader& owner : owners) readers.push_back(owner);
  std::string out = "// Generated from rules/platforms/*.yaml by tools/dev/compile_platforms.cpp.\n";
  std::string rows;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    const std::string name = fmt::format("platform{}", i);
    out += readers[i].tables(name);
    rows += readers[i].row(name);
  }
  return out + "constexpr Platform platforms[]{\n" + rows + "};\n";
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 3) throw Trouble("usage: compile_platforms TABLES.inc PLATFORM.yaml…");
    std::ofstream(argv[1], std::ios::binary) << tables(std::vector<std::string>(argv + 2, argv + argc));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
