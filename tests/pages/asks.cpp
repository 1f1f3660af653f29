// SPDX-License-Identifier: Apache-2.0
#include "asks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <corefile/flow.hpp>
#include <optional>
#include <sstream>

#include "../conformance/flow_world.hpp"

namespace pages {

using namespace corefile;

namespace {

/// Nothing but what the example brings along.
class NoFiles : public Files {
 public:
  Content read(const std::string&) const override { return {}; }
  std::vector<std::string> list(const std::string&) const override { return {}; }
  bool authoritative(const std::string&) const override { return true; }
};

/// What the recordings' CoreDNS would answer; nothing where that hangs on what is not known.
std::optional<std::string> answer(const Example& example, const std::string& text, const std::string& query) {
  conformance::WorldFiles there(example.files.begin(), example.files.end());
  if (example.options.resolv_conf) there["/etc/resolv.conf"] = *example.options.resolv_conf;
  const NoFiles none;
  const auto files = conformance::world_files(there, none);
  ResolveOptions options;
  options.files = files.get();
  options.environment = example.options.environment;
  const Config config = resolve(parse(Source("Corefile", text)), options);
  if (!load(config, example.options.release, {}, files.get()).loads()) return "refused";
  const Cluster cluster = conformance::recorded_cluster();
  World world;
  world.files = files.get();
  world.cluster = &cluster;
  world.host_name = "coredns-0";
  world.addresses = conformance::recorded_addresses();
  world.resolve = [](const std::string&) { return std::vector<std::string>{"203.0.113.1"}; };
  world.upstream = conformance::recorded_upstream;
  const Flow model = flow(config, example.options.release, conformance::recorded_interfaces());
  const Query asked = conformance::query_of(query);
  const std::vector<std::string> listeners = model.listeners();
  if (!asked.listener.empty() && std::find(listeners.begin(), listeners.end(), asked.listener) == listeners.end()) return "NO SUCH SERVER";
  const Trace way = trace(model, asked, world);
  if (!way.depends.empty() || (way.reply && !way.reply->known)) return {};
  if (way.crashed) return "PANIC";
  if (way.endless) return "TIMEOUT";
  if (!way.reply) return "NO ANSWER";
  std::string out = way.reply->rcode;
  for (const Record& record : way.reply->answer) out += "; " + to_string(record);
  return out;
}

}  // namespace

std::vector<Ask> read_asks(const Fence& fence) {
  std::vector<Ask> asks;
  std::istringstream in(fence.text);
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(": ");
    if (!line.starts_with("  ")) {
      asks.push_back({line, {}});
    } else if (!asks.empty() && colon != std::string::npos) {
      asks.back().answers.emplace_back(line.substr(2, colon - 2), line.substr(colon + 2));
    }
  }
  return asks;
}

std::vector<std::pair<std::string, std::string>> forms(const Example& example) {
  std::vector<std::pair<std::string, std::string>> out{{example.bad ? "bad" : "good", example.fence->text}};
  if (example.fixed != nullptr) out.emplace_back("fixed", example.fixed->text);
  return out;
}

std::vector<std::string> check_asks(const Example& example) {
  std::vector<std::string> faults;
  if (example.asks == nullptr) return faults;
  const auto fault = [&](const std::string& what) { faults.push_back(fmt::format("{}: {}", example.asks->line, what)); };
  if (example.manifest) fault("only Corefiles can be asked");
  const auto texts = forms(example);
  const std::vector<Ask> asks = read_asks(*example.asks);
  if (asks.empty()) fault("nothing is asked");
  for (const Ask& ask : asks) {
    if (ask.answers.size() != texts.size()) {
      fault(fmt::format("`{}` is not recorded for each form: tests/oracle/record-pages does it", ask.query));
      continue;
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto& [form, recorded] = ask.answers[i];
      if (form != texts[i].first) fault(fmt::format("`{}` stands where `{}` should", form, texts[i].first));
      const auto ours = answer(example, texts[i].second, ask.query);
      if (ours && *ours != recorded) fault(fmt::format("`{}`, {}: CoreDNS answers\n{}\nwe\n{}", ask.query, form, recorded, *ours));
    }
  }
  return faults;
}

}  // namespace pages
