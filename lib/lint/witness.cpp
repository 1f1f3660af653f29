// SPDX-License-Identifier: Apache-2.0
#include "lint/witness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <corefile/key.hpp>

#include "flow/imagined.hpp"
#include "flow/message.hpp"
#include "flow/model.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"
#include "resolve/import.hpp"

namespace corefile {

/// What lies beside the Corefile. Who is made up stands in no hosts file.
class FilesAsServed final : public Files {
 public:
  FilesAsServed(const Config& config, const Context& context)
      : given_(context.files),
        resolv_conf_(context.resolv_conf),
        folder_(resolve_detail::folder_of(config.document(0).source().name())),
        hosts_{"/etc/hosts"} {
    for (const Directive directive : config.directives()) {
      if (directive.is(Plugin::hosts) && !directive.arguments().empty()) hosts_.emplace_back(directive.arguments().front().text);
    }
  }
  Content read(const std::string& path) const override {
    if (resolv_conf_ != nullptr && path == "/etc/resolv.conf") return {Status::ok, *resolv_conf_};
    return given_ != nullptr ? given_->read(beside(path)) : Content{};
  }
  std::vector<std::string> list(const std::string& folder) const override {
    return given_ != nullptr ? given_->list(beside(folder)) : std::vector<std::string>();
  }
  bool authoritative(const std::string& path) const override {
    const auto is_it = [&path](const std::string& one) { return path.ends_with(one); };
    return std::any_of(hosts_.begin(), hosts_.end(), is_it) || (given_ != nullptr && given_->authoritative(beside(path)));
  }

 private:
  std::string beside(const std::string& path) const { return path.starts_with('/') ? path : resolve_detail::join(folder_, path); }

  const Files* given_;
  const std::string* resolv_conf_;
  std::string folder_;
  std::vector<std::string> hosts_;
};

namespace {

std::string_view code_of(const Trace& trace) noexcept { return trace.reply ? std::string_view(trace.reply->rcode) : std::string_view(); }

std::string upstreams_of(const Asked& asked) {
  std::vector<std::string> all = asked.one_of;
  if (all.empty()) all.push_back(asked.upstream);
  for (std::string& one : all) one = flow_detail::plain_upstream(one);
  const auto last = std::unique(all.begin(), all.end());
  return fmt::format("{}", fmt::join(all.begin(), last, " or "));
}

std::string what_becomes(const Trace& trace) {
  if (trace.crashed) return "ends the process";
  if (!trace.reply) return "gets no reply";
  const Hop& hop = trace.hops.front();
  if (!trace.asked.empty()) {
    const Asked& asked = trace.asked.back();
    const bool other = asked.name != hop.name || asked.type != hop.type;
    return fmt::format("goes to {}{}", upstreams_of(asked), other ? fmt::format(" as `{} {}`", asked.name, asked.type) : "");
  }
  const Reply& reply = *trace.reply;
  const std::string from = trace.by() == "server" ? "" : fmt::format(" from `{}`", trace.by());
  if (reply.rcode != "NOERROR") return fmt::format("gets {}{}", reply.rcode, from);
  if (reply.answer.empty()) return fmt::format("gets no records{}", from);
  return fmt::format("gets `{} {}`{}", reply.answer.front().type, reply.answer.front().data, from);
}

/// Nothing that is not known here stands in the text.
bool is_known(const Config& config, const Context& context) {
  return context.load->loads() && !context.readings->differ() && context.template_language.empty() && !has_unresolved_import(config) &&
         std::none_of(config.words().begin(), config.words().end(), [](const Word& word) { return word.unknown != 0; });
}

// More would say the same.
constexpr std::size_t most_zones = 8;

std::vector<std::string> zones_of(std::span<const Word> words, Release release) {
  std::vector<std::string> zones;
  for (const Word& word : words) {
    if (zones.size() >= most_zones) break;
    if (word.unknown != 0) continue;
    for (std::string& zone : normalize_zone(word.text, release)) zones.push_back(std::move(zone));
  }
  return zones;
}

std::vector<std::string> names_of(const std::vector<std::string>& zones) {
  std::vector<std::string> names;
  for (const std::string& zone : zones) {
    for (std::string& name : names_in(zone)) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

struct Ways::Made {
  Made(const Config& config, const Context& context)
      : files(config, context),
        given(of_files(files)),
        imagined(given, {}),
        world(imagined.world(flow_detail::Mood::answer)),
        ways(flow_detail::flow(config, context.release, {}, *context.patterns)) {
    nothing.multicluster = true;
  }
  static World of_files(const Files& files) {
    World world;
    world.files = &files;
    return world;
  }
  FilesAsServed files;
  Cluster nothing;  ///< no cluster has objects of made-up names; of addresses nobody knows
  World given;
  flow_detail::Imagined imagined;
  World world;
  Flow ways;
};

Ways::Ways(const Config& config, const Context& context) : config_(config), context_(context) {}
Ways::~Ways() = default;

Ways::Made* Ways::made() {
  if (asked_ == 0 && !is_known(config_, context_)) asked_ = most_asked;
  if (++asked_ > most_asked) return nullptr;
  if (!made_) made_ = std::make_unique<Made>(config_, context_);
  return made_.get();
}

std::optional<Trace> Ways::follow(ServerBlock block, std::string_view name, std::string_view type, bool first) {
  Made* const with = block.fragment() ? nullptr : made();
  if (with == nullptr) return {};
  for (const flow_detail::Server& server : with->ways.model().servers) {
    const bool here = std::any_of(server.zones.begin(), server.zones.end(), [&](const auto& zone) {
      return std::find(zone.second.begin(), zone.second.end(), block.index) != zone.second.end();
    });
    if (!here) continue;
    Query query;
    query.name = name;
    query.type = !type.empty() ? type : flow_detail::in_reverse_tree(name) ? "PTR" : "A";
    query.listener = server.address;
    with->world.cluster = query.type == "PTR" ? nullptr : &with->nothing;
    Trace way = trace(with->ways, query, with->world);
    // An end that is not reached may be the model's bound.
    const bool known = way.depends.empty() && !way.hops.empty() && !way.endless;
    if (!known || (first && way.hops.front().block != block.index)) continue;
    return way;
  }
  return {};
}

std::optional<Trace> Ways::through(ServerBlock block, std::string_view name, std::string_view type) {
  return follow(block, name, type, true);
}

Testimony Ways::elsewhere(ServerBlock block, std::span<const std::string> names) {
  Testimony testimony;
  for (const std::string& name : names) {
    std::optional<Trace> way = follow(block, name, {}, false);
    if (!way || way->hops.front().block == block.index) continue;
    testimony.witness = std::move(way);
    break;
  }
  return testimony;
}

std::optional<Trace> way_to_own_address(const Config& config, Release release, const go::Ip& address) {
  const Flow ways = flow(config, release);
  flow_detail::Wanted wanted;
  flow_detail::add_wanted(ways.model(), wanted);
  const World nothing;
  const flow_detail::Imagined imagined(nothing, wanted);
  World world = imagined.world(flow_detail::Mood::deny);
  Cluster cluster = *world.cluster;
  for (Cluster::Service& service : cluster.services) service.cluster_ips = {go::to_string(address)};
  world.cluster = &cluster;
  Query query;
  query.name = go::reverse_name(address);
  query.type = "PTR";
  Trace way = trace(ways, query, world);
  if (!way.depends.empty() || way.hops.empty() || way.endless) return {};
  return way;
}

std::string fate(const Trace& trace) {
  const Hop& hop = trace.hops.front();
  return fmt::format("`{} {}` {}", hop.name, hop.type, what_becomes(trace));
}

void Testimony::add_to(Diagnostic& found) const {
  if (witness) found.notes.push_back(fmt::format("for example {}", fate(*witness)));
}

std::vector<std::string> names_in(std::string_view zone) {
  if (zone.empty() || zone == ".") return {"www.example.com.", "www.example.org.", "host.test."};
  if (flow_detail::below(zone, flow_detail::reverse_four) || flow_detail::below(zone, flow_detail::reverse_six))
    return {flow_detail::whole_address(std::string(zone))};
  return {flow_detail::in_front("www", zone), flow_detail::in_front("host-1", zone)};
}

std::vector<std::string> names_in(ServerBlock block, Release release) { return names_of(zones_of(block.keys(), release)); }

std::vector<std::string> names_in(ServerBlock block, std::span<const Word> zones, Release release) {
  std::vector<std::string> both;
  const std::vector<std::string> keys = zones_of(block.keys(), release);
  for (const std::string& zone : zones_of(zones, release)) {
    for (const std::string& key : keys) {
      if (flow_detail::below(zone, key)) both.push_back(zone);
      if (zone != key && flow_detail::below(key, zone)) both.push_back(key);
    }
  }
  return names_of(both);
}

std::vector<std::string> names_in(std::span<const Word> zones, Release release) { return names_of(zones_of(zones, release)); }

const Step* step_of(const Trace& trace, Directive directive) noexcept {
  for (const Step& step : trace.hops.front().steps) {
    if (step.plugin == directive.plugin() && step.directive == directive.index) return &step;
  }
  return nullptr;
}

bool ends_at(const Trace& trace, Directive directive) noexcept {
  const Step* step = step_of(trace, directive);
  return step != nullptr && step->did != Step::Did::passed && step->did != Step::Did::rewrote && step->did != Step::Did::looked_up;
}

bool unanswered(const Trace& trace) noexcept {
  if (!trace.asked.empty()) return false;
  if (!trace.reply) return true;
  // `rewrite` says SERVFAIL itself where nobody behind it answers.
  const bool by_none = trace.by() == "server" || facts_of(parse_plugin(trace.by())).queries == plugins::Queries::passes;
  return by_none && code_of(trace) != "NOERROR";
}

Says nobody_answers(const Trace& trace) noexcept {
  const std::vector<Step>& steps = trace.hops.front().steps;
  const bool judged =
      std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.plugin == Plugin::acl && step.did != Step::Did::passed; });
  return judged ? Says::nothing : unanswered(trace) ? Says::shows : Says::refutes;
}

}  // namespace corefile
