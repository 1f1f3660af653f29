// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/flow_test.hpp>
#include <set>
#include <utility>

#include "flow/imagined.hpp"
#include "flow/message.hpp"
#include "flow/model.hpp"
#include "flow/space.hpp"
#include "flow/told.hpp"
#include "go/net.hpp"

namespace corefile {

using namespace flow_detail;

namespace {

std::string list_of(const std::vector<std::string>& all) { return all.empty() ? "none" : fmt::format("{}", fmt::join(all, ", ")); }

/// Those that may be asked.
std::vector<std::string> servers_of(const Trace& trace) {
  std::vector<std::string> all;
  for (const Asked& one : trace.asked) {
    std::vector<std::string> any = one.one_of;
    if (any.empty()) any.push_back(one.upstream);
    for (const std::string& server : any) {
      std::string plain = plain_upstream(server) == server ? server : "/etc/resolv.conf";
      if (std::find(all.begin(), all.end(), plain) == all.end()) all.push_back(std::move(plain));
    }
  }
  return all;
}

bool fits(std::string_view upstream, std::string_view wanted) {
  if (wanted == "any" || upstream == wanted) return true;
  const auto parts = go::split_host_port(upstream);
  const auto address = parts ? go::parse_ip(parts->host) : std::nullopt;
  if (!address) return false;
  if (const auto ip = go::parse_ip(wanted)) return *ip == *address;
  const auto net = go::parse_cidr(wanted);
  return net && net->network.is4 == address->is4 && go::masked(*address, net->ones).bytes == net->network.bytes;
}

bool fits_any(std::string_view upstream, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [upstream](const std::string& one) { return fits(upstream, one); });
}

std::vector<std::string> data_of(const Reply& reply) {
  std::vector<std::string> out;
  out.reserve(reply.answer.size());
  for (const Record& one : reply.answer) out.push_back(one.data);
  std::sort(out.begin(), out.end());
  return out;
}

/// How it differs from what is expected. `each`: every upstream that is expected has to be asked.
std::vector<std::string> differences(const Expectation& expected, const Trace& trace, bool each) {
  std::vector<std::string> out;
  const auto say = [&out](std::string_view what, std::string_view wanted, std::string_view is) {
    out.push_back(fmt::format("{}: {} is expected, it is {}", what, wanted, is));
  };
  const bool known = !trace.reply || trace.reply->known;
  if (expected.rcode) {
    const std::string_view rcode = !trace.reply ? std::string_view("none") : known ? std::string_view(trace.reply->rcode) : "not known";
    if (rcode != *expected.rcode) say("rcode", *expected.rcode, rcode);
  }
  if (expected.by && trace.by() != *expected.by) say("by", *expected.by, trace.by().empty() ? std::string_view("nobody") : trace.by());
  if (expected.answer) {
    std::vector<std::string> wanted = *expected.answer;
    std::sort(wanted.begin(), wanted.end());
    const std::vector<std::string> is = trace.reply ? data_of(*trace.reply) : std::vector<std::string>();
    if (!known || is != wanted) say("answer", list_of(wanted), known ? list_of(is) : "not known");
  }
  if (expected.upstreams) {
    const std::vector<std::string> asked = servers_of(trace);
    const std::vector<std::string>& wanted = *expected.upstreams;
    bool good = asked.empty() == wanted.empty();
    for (const std::string& one : asked) good = good && fits_any(one, wanted);
    for (const std::string& one : wanted) {
      good = good && (!each || std::any_of(asked.begin(), asked.end(), [&one](const std::string& is) { return fits(is, one); }));
    }
    if (!good) say("upstreams", list_of(wanted), list_of(asked));
  }
  return out;
}

/// Of `never`: all that it names is so. One upstream of several will do.
bool happens(const Expectation& what, const Trace& trace) {
  Expectation others = what;
  others.upstreams.reset();
  if (!differences(others, trace, false).empty()) return false;
  if (!what.upstreams) return true;
  const std::vector<std::string> asked = servers_of(trace);
  if (what.upstreams->empty()) return asked.empty();
  return std::any_of(asked.begin(), asked.end(), [&what](const std::string& one) { return fits_any(one, *what.upstreams); });
}

class Runner {
 public:
  Runner(const FlowTest& test, const Flow& flow, const World& world)
      : test_(test), flow_(flow), given_(world), imagined_(world, wanted_of(flow)) {}

  Tested ask() {
    World world = given_;
    const World imagined = imagined_.world(Mood::answer);
    world.files = imagined.files;
    for (const Query& query : test_.queries) {
      const Trace& trace = follow(query, world);
      std::vector<std::string> failures = differences(test_.expected, trace, true);
      if (!failures.empty()) return finish(std::move(failures));
    }
    return finish({});
  }

  Tested promise() {
    Interests interests;
    gather(flow_.model(), imagined_.world(Mood::answer), interests);
    for (const std::string& name : test_.names) interests.name(name);
    interests.types.insert(test_.types.begin(), test_.types.end());
    const Space space{std::move(interests)};
    for (const NamePart& part : space.names()) {
      const auto named = [&part](const std::string& zone) { return below(part.witness, go::normalize_name(zone)); };
      if (std::none_of(test_.names.begin(), test_.names.end(), named)) continue;
      if (!look(space, part)) return finish(std::move(failures_));
    }
    return finish({});
  }

 private:
  static Wanted wanted_of(const Flow& flow) {
    Wanted wanted;
    add_wanted(flow.model(), wanted);
    return wanted;
  }

  /// False: the promise does not hold there.
  bool look(const Space& space, const NamePart& part) {
    Query query = test_.queries.front();
    query.name = part.witness;
    for (const std::string& type : test_.types.empty() ? std::vector<std::string>(part.types.begin(), part.types.end()) : test_.types) {
      query.type = type;
      for (const ClientPart& client : space.clients()) {
        if (test_.any_client) query.client = client.address;
        bool asks = true, either = false;
        for (const Mood mood : {Mood::answer, Mood::admit, Mood::deny, Mood::fail}) {
          if (mood == Mood::admit ? !either : !asks) continue;
          const Trace& trace = follow(query, imagined_.world(mood));
          if (!holds(trace, mood)) return false;
          either = hangs_on_expression(trace);
          if (mood == Mood::answer) asks = !trace.asked.empty();
        }
        if (!test_.any_client) break;
      }
    }
    return true;
  }

  bool holds(const Trace& trace, Mood mood) {
    const std::string where = mood == Mood::answer ? std::string() : fmt::format(", where {}", describe(mood));
    if (test_.kind == FlowTest::Kind::never) {
      if (!happens(test_.expected, trace)) return true;
      failures_ = {fmt::format("it happens{}", where)};
      return false;
    }
    failures_ = differences(test_.expected, trace, false);
    for (std::string& failure : failures_) failure += where;
    return failures_.empty();
  }

  const Trace& follow(const Query& query, const World& world) {
    tested_.query = query;
    tested_.trace = trace(flow_, query, world);
    for (const Hop& hop : tested_.trace.hops) {
      for (const Step& step : hop.steps) reached_.insert(step.directive);
    }
    return tested_.trace;
  }

  Tested finish(std::vector<std::string> failures) {
    tested_.failures = std::move(failures);
    tested_.told = told(tested_.trace);
    tested_.reached.assign(reached_.begin(), reached_.end());
    return std::move(tested_);
  }

  const FlowTest& test_;
  const Flow& flow_;
  const World& given_;
  Imagined imagined_;
  Tested tested_;
  std::set<std::uint32_t> reached_;
  std::vector<std::string> failures_;
};

}  // namespace

Tested run(const FlowTest& test, const Flow& flow, const World& world) {
  Runner runner(test, flow, world);
  return test.kind == FlowTest::Kind::ask ? runner.ask() : runner.promise();
}

std::vector<std::uint32_t> unreached(const Flow& flow, std::span<const Tested> tested) {
  std::set<std::uint32_t> left;
  for (const Block& block : flow.model().blocks) {
    for (const Handler& handler : block.chain) left.insert(handler.directive);
  }
  for (const Tested& one : tested) {
    for (const std::uint32_t directive : one.reached) left.erase(directive);
  }
  return {left.begin(), left.end()};
}

std::string first_tests(const Flow& flow, const World& world, std::string_view corefile) {
  Interests interests;
  Wanted wanted;
  add_wanted(flow.model(), wanted);
  const Imagined imagined(world, wanted);
  World known = world;
  const World all = imagined.world(Mood::answer);
  known.files = all.files;
  gather(flow.model(), known, interests);
  const Space space{std::move(interests)};
  std::string out = fmt::format("# yaml-language-server: $schema=corefile-test.schema.json\ncorefile: {}\ntests:\n", corefile);
  std::set<std::string> seen;
  for (const NamePart& part : space.names()) {
    for (const char* type : {"A", "AAAA", "PTR"}) {
      if (!part.types.contains(type)) continue;
      Query query;
      query.name = part.witness;
      query.type = type;
      const Trace way = trace(flow, query, known);
      const bool decided = way.reply && (way.reply->known || !way.asked.empty());
      if (!decided || !seen.insert(told_briefly(way)).second) continue;
      out += fmt::format("- ask: {} {}\n", part.witness, type);
      if (!way.by().empty()) out += fmt::format("  by: {}\n", way.by());
      const std::vector<std::string> upstreams = servers_of(way);
      if (!upstreams.empty()) out += fmt::format("  upstreams: [{}]\n", fmt::join(upstreams, ", "));
      if (!way.reply->known) continue;
      out += fmt::format("  rcode: {}\n", way.reply->rcode);
      std::vector<std::string> data = data_of(*way.reply);
      for (std::string& one : data) one = fmt::format("'{}'", one);
      if (!data.empty() && upstreams.empty()) out += fmt::format("  answer: [{}]\n", fmt::join(data, ", "));
    }
  }
  return out;
}

}  // namespace corefile
