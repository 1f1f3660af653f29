// SPDX-License-Identifier: Apache-2.0
#include "start.hpp"

#include <corefile/render.hpp>
#include <nlohmann/json.hpp>

#include "audit.hpp"
#include "disk.hpp"
#include "review.hpp"

namespace corefile::webhook {
namespace {

void answer_once(const Arguments& arguments, const Settings& settings, const std::string& body, app::Outcome& outcome) {
  const Answer answer = review(body, settings);
  outcome.err += log_line(answer.record, arguments.log_contents) + '\n';
  if (answer.status == 200) {
    outcome.out = nlohmann::ordered_json::parse(answer.body).dump(2) + '\n';
    outcome.exit = answer.record.verdict == Verdict::denied ? app::findings : app::clean;
  } else {
    outcome.err += "corefile-webhook: " + answer.body;
    outcome.exit = app::trouble;
  }
}

void run(std::vector<std::string> words, const std::function<std::string()>& standard_input, Start& start) {
  const Arguments arguments = parse_arguments(std::move(words));
  if (arguments.help) {
    start.outcome.out = help();
  } else if (arguments.version) {
    start.outcome.out = "corefile-webhook " + std::string(version()) + '\n';
  } else {
    start.settings = read_settings(arguments);
    for (const std::string& remark : start.settings.remarks) start.outcome.err += "corefile-webhook: " + visible(remark) + '\n';
    if (!arguments.review.empty()) {
      answer_once(arguments, start.settings, arguments.review == "-" ? standard_input() : app::read_file(arguments.review), start.outcome);
      return;
    }
    if (!arguments.audit.empty()) {
      app::Outcome found = audit(arguments.audit, start.settings);
      found.err.insert(0, start.outcome.err);
      start.outcome = std::move(found);
      return;
    }
    if (!arguments.probe.empty()) {
      start.serve = arguments;
      return;
    }
    if (arguments.tls_cert.empty() || arguments.tls_key.empty()) throw app::UsageError("--tls-cert and --tls-key are needed");
    start.serve = arguments;
  }
}

}  // namespace

Start start(std::vector<std::string> words, const std::function<std::string()>& standard_input) {
  Start start;
  try {
    run(std::move(words), standard_input, start);
  } catch (const app::UsageError& error) {
    start.outcome = {app::trouble, {}, "corefile-webhook: " + visible(error.what()) + "\nTry `corefile-webhook --help`.\n"};
  } catch (const app::Trouble& error) {
    start.outcome = {app::trouble, {}, "corefile-webhook: " + visible(error.what()) + '\n'};
  }
  return start;
}

}  // namespace corefile::webhook
