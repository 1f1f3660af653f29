// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "conformance.hpp"

namespace conformance {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// CoreDNS's parser with every directive name allowed, in the shape of the recordings.
json tree_of(const corefile::Config& config) {
  json blocks = json::array();
  for (const json& block : json::parse(corefile::running_configuration(config, corefile::newest_release()))) {
    json tokens = json::object();
    for (const auto& [name, list] : block.at("Tokens").items()) {
      for (const json& token : list) tokens[name].push_back({{"t", token.at("Text")}, {"l", token.at("Line")}});
    }
    blocks.push_back({{"keys", block.at("Keys")}, {"tokens", tokens}});
  }
  return blocks;
}

}  // namespace

std::string RecordedFiles::on_disk(const std::string& path) const {
  if (path == working_folder) return folder_;
  if (path.starts_with(std::string(working_folder) + '/')) return folder_ + path.substr(working_folder.size());
  if (!path.starts_with('/')) return folder_ + '/' + path;
  return path;
}

corefile::Files::Content RecordedFiles::read(const std::string& path) const {
  const fs::path file = on_disk(path);
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) return {Status::missing, {}};
  if (fs::is_directory(status)) return {Status::directory, {}};
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return {Status::ok, text.str()};
}

std::vector<std::string> RecordedFiles::list(const std::string& folder) const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(on_disk(folder), error)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::uint32_t blamed_line(const std::string& message) {
  const std::size_t at = message.find("Corefile:");
  return at == std::string::npos ? 0 : static_cast<std::uint32_t>(std::strtoul(message.c_str() + at + 9, nullptr, 10));
}

corefile::Environment recorded_environment() {
  corefile::Environment environment;
  environment.complete = true;
  environment.values = {{"FOO", "foo"},
                        {"EMPTY", ""},
                        {"PORT", "5353"},
                        {"ZONE", "example.net"},
                        {"TWO", "a b"},
                        {"BRACES", "{"},
                        {"KUBERNETES_SERVICE_HOST", "127.0.0.1"},
                        {"AWS_REGION", "us-east-1"}};
  return environment;
}

void compare_tree(const json& recorded, const RecordedFiles& files, bool formatted, Totals& totals) {
  corefile::ResolveOptions options;
  options.files = &files;
  options.environment = recorded_environment();
  corefile::Source source(std::string(working_folder) + "/Corefile", recorded.at("corefile"));
  if (formatted) source = {source.name(), apply_edits(source.text(), corefile::format(source, corefile::InputKind::corefile).edits)};
  const corefile::Config read = corefile::resolve(corefile::parse(source), options);
  const bool ok = recorded.at("ok");
  ++totals.trees;
  const json tree = read.accepted() ? tree_of(read) : json();
  if (read.accepted() == ok && (!ok || tree == recorded.at("tree"))) {
    ++totals.trees_agree;
    return;
  }
  fmt::print("tree {} {}\n  CoreDNS: {}\n  we:      {}\n", recorded.at("id").get<std::string>(), recorded.at("corefile").dump(),
             ok ? recorded.at("tree").dump() : recorded.at("error").get<std::string>(),
             read.accepted() ? tree.dump() : "refused: " + read.refusals().front().message);
}

void compare_spelled(const json& recorded, const RecordedFiles& files, Totals& totals) {
  if (!recorded.at("ok")) return;
  corefile::ResolveOptions options;
  options.files = &files;
  options.environment = recorded_environment();
  const corefile::Config read =
      corefile::resolve(corefile::parse(corefile::Source(std::string(working_folder) + "/Corefile", recorded.at("corefile"))), options);
  ++totals.trees;
  ++totals.trees_agree;
  const std::optional<std::string> text = corefile::spell_config(read);
  if (!text) {
    ++totals.unspelled;
    return;
  }
  const corefile::Config again = corefile::resolve(corefile::parse(corefile::Source("Corefile", *text)), options);
  json wanted = recorded.at("tree");
  json tree = tree_of(again);
  for (json* const blocks : {&wanted, &tree}) {
    for (json& block : *blocks) {
      for (json& list : block.at("tokens")) {
        for (json& token : list) {
          token.erase("l");
          // In CoreDNS's token of a name its variables stay.
          bool unknown = false;
          token["t"] = corefile::replace_environment(token.at("t").get<std::string>(), options.environment, unknown);
        }
      }
    }
  }
  const bool same_verdict = corefile::load(read, corefile::newest_release(), {}, &files).loads() ==
                            corefile::load(again, corefile::newest_release(), {}, &files).loads();
  if (again.accepted() && tree == wanted && same_verdict) return;
  --totals.trees_agree;
  fmt::print("printed {} {}\n  as {}\n", recorded.at("id").get<std::string>(), recorded.at("corefile").dump(), json(*text).dump());
}

}  // namespace conformance
