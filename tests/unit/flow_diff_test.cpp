// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <corefile/flow_diff.hpp>
#include <corefile/flow_upgrade.hpp>
#include <memory>
#include <string>
#include <vector>

#include "go/regexp.hpp"
#include "go/regexp_sample.hpp"

using namespace corefile;

namespace {

constexpr Release newest{1, 15, 0};

struct Compared {
  Config before, after;
  Difference difference;
};

std::unique_ptr<Compared> compare(const char* before, const char* after) {
  auto compared = std::make_unique<Compared>();
  compared->before = resolve(parse(Source("old", before)));
  compared->after = resolve(parse(Source("new", after)));
  compared->difference = diff(flow(compared->before, newest), {}, flow(compared->after, newest), {});
  return compared;
}

Query ask(const char* name, const char* type = "A") {
  Query query;
  query.name = name;
  query.type = type;
  return query;
}

/// Gravity and where, a line each.
std::string told(const Difference& difference) {
  std::string out;
  for (const Change& change : difference.changes) {
    out += std::string(to_string(change.gravity)) + ':';
    for (const std::string& where : change.where) out += ' ' + where + ';';
    out += '\n';
  }
  return out;
}

}  // namespace

TEST_CASE("diff: the same text twice") {
  const char* text =
      ". {\n rewrite name regex ^(.*)[.]old[.]example[.]$ {1}.new.example\n kubernetes cluster.local\n forward . 9.9.9.9\n cache\n}\n";
  const auto compared = compare(text, text);
  CHECK(compared->difference.same());
  CHECK(compared->difference.parts > 0);
  CHECK(compared->difference.covering(ask("www.old.example")) == nullptr);
}

TEST_CASE("diff: a path written otherwise") {
  const auto compared = compare(". {\n forward . /etc/resolv.conf\n}\n", ". {\n forward . //etc/./resolv.conf\n}\n");
  CHECK(compared->difference.same());
}

TEST_CASE("diff: a change covers queries that nobody named, and no others") {
  const auto compared = compare(". {\n forward . 9.9.9.9\n}\n", "corp.example {\n forward . 10.0.0.53\n}\n. {\n forward . 9.9.9.9\n}\n");
  CHECK(told(compared->difference) == "elsewhere: corp.example. and all names below it;\n");
  CHECK(compared->difference.covering(ask("far.away.below.CORP.example", "SVCB")) != nullptr);
  CHECK(compared->difference.covering(ask("corp.example", "NS")) != nullptr);
  CHECK(compared->difference.covering(ask("xcorp.example")) == nullptr);
}

TEST_CASE("diff: what only other replies of upstreams show") {
  const auto compared = compare(". {\n forward . 9.9.9.9\n}\n", ". {\n forward . 9.9.9.9 {\n next NXDOMAIN\n }\n forward . 1.1.1.1\n}\n");
  REQUIRE(compared->difference.changes.size() == 1);
  CHECK(compared->difference.changes.front().parts.front().upstream == "upstreams say NXDOMAIN");
  CHECK(compared->difference.changes.front().now == "asks 9.9.9.9:53, then 1.1.1.1:53, NXDOMAIN, TTL 86400");
}

TEST_CASE("diff: clients") {
  const auto compared = compare(". {\n forward . 9.9.9.9\n}\n", ". {\n acl {\n drop net 10.1.0.0/16\n }\n forward . 9.9.9.9\n}\n");
  CHECK(told(compared->difference) == "fails: every name (from 10.1.0.1);\n");
  CHECK(compared->difference.changes.front().now == "no reply from acl: a rule drops it");
}

TEST_CASE("diff: objects that a label selector finds") {
  const auto compared = compare(". {\n kubernetes cluster.local {\n labels app in (web, db),!old\n }\n}\n",
                                ". {\n kubernetes cluster.local {\n labels app in (web, db),!old\n ttl 60\n }\n}\n");
  const Change* change = compared->difference.covering(ask("service-1.namespace.svc.cluster.local"));
  REQUIRE(change != nullptr);
  CHECK(change->gravity == Change::Gravity::life_time);
}

TEST_CASE("diff: views whose expressions hang on what is not known are followed either way") {
  const auto compared =
      compare("example.org {\n view a {\n expr metadata('geoip/city/name') == 'X'\n }\n metadata\n whoami\n}\n. {\n forward . 9.9.9.9\n}\n",
              "example.org {\n view a {\n expr metadata('geoip/city/name') == 'X'\n }\n metadata\n chaos\n erratic\n}\n. {\n forward . "
              "9.9.9.9\n}\n");
  REQUIRE(compared->difference.changes.size() >= 1);
  CHECK(compared->difference.changes.front().parts.front().upstream == "expressions that hang on what is not known are true");
}

TEST_CASE("diff: limits are told") {
  const Config config = resolve(parse(Source("Corefile", ". {\n whoami\n}\n")));
  const Flow prepared = flow(config, newest);
  CHECK(diff(prepared, {}, prepared, {}, {3}).cut);
  CHECK(diff(prepared, {}, prepared, {}, {3}).parts == 3);
}

TEST_CASE("upgrade: what a later release takes back is not a change") {
  // `cache` stands before `acl` from 1.14.3 to 1.14.6 only.
  const Config config = resolve(parse(Source("Corefile", ". {\n acl {\n block net 10.1.0.0/16\n }\n cache\n forward . 9.9.9.9\n}\n")));
  const Upgrade upgraded = upgrade(config, {1, 11, 3}, newest, {});
  CHECK(!upgraded.refused);
  CHECK(upgraded.steps.empty());
}

TEST_CASE("patterns: samples match, and each alternative has one") {
  for (const char* pattern : {"^api-[0-9]+[.]example[.]org[.]$", "^(www|mail)[.]example[.]$", "^(?P<host>[^.]*)\\.svc\\.$", "x{2,3}y?[.]$",
                              "^[a-f0-9]{4}-\\d\\w[.]$", "(?i)^ABC[.]$"}) {
    const go::Pattern compiled(pattern);
    const std::vector<std::string> samples = go::regexp_samples(pattern);
    CAPTURE(pattern);
    CHECK(std::any_of(samples.begin(), samples.end(), [&compiled](const std::string& one) { return compiled.matches(one); }));
  }
  CHECK(go::regexp_samples("^(www|mail)[.]example[.]$") == std::vector<std::string>{"www.example.", "mail.example."});
  CHECK(go::regexp_samples("((((") == std::vector<std::string>{""});
  CHECK(go::regexp_samples("a)b") == std::vector<std::string>{"a"});
}
