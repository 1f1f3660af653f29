// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/flow_diff.hpp>
#include <sstream>

#include "conformance.hpp"
#include "flow_world.hpp"

namespace conformance {

using nlohmann::json;

namespace {

corefile::Config config_of(const json& recorded, const RecordedFiles& files) {
  corefile::ResolveOptions options;
  options.files = &files;
  options.environment = recorded_environment();
  return corefile::resolve(corefile::parse(corefile::Source(std::string(working_folder) + "/Corefile", recorded.at("corefile"))), options);
}

corefile::Query query_of_text(const std::string& words) {
  std::istringstream in(words);
  corefile::Query query;
  in >> query.name >> query.type >> query.listener;
  return query;
}

/// Those whose answer a model can see to be another.
std::vector<std::string> other_answers(const json& base, const json& slip) {
  std::vector<std::string> queries;
  const json answers = slip.value("answers", json::object());
  for (const auto& [query, answer] : answers.items()) {
    // Of URLs nothing is asked, and no reply at all is the network's.
    if (query.find("://") < query.find(' ')) continue;
    const auto was = base.at("answers").find(query);
    if (was != base.at("answers").end() && *was != answer) queries.push_back(query);
  }
  return queries;
}

}  // namespace

void SlipDiffs::add(const json& recorded, bool quiet) {
  const std::string effect = recorded.at("effect");
  if (effect == "base") bases_[recorded.at("base")] = recorded;
  const auto base = bases_.find(recorded.at("base").get<std::string>());
  if (effect == "base" || effect == "refused" || base == bases_.end()) return;
  const std::vector<std::string> differ = other_answers(base->second, recorded);
  if (differ.empty() && effect != "same") return;
  const WorldFiles none;
  const std::unique_ptr<corefile::Files> files = world_files(none, files_);
  const corefile::Cluster cluster = recorded_cluster();
  corefile::World world;
  world.files = files.get();
  world.cluster = &cluster;
  world.host_name = "coredns-0";
  world.addresses = recorded_addresses();
  const corefile::Release release{1, 15, 0};
  const corefile::Config was = config_of(base->second, files_), now = config_of(recorded, files_);
  const corefile::Difference difference =
      diff(flow(was, release, recorded_interfaces()), world, flow(now, release, recorded_interfaces()), world);
  if (effect == "same") {
    ++same_;
    same_told_ += difference.same() ? 0 : 1;
    if (quiet || difference.same()) return;
    fmt::print("told of `same` {} {}\n{}\n", recorded.at("id").get<std::string>(), recorded.value("edit", ""),
               recorded.at("corefile").get<std::string>());
    for (const corefile::Change& change : difference.changes) {
      const corefile::Query& query = change.parts.front().witness;
      fmt::print("  {} {} {} {} {}\n    was {}\n    now {}\n", to_string(change.gravity), query.name, query.type, query.client,
                 change.parts.front().upstream, change.was, change.now);
    }
    return;
  }
  ++differ_;
  const bool covered = std::any_of(differ.begin(), differ.end(), [&](const std::string& words) {
    const corefile::Query query = query_of_text(words);
    const std::string listener = query.listener.empty() ? "dns://:53" : query.listener;
    const auto of_listener = [&listener](const std::string& one) { return one.ends_with(' ' + listener); };
    return difference.covering(query) != nullptr || std::any_of(difference.listeners.begin(), difference.listeners.end(), of_listener);
  });
  told_ += covered ? 1 : 0;
  if (quiet || covered) return;
  fmt::print("not told {} {}: {} {}\n{}\n", recorded.at("id").get<std::string>(), recorded.value("edit", ""), differ.front(),
             recorded.at("answers").at(differ.front()).dump(), recorded.at("corefile").get<std::string>());
}

void SlipDiffs::print() const {
  fmt::print("diff: of {} slips with other answers {} told, of {} with the same answers {} told of a change\n", differ_, told_, same_,
             same_told_);
}

bool SlipDiffs::reached() const {
  const bool reached = 1000 * told_ >= 970 * differ_;
  if (!reached) fmt::print("fallen short: of {} slips with other answers {} told\n", differ_, told_);
  return reached;
}

}  // namespace conformance
