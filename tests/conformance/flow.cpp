// SPDX-License-Identifier: Apache-2.0
#include "flow.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flow_world.hpp"

namespace conformance {

using corefile::Trace;
using nlohmann::json;

namespace {

std::string lines(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& line : all) out += fmt::format("    {}\n", line);
  return out;
}

/// What counts as the way, one line each.
std::vector<std::string> recorded_way(const json& flow) {
  const std::string by = flow.value("by", "");
  std::vector<std::string> way{fmt::format("{} by {}", flow.at("rcode").get<std::string>(), by.substr(by.rfind(' ') + 1))};
  const json path = flow.value("path", json::array());
  for (const json& hop : path) {
    way.push_back(
        fmt::format("{}{}{} {}", hop.at("at").get<std::string>(), hop.contains("view") ? " view " + hop["view"].get<std::string>() : "",
                    hop.contains("lookup") ? " lookup " + hop["lookup"].get<std::string>() : "", hop.at("plugins").get<std::string>()));
  }
  const json all = flow.value("asked", json::array());
  for (const json& asked : all) way.push_back("asked " + asked.get<std::string>());
  return way;
}

std::vector<std::string> our_way(const Trace& trace) {
  const std::string rcode = trace.crashed ? "PANIC" : trace.endless ? "TIMEOUT" : trace.reply ? trace.reply->rcode : "NO ANSWER";
  std::vector<std::string> way{fmt::format("{} by {}", rcode, trace.by())};
  for (const corefile::Hop& hop : trace.hops) {
    if (!hop.block) continue;
    std::string plugins;
    for (const corefile::Step& step : hop.steps) plugins += fmt::format("{}{}", plugins.empty() ? "" : " ", to_string(step.plugin));
    way.push_back(fmt::format("{}{}{}{} {}", hop.zone, trace.listener == "dns://:53" ? "" : " " + trace.listener,
                              hop.view.empty() ? "" : " view " + hop.view,
                              hop.depth == 0 ? "" : fmt::format(" lookup {} {}", hop.name, hop.type), plugins));
  }
  for (const corefile::Asked& asked : trace.asked) {
    if (asked.type == "HINFO") continue;  // not recorded: `loop` asks such
    way.push_back(fmt::format("asked {} {} {} {}", asked.upstream, asked.protocol, asked.name, asked.type));
  }
  return way;
}

// Among records the order is chance where `loadbalance` stands; the recordings have them sorted.
using Section = std::vector<std::string>;
Section recorded_section(const json& flow, const char* name, bool sorted) {
  Section out = flow.value(name, Section{});
  if (sorted) std::sort(out.begin(), out.end());
  return out;
}
Section our_section(const Trace& trace, std::vector<corefile::Record> corefile::Reply::*section, bool sorted) {
  Section out;
  if (!trace.reply) return out;
  for (const corefile::Record& record : (*trace.reply).*section) {
    if (record.type != "RRSIG" && record.type != "DNSKEY" && record.type != "NSEC") out.push_back(corefile::to_string(record));
  }
  if (sorted) std::sort(out.begin(), out.end());
  return out;
}

bool shuffles(const Trace& trace) {
  for (const corefile::Hop& hop : trace.hops) {
    for (const corefile::Step& step : hop.steps) {
      if (step.plugin == corefile::Plugin::loadbalance) return true;
    }
  }
  return false;
}

}  // namespace

Flows::Flows(const RecordedFiles& imports, const std::string& files, FlowOptions options)
    : options_(std::move(options)), imports_(imports), files_(read_world_files(files)), cluster_(recorded_cluster()) {
  world_files_ = world_files(files_, imports_);
  world_.files = world_files_.get();
  world_.cluster = &cluster_;
  world_.host_name = "coredns-0";
  world_.addresses = recorded_addresses();
  world_.resolve = [](const std::string&) { return std::vector<std::string>{"203.0.113.1"}; };
  world_.upstream = recorded_upstream;
}

void Flows::add(const json& recorded) {
  corefile::ResolveOptions resolving;
  resolving.files = world_files_.get();
  resolving.environment = recorded_environment();
  const corefile::Config config =
      corefile::resolve(corefile::parse(corefile::Source(std::string(working_folder) + "/Corefile", recorded.at("corefile"))), resolving);
  const corefile::Release newest{1, 15, 0};
  const auto compare_all = [&](corefile::Release release, const json& others) {
    if (options_.release != corefile::Release{} && options_.release != release) return;
    const corefile::Flow model = corefile::flow(config, release, recorded_interfaces());
    for (const json& flow : recorded.at("flows")) {
      const auto other = others.find(flow.at("q").get<std::string>());
      if (other != others.end() && other->is_null()) continue;
      json there = other == others.end() ? flow : *other;
      there["q"] = flow.at("q");
      compare(recorded, there, model, release);
    }
  };
  compare_all(newest, json::object());
  const json also = recorded.value("also", json::object());
  for (const auto& [release, others] : also.items()) {
    if (others.is_object()) compare_all(*corefile::parse_release(release), others);
  }
}

void Flows::compare(const json& recorded, const json& flow, const corefile::Flow& model, corefile::Release release) {
  const std::string by = flow.value("by", "nobody");
  const std::string answering = by.substr(by.rfind(' ') + 1);
  const std::string set = recorded.at("set");
  if (!options_.only.empty() && options_.only != answering && options_.only != set && options_.only != recorded.at("id").get<std::string>())
    return;
  const Trace ours = corefile::trace(model, query_of(flow.at("q")), world_);
  const bool same_way = recorded_way(flow) == our_way(ours);
  const bool sorted = shuffles(ours);
  const bool replied = flow.at("rcode") != "NO ANSWER";
  const bool same_answer = recorded_section(flow, "answer", sorted) == our_section(ours, &corefile::Reply::answer, sorted);
  const bool same_rest =
      recorded_section(flow, "authority", sorted) == our_section(ours, &corefile::Reply::authority, sorted) &&
      (answering == "whoami" || recorded_section(flow, "extra", sorted) == our_section(ours, &corefile::Reply::additional, sorted)) &&
      ours.reply && flow.value("aa", false) == ours.reply->authoritative;
  for (Tally* tally : {&plugins_[answering], &sets_[set], &releases_[release]}) {
    ++tally->ways;
    tally->ways_agree += same_way ? 1 : 0;
    tally->depends += ours.depends.empty() ? 0 : 1;
    if (!replied) continue;
    ++tally->answers;
    ++tally->others;
    tally->answers_agree += same_answer ? 1 : 0;
    tally->others_agree += same_rest ? 1 : 0;
  }
  const bool good = same_way && (!replied || same_answer);
  if (!good || (options_.others && replied && !same_rest)) {
    show(recorded, flow, ours, release, !same_way ? "way" : !same_answer ? "answer" : "rest");
  }
}

void Flows::show(const json& recorded, const json& flow, const Trace& ours, corefile::Release release, std::string_view what) {
  if (options_.quiet || (options_.sure && !ours.depends.empty()) || shown_++ >= options_.show) return;
  fmt::print("{} {} {} another {}: {}\n{}\n", recorded.at("id").get<std::string>(), recorded.at("set").get<std::string>(),
             to_string(release), what, flow.at("q").get<std::string>(), recorded.at("corefile").get<std::string>());
  const auto records = [](const Section& answer, const Section& authority, const Section& extra) {
    return lines(answer) + (authority.empty() ? "" : "   authority\n") + lines(authority) + (extra.empty() ? "" : "   additional\n") +
           lines(extra);
  };
  fmt::print(
      "  CoreDNS{}\n{}{}", flow.value("aa", false) ? " aa" : "", lines(recorded_way(flow)),
      records(recorded_section(flow, "answer", false), recorded_section(flow, "authority", false), recorded_section(flow, "extra", false)));
  fmt::print("  ours{}\n{}{}", ours.reply && ours.reply->authoritative ? " aa" : "", lines(our_way(ours)),
             records(our_section(ours, &corefile::Reply::answer, false), our_section(ours, &corefile::Reply::authority, false),
                     our_section(ours, &corefile::Reply::additional, false)));
  for (const std::string& on : ours.depends) fmt::print("    depends on {}\n", on);
  fmt::print("\n");
}

void Flows::print() const {
  const auto row = [](const std::string& name, const Tally& tally) {
    const auto share = [](std::size_t part, std::size_t all) {
      return all == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(all);
    };
    fmt::print("{:<14} {:>6} of {:>6} ways {:>6.2f} %  {:>6} of {:>6} answers {:>6.2f} %  {:>6.2f} % rest  {:>5} depend\n", name,
               tally.ways_agree, tally.ways, share(tally.ways_agree, tally.ways), tally.answers_agree, tally.answers,
               share(tally.answers_agree, tally.answers), share(tally.others_agree, tally.others), tally.depends);
  };
  for (const auto& [name, tally] : plugins_) row(name, tally);
  fmt::print("\n");
  for (const auto& [name, tally] : sets_) row(name, tally);
  fmt::print("\n");
  Tally all;
  for (const auto& [release, tally] : releases_) {
    row(to_string(release), tally);
    all.ways += tally.ways;
    all.ways_agree += tally.ways_agree;
    all.answers += tally.answers;
    all.answers_agree += tally.answers_agree;
    all.depends += tally.depends;
  }
  fmt::print("flow: {} of {} ways agree, {} of {} answers agree, {} depend\n", all.ways_agree, all.ways, all.answers_agree, all.answers,
             all.depends);
}

bool Flows::good() const {
  return std::all_of(releases_.begin(), releases_.end(), [](const auto& entry) {
    return entry.second.ways_agree == entry.second.ways && entry.second.answers_agree == entry.second.answers;
  });
}

bool Flows::reached() const {
  // In ten thousandths.
  bool reached = true;
  for (const auto& [release, tally] : releases_) {
    const std::size_t ways = release >= corefile::Release{1, 15, 0} ? 9950 : 9900;
    constexpr std::size_t answers = 9900;
    if (10000 * tally.ways_agree < ways * tally.ways || 10000 * tally.answers_agree < answers * tally.answers) {
      fmt::print("fallen short: {} of {} ways and {} of {} answers in {}\n", tally.ways_agree, tally.ways, tally.answers_agree,
                 tally.answers, to_string(release));
      reached = false;
    }
  }
  return reached;
}

}  // namespace conformance
