// SPDX-License-Identifier: Apache-2.0
#include <corefile/corefile.hpp>
#include <corefile/flow_test.hpp>
#include <filesystem>

#include "app.hpp"
#include "arguments.hpp"
#include "disk.hpp"
#include "log.hpp"
#include "settings.hpp"
#include "system.hpp"
#include "traced.hpp"

namespace corefile::app {
namespace {

using Json = nlohmann::ordered_json;

/// A file of tests with what came of it.
struct TestFile {
  std::string path;
  FlowTests tests;
  std::vector<Tested> tested;
  std::vector<std::string> failing_lines;  ///< by test: `Corefile:3`, or nothing
  std::vector<std::string> unreached;      ///< `Corefile:3 template`
  std::size_t failed() const {
    return static_cast<std::size_t>(std::count_if(tested.begin(), tested.end(), [](const Tested& one) { return !one.passed(); }));
  }
};

std::string beside(const std::string& file, const std::string& path) {
  return path.empty() ? std::string() : path_name(disk_path(file).parent_path() / disk_path(path));
}

TestFile run_file(const Invocation& invocation, const std::string& path, const TestArguments& arguments, Outcome& outcome) {
  TestFile made{path, {}, {}, {}, {}};
  if (const auto fault = read_flow_tests(Source(path, read_file(path)), made.tests)) throw Trouble(path + ':' + *fault);
  const FlowTests& tests = made.tests;
  const bool told = !arguments.coredns.empty() || !arguments.kubernetes.empty();
  Settings settings;
  read_release(told ? arguments.coredns : tests.coredns, told ? arguments.kubernetes : tests.kubernetes, settings);
  for (const std::string& remark : settings.remarks) complain(outcome, remark);
  const Release release = settings.options.release;
  const Opened opened = open_corefiles(invocation, beside(path, tests.corefile.empty() ? "Corefile" : tests.corefile), {},
                                       InputKind::detect, read_environment(arguments.env));
  const AskedFiles files(opened.beside.get(), beside(path, tests.resolv_conf));
  const std::optional<Cluster> cluster = cluster_in(beside(path, tests.cluster));
  const Corefile& corefile = served(opened);
  insist(opened, corefile, release, read_plugins(arguments.plugins), files);
  World world;
  world.files = &files;
  world.cluster = cluster ? &*cluster : nullptr;
  const Config& config = corefile.readings.literal();
  const Flow prepared = flow(config, release);
  for (const FlowTest& test : tests.tests) {
    made.tested.push_back(run(test, prepared, world));
    made.failing_lines.push_back(deciding_line(opened, corefile, made.tested.back().trace));
  }
  for (const std::uint32_t index : unreached(prepared, made.tested)) {
    const Directive directive = config.directive(index);
    const At where = at(opened, corefile, config, config.place(directive.name_word()));
    made.unreached.push_back(where.path + ':' + std::to_string(where.position.line) + ' ' + std::string(directive.name()));
  }
  return made;
}

std::string query_text(const Query& query) { return query.name + ' ' + query.type + " from " + query.client; }

std::string plural(std::size_t count, const std::string& what) { return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s"); }

std::string text(const std::vector<TestFile>& all, bool coverage) {
  std::string out;
  std::size_t count = 0, failed = 0;
  for (const TestFile& file : all) {
    out += visible(file.path) + '\n';
    for (std::size_t i = 0; i < file.tested.size(); ++i) {
      const Tested& tested = file.tested[i];
      const FlowTest& test = file.tests.tests[i];
      out += (tested.passed() ? "  ok    " : "  FAIL  ") + visible(test.name);
      if (tested.passed()) {
        out += '\n';
        continue;
      }
      out += "  (" + visible(file.path) + ':' + std::to_string(test.line) + ")\n";
      out += "          " + visible(query_text(tested.query)) + ": " + visible(tested.told) + visible(file.failing_lines[i]) + '\n';
      for (const std::string& failure : tested.failures) out += "          " + visible(failure) + '\n';
      for (const std::string& on : tested.trace.depends) out += "          depends on " + visible(on) + '\n';
    }
    if (coverage) {
      for (const std::string& one : file.unreached) out += "  no test comes to " + visible(one) + '\n';
    }
    count += file.tested.size();
    failed += file.failed();
  }
  return out + plural(count, "test") + ", " + std::to_string(failed) + " failed\n";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : visible(text)) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string junit(const std::vector<TestFile>& all) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const TestFile& file : all) {
    out += "  <testsuite name=\"" + escaped(file.path) + "\" tests=\"" + std::to_string(file.tested.size()) + "\" failures=\"" +
           std::to_string(file.failed()) + "\">\n";
    for (std::size_t i = 0; i < file.tested.size(); ++i) {
      const Tested& tested = file.tested[i];
      const FlowTest& test = file.tests.tests[i];
      out += "    <testcase classname=\"" + escaped(file.path) + "\" name=\"" + escaped(test.name) + "\" file=\"" + escaped(file.path) +
             "\" line=\"" + std::to_string(test.line) + '"';
      if (tested.passed()) {
        out += "/>\n";
        continue;
      }
      std::string message;
      for (const std::string& failure : tested.failures) message += (message.empty() ? "" : "; ") + failure;
      out += ">\n      <failure message=\"" + escaped(message) + "\">" + escaped(query_text(tested.query) + ": " + tested.told) +
             "</failure>\n    </testcase>\n";
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

Json json(const std::vector<TestFile>& all) {
  Json files = Json::array();
  for (const TestFile& file : all) {
    Json tests = Json::array();
    for (std::size_t i = 0; i < file.tested.size(); ++i) {
      const Tested& tested = file.tested[i];
      tests.push_back({{"name", file.tests.tests[i].name},
                       {"line", file.tests.tests[i].line},
                       {"passed", tested.passed()},
                       {"query", {{"name", tested.query.name}, {"type", tested.query.type}, {"from", tested.query.client}}},
                       {"told", tested.told},
                       {"failures", tested.failures},
                       {"depends", tested.trace.depends}});
    }
    files.push_back({{"path", file.path}, {"tests", std::move(tests)}, {"unreached", file.unreached}});
  }
  return {{"version", 1}, {"files", std::move(files)}};
}

std::string first(const Invocation& invocation, const TestArguments& arguments, Outcome& outcome) {
  if (arguments.paths.size() != 1) throw UsageError("--init needs one Corefile");
  const Release release = release_asked(arguments.coredns, arguments.kubernetes, outcome);
  const std::string& path = arguments.paths.front();
  const Opened opened = open_corefiles(invocation, path, {}, InputKind::detect, read_environment(arguments.env));
  const AskedFiles files(opened.beside.get(), {});
  const Corefile& corefile = served(opened);
  insist(opened, corefile, release, read_plugins(arguments.plugins), files);
  World world;
  world.files = &files;
  return first_tests(flow(corefile.readings.literal(), release), world, path_name(disk_path(path).filename()));
}

}  // namespace

void test(const Invocation& invocation, std::vector<std::string> words, Outcome& outcome) {
  const auto arguments = parse_arguments<TestArguments>(std::move(words));
  if (arguments.paths.empty()) throw UsageError("test needs files of tests; `corefile-lint test --init Corefile` writes a first one");
  insist_on("--format", arguments.format, {"text", "json", "junit"});
  if (arguments.init) {
    outcome.out = first(invocation, arguments, outcome);
    outcome.data = true;
    return;
  }
  std::vector<TestFile> all;
  all.reserve(arguments.paths.size());
  for (const std::string& path : arguments.paths) all.push_back(run_file(invocation, path, arguments, outcome));
  if (arguments.format == "json") {
    outcome.out = tame_json(json(all).dump(2, ' ', true, Json::error_handler_t::replace) + '\n');
  } else {
    outcome.out = arguments.format == "junit" ? junit(all) : text(all, arguments.coverage);
  }
  if (std::any_of(all.begin(), all.end(), [](const TestFile& file) { return file.failed() > 0; })) outcome.exit = findings;
}

}  // namespace corefile::app
