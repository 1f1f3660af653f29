// SPDX-License-Identifier: Apache-2.0
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <corefile/resolve.hpp>
#include <map>
#include <string>

#include "zone/zone.hpp"

using namespace corefile;
using zone::Problem;
using zone::Verdict;

namespace {

constexpr Release newest{1, 15, 0};
constexpr Release lenient{1, 11, 3};
const std::string soa = "@ 60 SOA ns root 1 2 3 4 5\n";

using Texts = std::map<std::string, std::string>;

class Folder : public Files {
 public:
  explicit Folder(Texts files, bool certain = true) : files_(std::move(files)), certain_(certain) {}
  Content read(const std::string& path) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) return {};
    return {found->second == "/" ? Status::directory : Status::ok, found->second};
  }
  std::vector<std::string> list(const std::string&) const override { return {}; }
  bool authoritative(const std::string&) const override { return certain_; }

 private:
  Texts files_;
  bool certain_;
};

zone::ReadOptions options(Release release, const Files* files = nullptr) {
  zone::ReadOptions out;
  out.release = release;
  out.origin = "example.org.";
  out.files = files;
  return out;
}

zone::Zone read(const std::string& text, Release release = newest, const Files* files = nullptr) {
  return zone::read(Source("db", text), options(release, files));
}

std::string at(const zone::Zone& zone, const Place& place) { return std::string(zone.sources[place.document].text(place.span)); }

zone::Answer ask(const zone::Zone& zone, std::string_view name, std::uint16_t type) { return zone::answer(zone::Tree(zone), {name, type}); }

}  // namespace

TEST_CASE("a record knows its line and its bytes, from its first word to its last") {
  const zone::Zone zone = read("; head\n" + soa + "www 60 ( IN\n  A 192.0.2.1 ) ; tail\n      AAAA ::1\n");
  REQUIRE(zone.records.size() == 3);
  CHECK(zone.verdict == Verdict::loads);
  CHECK(zone.records[0].line == 2);
  CHECK(at(zone, zone.records[0].at) == "@ 60 SOA ns root 1 2 3 4 5");
  CHECK(zone.records[1].line == 3);
  CHECK(at(zone, zone.records[1].at) == "www 60 ( IN\n  A 192.0.2.1");
  CHECK(zone.records[2].line == 5);
  CHECK(at(zone, zone.records[2].at) == "AAAA ::1");
  CHECK(zone.records[2].text(newest) == "www.example.org. 60 IN AAAA ::1");
}

TEST_CASE("a problem stands at the word at fault") {
  const auto fault = [](const std::string& line) {
    const zone::Zone zone = read(soa + line + "\n");
    REQUIRE(zone.refusal() != nullptr);
    CHECK(zone.refusal()->kind == zone::Problem::Kind::syntax);
    CHECK(zone.refusal()->fatal);
    CHECK(zone.refusal()->line == 2);
    return at(zone, zone.refusal()->at);
  };
  CHECK(fault("www 60 A 192.0.2.256") == "192.0.2.256");
  CHECK(fault("www 60 MX ten mail") == "ten");
  CHECK(fault("www 6O A 192.0.2.1") == "6O");
  CHECK(fault("www 60 A 192.0.2.1 more") == "more");
  CHECK(fault("www..x 60 A 192.0.2.1") == "www..x");
  CHECK(fault("www 60 TYPEX \\# 0") == "TYPEX");
  CHECK(fault("www 60 A 192.0.2.1 )") == ")");
  CHECK(fault("$TTL 1x") == "1x");
  CHECK(fault("$GENERATE 2-1 a A 192.0.2.1") == "2-1");
}

TEST_CASE("what ends the reading refuses a file from 1.11.4 on, and loses the rest before") {
  const std::string text = soa + "a 60 A 192.0.2.1\nb 60 A no\nc 60 A 192.0.2.3\n";
  const zone::Zone before = read(text, lenient);
  CHECK(before.verdict == Verdict::loses);
  CHECK(before.refusal() == nullptr);
  REQUIRE(before.problems.size() == 1);
  CHECK(before.problems[0].message == "db: dns: bad A A: \"no\" at line: 3:9");
  CHECK(before.records.size() == 2);
  const zone::Zone after = read(text, {1, 11, 4});
  REQUIRE(after.refusal() != nullptr);
  CHECK(after.refusal()->message == "failed to parse file \"db\" for origin example.org. with error db: dns: bad A A: \"no\" at line: 3:9");
}

TEST_CASE("without a SOA record the last word is CoreDNS's, which changed") {
  const std::string text = "a 60 A no\n" + soa;
  CHECK(read(text, {1, 5, 2}).refusal()->message == "file \"db\" has no SOA record");
  CHECK(read(text, lenient).refusal()->message == "file \"db\" has no SOA record for origin example.org.");
  CHECK(read(text, {1, 13, 2}).refusal()->message == "file \"db\" has no SOA record for origin example.org.");
  CHECK(read(text, {1, 14, 0}).refusal()->kind == zone::Problem::Kind::syntax);
  CHECK(read(text, lenient).problems.size() == 2);
}

TEST_CASE("one file for two zones, which 1.15.0 does not take") {
  zone::ReadOptions second = options(newest);
  second.origin = "example.net.";
  const Source relative("db", soa + "www 60 A 192.0.2.1\n");
  const Source absolute("db", "$ORIGIN example.org.\n" + soa);
  CHECK(zone::read(relative, second).verdict == Verdict::loads);
  const zone::Zone refused = zone::read(absolute, second);
  REQUIRE(refused.refusal() != nullptr);
  CHECK(refused.refusal()->kind == zone::Problem::Kind::wrong_owner);
  CHECK(refused.refused_owner == "example.org.");
  second.release = {1, 14, 7};
  CHECK(zone::read(absolute, second).verdict == Verdict::loads);
}

TEST_CASE("the serial that the zone had before") {
  zone::ReadOptions again = options(newest);
  again.serial = 1;
  CHECK(zone::read(Source("db", soa), again).refusal()->kind == zone::Problem::Kind::same_serial);
  again.serial.reset();
  CHECK(zone::read(Source("db", soa), again).verdict == Verdict::loads);
}

TEST_CASE("what is not an error is told too, in the order of the text") {
  const zone::Zone zone = read(soa + "www.example.net. 60 A 192.0.2.1\n" + soa);
  CHECK(zone.verdict == Verdict::loads);
  REQUIRE(zone.problems.size() == 2);
  CHECK(zone.problems[0].kind == zone::Problem::Kind::outside_zone);
  CHECK(zone.problems[1].kind == zone::Problem::Kind::second_soa);
  CHECK(zone.problems[1].line == 3);
  CHECK(zone.problems[1].message.empty());
}

TEST_CASE("files that are included have places of their own") {
  const Folder files(Texts{{"zones/sub/more", "a 60 A 192.0.2.1\nb 60 A no\n"}});
  zone::ReadOptions beside = options(newest, &files);
  beside.path = "zones/db";
  const zone::Zone zone = zone::read(Source("db", soa + "$INCLUDE sub/more\n"), beside);
  REQUIRE(zone.refusal() != nullptr);
  REQUIRE(zone.sources.size() == 2);
  CHECK(zone.sources[1].name() == "zones/sub/more");
  CHECK(zone.refusal()->at.document == 1);
  CHECK(at(zone, zone.refusal()->at) == "no");
  CHECK(zone.records.back().at.document == 1);
}

TEST_CASE("a file that is not known decides") {
  const std::string text = soa + "$INCLUDE more\nwww 60 A 192.0.2.1\n";
  for (const zone::Zone& zone : {read(text), read(text, lenient)}) {
    CHECK(zone.verdict == Verdict::depends);
    CHECK(zone.records.size() == 2);
    REQUIRE(zone.problems.size() == 1);
    CHECK(zone.problems[0].kind == zone::Problem::Kind::include);
    CHECK_FALSE(zone.problems[0].fatal);
  }
  const Folder perhaps(Texts{}, false);
  CHECK(read(text, newest, &perhaps).verdict == Verdict::depends);
  CHECK(read("$INCLUDE more\n").verdict == Verdict::depends);
  CHECK(read("$INCLUDE more\nx 60 A no\n").verdict == Verdict::refused);
  const Folder surely(Texts{});
  CHECK(read(text, newest, &surely).refusal()->message ==
        "failed to parse file \"db\" for origin example.org. with error db: dns: failed to open `more': open more: no such file or "
        "directory: \"more\" at line: 2:13");
  const Folder folder(Texts{{"more", "/"}});
  CHECK(read(text, newest, &folder).refusal()->message ==
        "failed to parse file \"db\" for origin example.org. with error read more: is a directory");
}

TEST_CASE("limits") {
  zone::ReadOptions few = options(newest);
  few.limits.records = 2;
  const zone::Zone records = zone::read(Source("db", soa + "a 60 A 192.0.2.1\nb 60 A 192.0.2.2\n"), few);
  CHECK(records.verdict == Verdict::depends);
  CHECK(records.records.size() == 2);
  CHECK(records.problems.back().kind == zone::Problem::Kind::limit);

  zone::ReadOptions small = options(newest);
  small.limits.bytes = 1000;
  const zone::Zone generated = zone::read(Source("db", soa + "$GENERATE 1-60000 a$ A 192.0.2.1\n"), small);
  CHECK(generated.verdict == Verdict::depends);
  CHECK(generated.problems.back().kind == zone::Problem::Kind::limit);
  small.limits.bytes = 10;
  CHECK(zone::read(Source("db", soa), small).verdict == Verdict::depends);

  const Folder circle(Texts{{"db", soa + "$INCLUDE db\n"}});
  CHECK(read(soa + "$INCLUDE db\n", newest, &circle).refusal()->message ==
        "failed to parse file \"db\" for origin example.org. with error db: dns: too deeply nested $INCLUDE: \"db\" at line: 2:11");
  const Folder twice(Texts{{"one", std::string(400, '\n') + "$INCLUDE one\n$INCLUDE one\n"}});
  zone::ReadOptions includes = options(lenient, &twice);
  includes.limits.includes = 3;
  CHECK(zone::read(Source("db", soa + "$INCLUDE one\n"), includes).problems.back().kind == zone::Problem::Kind::limit);
}

TEST_CASE("a range without an end, which old releases take") {
  zone::ReadOptions old = options({1, 5, 2});
  old.limits.bytes = 1U << 16;
  const zone::Zone zone = zone::read(Source("db", soa + "$GENERATE 0-9223372036854775807 a$ A 192.0.2.1\n"), old);
  CHECK(zone.verdict == Verdict::depends);
  CHECK(read(soa + "$GENERATE 0-9223372036854775807 a$ A 192.0.2.1\n").verdict == Verdict::refused);
}

TEST_CASE("texts of odd bytes come to an end") {
  const std::string odd =
      "\"\\();\n\t $@a0A.\r\0"
      "#";
  std::uint32_t state = 1;
  for (int round = 0; round < 3000; ++round) {
    std::string text = round % 2 == 0 ? soa : "";
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525 + 1013904223;
      const std::uint32_t pick = state >> 16;
      if (pick % 5 == 0) text += pick % 3 == 0 ? " A " : pick % 3 == 1 ? "$GENERATE 1-2 " : " HTTPS 1 . alpn=";
      text += odd[pick % odd.size()];
    }
    for (const Release release : {newest, lenient, Release{1, 4, 0}}) {
      const zone::Zone zone = read(text, release);
      const zone::Tree tree(zone);
      const zone::Answer answer = zone::answer(tree, {"a.example.org.", zone::type::a});
      CHECK((answer.answer.empty() || answer.rcode != 3));
      for (const zone::Record& record : zone.records) CHECK(record.at.span.begin <= record.at.span.end);
      for (const zone::Problem& problem : zone.problems) CHECK(problem.at.span.end <= text.size());
    }
  }
}

TEST_CASE("names in the tree") {
  const zone::Zone zone = read(soa + "a 60 A 192.0.2.1\nz.a 60 A 192.0.2.1\nb 60 A 192.0.2.2\n");
  const zone::Tree tree(zone);
  CHECK(tree.search("B.example.org.") != nullptr);
  CHECK(tree.search("c.example.org.") == nullptr);
  CHECK(tree.previous("c.example.org.")->owner == "b.example.org.");
  CHECK(tree.previous("aa.example.org.")->owner == "z.a.example.org.");
  CHECK(tree.next("aa.example.org.")->owner == "b.example.org.");
  CHECK(tree.next("c.example.org.") == nullptr);
  CHECK(tree.previous("example.org.") == nullptr);
}

TEST_CASE("a zone that is not there yet, and transfers, are the server's to answer") {
  const zone::Answer nothing = ask(zone::empty("example.org.", newest), "www.example.org.", zone::type::a);
  CHECK_FALSE(nothing.written);
  CHECK(nothing.rcode == 2);
  const zone::Answer transfer = ask(read(soa), "example.org.", zone::type::axfr);
  CHECK_FALSE(transfer.written);
  CHECK(transfer.rcode == 5);
}

TEST_CASE("a target elsewhere is looked up, and what is found decides") {
  const auto finished = [](Release release, const zone::LookedUp& found) {
    const zone::Zone zone = read(soa + "@ 60 NS ns\nout 60 CNAME www.example.net.\n", release);
    const zone::Tree tree(zone);
    const zone::Question question{"out.example.org.", zone::type::a};
    zone::Answer pending = zone::answer(tree, question);
    REQUIRE(pending.lookup);
    CHECK(pending.lookup->name == "www.example.net.");
    CHECK(pending.lookup->type == zone::type::a);
    CHECK(pending.lookup->depth == 1);
    return zone::finish(tree, question, pending, found);
  };
  const zone::Record target{"www.example.net.", 5, zone::type::a, 1, "192.0.2.9"};
  const zone::Answer found = finished(newest, {true, 0, {target}});
  CHECK(found.rcode == 0);
  CHECK(found.answer.size() == 2);
  CHECK(found.authority.front().type == zone::type::ns);
  CHECK(finished(newest, {true, 3, {}}).rcode == 3);
  CHECK(finished(newest, {true, 3, {}}).authority.front().type == zone::type::soa);
  CHECK(finished({1, 14, 4}, {true, 3, {}}).authority.front().type == zone::type::ns);
  CHECK(finished(newest, {true, 2, {}}).rcode == 2);
  CHECK(finished(newest, {true, 2, {}}).written);
  CHECK_FALSE(finished({1, 8, 4}, {true, 2, {}}).written);
  CHECK(finished(newest, {true, 5, {}}).rcode == 0);
  CHECK(finished(newest, {false, 0, {}}).rcode == 0);
}

TEST_CASE("aliases that lead back end at the ninth look-up") {
  const zone::Zone zone = read(soa + "*.w 60 CNAME x.w\n");
  zone::Question question{"y.w.example.org.", zone::type::a};
  question.depth = 9;
  CHECK(zone::answer(zone::Tree(zone), question).rcode == 2);
  question.depth = 8;
  CHECK(zone::answer(zone::Tree(zone), question).lookup->depth == 9);
}

TEST_CASE("fallthrough takes what has no answer, but for a known name") {
  const std::string text = soa + "a.b 60 A 192.0.2.1\n";
  const auto falls = [&](Release release, std::string_view name) {
    return ask(read(text, release), name, zone::type::mx).may_fall_through;
  };
  CHECK(falls(newest, "x.example.org."));
  CHECK(falls(newest, "b.example.org."));
  CHECK_FALSE(falls(newest, "a.b.example.org."));
  CHECK_FALSE(falls(lenient, "x.example.org."));
  zone::Question of_auto{"x.example.org.", zone::type::mx};
  of_auto.of_auto = true;
  CHECK_FALSE(zone::answer(zone::Tree(read(text)), of_auto).may_fall_through);
}

TEST_CASE("a cut behind an alias, in `file` and in `auto`") {
  const zone::Zone zone = read(soa + "sub 60 NS ns.example.net.\nto 60 CNAME x.sub\n");
  zone::Question question{"to.example.org.", zone::type::a};
  CHECK(zone::answer(zone::Tree(zone), question).aa);
  question.of_auto = true;
  const zone::Answer of_auto = zone::answer(zone::Tree(zone), question);
  CHECK_FALSE(of_auto.aa);
  CHECK(of_auto.answer.size() == 1);
  CHECK(of_auto.result == zone::Answer::Result::delegation);
}

TEST_CASE("names of types by release") {
  CHECK(zone::type_name(65, {1, 8, 0}) == "HTTPS");
  CHECK(zone::type_name(65, {1, 7, 1}) == "TYPE65");
  CHECK(zone::type_number("https", newest) == 65);
  CHECK(zone::type_number("type65280", newest) == 65280);
  CHECK_FALSE(zone::type_number("TYPE", newest));
  CHECK_FALSE(zone::type_number("NONSENSE", newest));
}

TEST_CASE("one record, as a template of CoreDNS makes it") {
  const auto told = [](std::string_view text, Release release = newest) {
    const auto read = zone::read_record(text, release);
    return read ? read->text(release) : std::string("none");
  };
  CHECK(told("WWW.Example.ORG 60 IN CNAME Other.example.org.") == "WWW.Example.ORG. 60 IN CNAME Other.example.org.");
  CHECK(told("example.org IN MX 10 mail") == "example.org. 3600 IN MX 10 mail.");
  CHECK(told("example.org CH TXT a \"b c\"") == "example.org. 3600 CH TXT \"a\" \"b c\"");
  CHECK(told("example.org 1h SVCB 1 . alpn=h2") == "example.org. 3600 IN SVCB 1 . alpn=\"h2\"");
  CHECK(told("example.org 60 IN A 192.0.2.1 ; and no more\nother.example 60 IN A 192.0.2.2") == "example.org. 60 IN A 192.0.2.1");
  CHECK(told("") == "none");
  CHECK(told("example.org 60 IN A") == "example.org. 60 IN A");
  CHECK(told("example.org 60 IN A 192.0.2") == "none");
  CHECK(told("example.org 60 IN HTTPS 1 .", Release{1, 7, 0}) == "none");
}
