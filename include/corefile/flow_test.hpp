// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/flow.hpp>
#include <corefile/source.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Tests of a Corefile: single queries, and promises about all names below some.
namespace corefile {

/// What a way has to be; what is not given does not matter.
struct Expectation {
  std::optional<std::string> rcode;  ///< `none`: nothing is sent
  std::optional<std::string> by;
  std::optional<std::vector<std::string>> answer;  ///< the records' data, in any order
  std::optional<std::vector<std::string>>
      upstreams;  ///< addresses, ADDRESS:PORT, networks, `/etc/resolv.conf`, `any`; empty: none is asked
};

struct FlowTest {
  enum class Kind : std::uint8_t {
    ask,     ///< each of the queries is answered like this
    never,   ///< no query for these names is
    always,  ///< every query for them is
  } kind = Kind::ask;
  std::string name;            ///< for reports
  std::uint32_t line = 0;      ///< of the file, from 1
  std::vector<Query> queries;  ///< of `ask`; of the others one, from which client and listener are taken
  bool any_client = true;      ///< of promises
  std::vector<std::string> names;
  std::vector<std::string> types;  ///< of promises; empty: all
  Expectation expected;
};

struct FlowTests {
  std::string corefile, coredns, kubernetes, cluster, resolv_conf;  ///< as the file says; paths from the file's folder
  std::vector<FlowTest> tests;
};

/// Reads a file of tests (docs/corefile-test.schema.json). Returns what keeps it from being read, as `LINE: …`. O(size).
[[nodiscard]] std::optional<std::string> read_flow_tests(const Source& file, FlowTests& out);

struct Tested {
  std::vector<std::string> failures;   ///< `rcode: NXDOMAIN is expected, it is NOERROR`; empty: passed
  Query query;                         ///< that fails, else the last one asked
  Trace trace;                         ///< of it
  std::string told;                    ///< what becomes of it, one clause
  std::vector<std::uint32_t> reached;  ///< directives that queries of the test came to
  bool passed() const noexcept { return failures.empty(); }
};
/// Promises are asked of a witness of each part of the space of queries that the text tells apart (flow_diff.hpp); what the World does
/// not say is imagined for them, and unknown for `ask`.
Tested run(const FlowTest& test, const Flow& flow, const World& world);

/// Directives that get queries and that no test came to, in the order of the Config.
std::vector<std::uint32_t> unreached(const Flow& flow, std::span<const Tested> tested);

/// A first file of tests that hold: one query for each thing that becomes of queries, as far as the text alone decides it.
std::string first_tests(const Flow& flow, const World& world, std::string_view corefile);

}  // namespace corefile
