// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <corefile/flow.hpp>
#include <corefile/flow_either.hpp>

#include <string>

using namespace corefile;

namespace {

constexpr Release newest{1, 15, 0};

struct Followed {
  Config config;
  Trace trace;
};

Followed follow(const char* text, Query query, const World& world = {}, Release release = newest) {
  Followed followed{resolve(parse(Source("Corefile", text))), {}};
  followed.trace = trace(flow(followed.config, release), query, world);
  return followed;
}

Query ask(const char* name, const char* type = "A") {
  Query query;
  query.name = name;
  query.type = type;
  return query;
}

/// Each hop's plugins.
std::string plugins(const Trace& trace) {
  std::string all;
  for (const Hop& hop : trace.hops) {
    if (!all.empty()) all += " | ";
    for (const Step& step : hop.steps) all += (&step == hop.steps.data() ? "" : " ") + std::string(to_string(step.plugin));
  }
  return all;
}

World answering() {
  World world;
  world.upstream = [](const Asked& asked) {
    Reply reply;
    reply.answer.push_back({asked.name, 300, "A", "203.0.113.1"});
    return reply;
  };
  return world;
}

}  // namespace

TEST_CASE("flow: a text without a server block serves CoreDNS's own") {
  const Followed followed = follow("", ask("example.org"));
  CHECK(plugins(followed.trace) == "log whoami");
  CHECK(followed.trace.by() == "whoami");
  CHECK(followed.trace.listener == "dns://:53");
}

TEST_CASE("flow: what is not known is said, and the rest of the way all the same") {
  const Followed followed =
      follow(".:53 {\n  hosts {\n    10.0.0.1 a.example\n    fallthrough\n  }\n  forward . 8.8.8.8\n}\n", ask("b.example"));
  CHECK(plugins(followed.trace) == "hosts forward");
  REQUIRE(followed.trace.depends.size() == 2);
  CHECK(followed.trace.depends[0] == "the file /etc/hosts");
  CHECK(followed.trace.depends[1] == "what 8.8.8.8:53 says of b.example. A");
  REQUIRE(followed.trace.reply);
  CHECK(!followed.trace.reply->known);
  REQUIRE(followed.trace.asked.size() == 1);
  CHECK(followed.trace.asked[0] == Asked{"8.8.8.8:53", "udp", "b.example.", "A", {}});
}

TEST_CASE("flow: a view whose expression hangs on what is not known, either way") {
  const Config config = resolve(parse(
      Source("Corefile",
             "a.example {\n  view x {\n    expr metadata('geoip/city/name') == 'X'\n  }\n  metadata\n  whoami\n}\n. {\n  chaos\n}\n")));
  const Flow prepared = flow(config, newest);
  const Query query = ask("a.example");
  const Trace way = trace(prepared, query, {});
  const std::vector<Alternative> either = either_way(prepared, query, {}, way);
  REQUIRE(either.size() == 2);
  CHECK(either[0].on == "the view's expression `metadata('geoip/city/name') == 'X'`");
  CHECK(either[0].if_so == "it is true");
  CHECK(either[0].trace.by() == "whoami");
  CHECK(either[0].trace.depends.empty());
  CHECK(either[1].if_so == "it is not");
  CHECK(plugins(either[1].trace) == "chaos");
}

TEST_CASE("flow: a plugin that is not CoreDNS's") {
  const Followed followed = follow(". {\n  whoami\n  fanout . 8.8.8.8\n}\n", ask("a.example"));
  REQUIRE(followed.trace.depends.size() == 1);
  CHECK(followed.trace.depends[0] == "what `fanout` does");
}

TEST_CASE("flow: a step knows its line and its reason") {
  const Followed followed =
      follow(". {\n  template IN A a.example {\n    match ^x\n    answer \"{{ .Name }} 60 IN A 192.0.2.1\"\n  }\n  whoami\n}\n",
             ask("y.a.example"));
  REQUIRE(followed.trace.hops.size() == 1);
  const Step& step = followed.trace.hops[0].steps.at(0);
  CHECK(step.did == Step::Did::failed);
  CHECK(step.why == "a template of this type and zone does not match, and nothing falls through");
  CHECK(followed.config.text(step.place) == "template IN A a.example");
  CHECK(followed.trace.by() == "server");
  REQUIRE(followed.trace.reply);
  CHECK(followed.trace.reply->rcode == "SERVFAIL");
}

TEST_CASE("flow: an alias into itself has no end") {
  const Followed followed =
      follow("a.test {\n  template IN A a.test {\n    answer \"{{ .Name }} 60 IN CNAME x.a.test.\"\n  }\n}\n", ask("www.a.test"));
  CHECK(followed.trace.endless);
  CHECK(!followed.trace.reply);
}

TEST_CASE("flow: aliases that fan out are bounded") {
  std::string text = "a.test {\n  template IN A a.test {\n";
  for (int i = 0; i < 20; ++i) text += "    answer \"{{ .Name }} 60 IN CNAME x" + std::to_string(i) + ".a.test.\"\n";
  text += "  }\n}\n";
  const Followed followed = follow(text.c_str(), ask("www.a.test"));
  CHECK(followed.trace.endless);
  CHECK(followed.trace.hops.size() < 10'000);
}

TEST_CASE("flow: a chain longer than any") {
  std::string text = ". {\n";
  for (int i = 0; i < 20'000; ++i) text += "  forward zone" + std::to_string(i) + ".test 8.8.8.8\n";
  text += "}\n";
  const Followed followed = follow(text.c_str(), ask("example.org"));
  CHECK(followed.trace.endless);
}

TEST_CASE("flow: `minimal` over silence, with `debug`, ends the process") {
  const char* text = ". {\n  minimal\n  debug\n  hosts /dev/null {\n    10.0.0.1 a.example\n  }\n}\n";
  CHECK(follow(text, ask("b.example"), {}, {1, 11, 3}).trace.crashed);
  CHECK(!follow(text, ask("b.example")).trace.crashed);
}

TEST_CASE("flow: opcodes end at the socket") {
  Query update = ask("a.example");
  update.opcode = "UPDATE";
  CHECK(follow(". {\n  whoami\n}\n", update, {}, {1, 11, 3}).trace.reply->rcode == "NOTIMP");
  update.past_listener = true;
  CHECK(follow(". {\n  whoami\n}\n", update, {}, {1, 11, 3}).trace.by() == "whoami");
}

TEST_CASE("flow: `bind` names interfaces") {
  const Config config = resolve(parse(Source("Corefile", ". {\n  bind eth0 {\n    except 10.0.0.2\n  }\n  whoami\n}\n")));
  const Flow model = flow(config, newest, {{"eth0", {"10.0.0.1", "10.0.0.2", "fe80::1"}}});
  CHECK(model.listeners() == std::vector<std::string>{"dns://10.0.0.1:53", "dns://[fe80::1]:53"});
}

TEST_CASE("flow: a listener that is none") {
  Query query = ask("a.example");
  query.listener = "dns://:54";
  const Followed followed = follow(". {\n  whoami\n}\n", query);
  CHECK(followed.trace.hops.empty());
  CHECK(!followed.trace.reply);
}

TEST_CASE("flow: a rewritten question goes upstream") {
  const Followed followed = follow(". {\n  rewrite name a.example b.example\n  forward . 8.8.8.8\n}\n", ask("a.example"), answering());
  REQUIRE(followed.trace.hops.size() == 1);
  const std::vector<Step>& steps = followed.trace.hops[0].steps;
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].did == Step::Did::rewrote);
  CHECK(steps[0].name.empty());
  CHECK(steps[1].name == "b.example.");
  REQUIRE(followed.trace.reply);
  CHECK(to_string(followed.trace.reply->answer.at(0)) == "a.example. 300 IN A 203.0.113.1");
  CHECK(followed.trace.depends.empty());
}
