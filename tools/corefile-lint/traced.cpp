// SPDX-License-Identifier: Apache-2.0
#include "traced.hpp"

#include <algorithm>
#include <corefile/corefile.hpp>
#include <corefile/queries.hpp>

#include "disk.hpp"

namespace corefile::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* resolv_conf_path = "/etc/resolv.conf";
constexpr std::size_t most_shown = 6;

std::string title(Change::Gravity gravity) {
  switch (gravity) {
    case Change::Gravity::fails:
      return "answered before, fails now";
    case Change::Gravity::lost:
      return "records before, none now";
    case Change::Gravity::elsewhere:
      return "goes to other upstreams";
    case Change::Gravity::other:
      return "another answer";
    case Change::Gravity::mended:
      return "failed before, answered now";
    case Change::Gravity::life_time:
      return "the same records, another TTL";
    case Change::Gravity::beside:
      return "the same answer, other things beside it";
  }
  return {};
}

Json query_json(const Query& query) {
  return {{"name", query.name}, {"type", query.type}, {"listener", query.listener}, {"from", query.client}, {"tcp", query.tcp}};
}

Json outcome_json(const Trace& trace, const std::string& told) {
  Json out{{"text", told}, {"rcode", nullptr}, {"by", trace.by()}, {"answer", Json::array()}, {"upstreams", Json::array()}};
  if (trace.reply && trace.reply->known) {
    out["rcode"] = trace.reply->rcode;
    for (const Record& record : trace.reply->answer) out["answer"].push_back(to_string(record));
  }
  for (const corefile::Asked& asked : trace.asked) out["upstreams"].push_back(asked.upstream);
  return out;
}

}  // namespace

AskedFiles::AskedFiles(const Files* beside, const std::string& resolv_conf) : beside_(beside) {
  if (!resolv_conf.empty()) resolv_conf_ = read_file(resolv_conf);
}
Files::Content AskedFiles::read(const std::string& path) const {
  if (resolv_conf_ && path == resolv_conf_path) return {Status::ok, *resolv_conf_};
  return beside_ != nullptr ? beside_->read(path) : Content{};
}
std::vector<std::string> AskedFiles::list(const std::string& folder) const {
  return beside_ != nullptr ? beside_->list(folder) : std::vector<std::string>();
}
bool AskedFiles::authoritative(const std::string& path) const { return beside_ != nullptr && beside_->authoritative(path); }

void insist(const Opened& opened, const Corefile& corefile, Release release, const ExternalPlugins& plugins, const Files& files) {
  const Config& config = corefile.readings.literal();
  const LoadVerdict verdict = load(config, release, plugins, &files);
  if (verdict.loads()) return;
  const Problem& problem = verdict.problems.front();
  const At where = at(opened, corefile, config, problem.place);
  throw Trouble(where.path + ':' + std::to_string(where.position.line) + ": CoreDNS " + to_string(release) +
                " refuses this file: " + problem.message + "; `corefile-lint " + opened.file.name() + "` says what to do");
}

std::optional<Cluster> cluster_in(const std::string& path) {
  if (path.empty()) return {};
  Cluster cluster;
  if (const auto fault = read_cluster(Source(path, read_file(path)), cluster)) throw Trouble(path + ':' + *fault);
  return cluster;
}

const Corefile& served(const Opened& opened) {
  for (const Corefile& corefile : opened.corefiles) {
    // Lines for inside a block that another file opens.
    if (corefile.role != Role::custom_override) return corefile;
  }
  throw Trouble(opened.file.name() + ": lines for inside a server block; give the Corefile that imports them");
}

std::string deciding_line(const Opened& opened, const Corefile& corefile, const Trace& trace) {
  if (trace.hops.empty()) return {};
  const Hop& hop = trace.hops.front();
  for (auto step = hop.steps.rbegin(); step != hop.steps.rend(); ++step) {
    if (step->did == Step::Did::passed) continue;
    const At where = at(opened, corefile, corefile.readings.literal(), step->place);
    return "  (" + visible(where.path) + ':' + std::to_string(where.position.line) + ')';
  }
  return {};
}

std::string difference_text(const Difference& difference, const Opened& before, const Corefile& corefile_before, const Opened& after,
                            const Corefile& corefile_after) {
  std::string out;
  for (const std::string& listener : difference.listeners) out += "listener " + visible(listener) + '\n';
  for (const Change& change : difference.changes) {
    if (!out.empty()) out += '\n';
    const Change::Part& first = change.parts.front();
    out += title(change.gravity) + (first.upstream.empty() ? "" : ", where " + first.upstream) + ":\n";
    for (std::size_t i = 0; i < change.where.size() && i < most_shown; ++i) out += "  " + visible(change.where[i]) + '\n';
    if (change.where.size() > most_shown) out += "  and " + std::to_string(change.where.size() - most_shown) + " more\n";
    out += "    for example " + visible(first.witness.name) + ' ' + visible(first.witness.type) + '\n';
    out += "    was  " + visible(change.was) + deciding_line(before, corefile_before, change.before) + '\n';
    out += "    now  " + visible(change.now) + deciding_line(after, corefile_after, change.after) + '\n';
  }
  if (difference.same()) out += "No query is answered otherwise.\n";
  if (difference.cut) out += "There are more names than were looked at.\n";
  for (const std::string& on : difference.depends) out += "Not known: " + visible(on) + '\n';
  return out;
}

Json difference_json(const Difference& difference) {
  Json changes = Json::array();
  for (const Change& change : difference.changes) {
    Json parts = Json::array();
    for (const Change::Part& part : change.parts) {
      parts.push_back({{"names", part.names}, {"witness", query_json(part.witness)}, {"upstream", part.upstream}});
    }
    changes.push_back({{"gravity", to_string(change.gravity)},
                       {"where", change.where},
                       {"was", outcome_json(change.before, change.was)},
                       {"now", outcome_json(change.after, change.now)},
                       {"parts", std::move(parts)}});
  }
  return {{"same", difference.same()}, {"listeners", difference.listeners}, {"changes", std::move(changes)}, {"parts", difference.parts},
          {"cut", difference.cut},     {"depends", difference.depends}};
}

}  // namespace corefile::app
