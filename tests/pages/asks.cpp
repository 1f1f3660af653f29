// SPDX-License-Identifier: Apache-2.0
#include "asks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <corefile/corefile.hpp>
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

/// The names of queries that findings give as an example, as in "for example `www.example.org. A` gets SERVFAIL".
std::vector<std::string> witnesses(const std::string& console) {
  constexpr std::string_view mark = "for example `";
  std::vector<std::string> names;
  for (std::size_t at = console.find(mark); at != std::string::npos; at = console.find(mark, at + 1)) {
    const std::size_t name = at + mark.size();
    names.push_back(console.substr(name, console.find_first_of(" \n`", name) - name));
  }
  return names;
}

/// `route53`, `azure` and `clouddns` do not start without somebody's account.
bool needs_an_account(const std::string& corefile) {
  constexpr PluginSet clouds{Plugin::route53, Plugin::azure, Plugin::clouddns};
  return resolve(parse(Source("Corefile", corefile))).plugins().meets(clouds);
}

/// Each of them is to be asked.
std::vector<std::string> check_witnesses(const Example& example) {
  std::vector<std::string> faults;
  if (example.console == nullptr || needs_an_account(example.fence->text)) return faults;
  const std::vector<Ask> asks = example.asks != nullptr ? read_asks(*example.asks) : std::vector<Ask>();
  for (const std::string& name : witnesses(example.console->text)) {
    const auto is_for = [&name](const Ask& ask) { return ask.query.starts_with(name + ' '); };
    if (std::none_of(asks.begin(), asks.end(), is_for))
      faults.push_back(
          fmt::format("{}: `{}` is an example that CoreDNS was not asked for: it belongs into `asks`", example.console->line, name));
  }
  return faults;
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
  const auto asked = [&example](const std::string& text) {
    if (!example.manifest) return text;
    const auto found = read_corefiles(Source("coredns.yaml", text));
    return found.size() == 1 ? std::string(found.front().source.text()) : std::string();
  };
  std::vector<std::pair<std::string, std::string>> out{{example.bad ? "bad" : "good", asked(example.fence->text)}};
  if (example.fixed != nullptr) out.emplace_back("fixed", asked(example.fixed->text));
  return out;
}

std::vector<std::string> check_asks(const Example& example) {
  std::vector<std::string> faults = check_witnesses(example);
  if (example.asks == nullptr) return faults;
  const auto fault = [&](const std::string& what) { faults.push_back(fmt::format("{}: {}", example.asks->line, what)); };
  const auto texts = forms(example);
  const auto is_missing = [](const auto& form) { return form.second.empty(); };
  if (std::any_of(texts.begin(), texts.end(), is_missing)) fault("only an example with one Corefile can be asked");
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
