// SPDX-License-Identifier: Apache-2.0
#include "review.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fuzz.hpp"
#include "wording.hpp"

using namespace corefile;
using nlohmann::json;

namespace {

constexpr std::size_t header_budget = 4096;  // the API server drops warnings beyond

std::size_t runes(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool harmless(std::string_view text, std::string_view allowed = {}) {
  return std::none_of(text.begin(), text.end(), [&](char c) {
    return (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) && allowed.find(c) == std::string_view::npos;
  });
}

webhook::Settings settings(unsigned sum) {
  webhook::Settings settings;
  settings.everywhere.options.limits.expanded_words = 20'000;
  settings.everywhere.options.max_findings = 1000;
  settings.labels.push_back({"dns", {}});
  constexpr webhook::Enforce enforced[]{webhook::Enforce::errors, webhook::Enforce::warnings, webhook::Enforce::none};
  settings.everywhere.enforce = enforced[sum % std::size(enforced)];
  if (sum % 2 == 0) {
    settings.main_corefile =
        ".:53 {\n    errors\n    cache 30\n    import custom/*.override\n    forward . 192.0.2.53\n}\nimport custom/*.server\n";
  }
  return settings;
}

// kube-apiserver, pkg/admission/plugin/webhook/request: what it takes for an answer.
void examine(const webhook::Answer& answer) {
  const json review = json::parse(answer.body);
  const json& response = review["response"];
  fuzz::expect(review["apiVersion"] == "admission.k8s.io/v1" && review["kind"] == "AdmissionReview",
               "the answer is not an AdmissionReview");
  // What is not UTF-8 does not come this far.
  fuzz::expect(response["uid"] == answer.record.uid, "the answer is another review's");
  const bool denied = answer.record.verdict == webhook::Verdict::denied;
  fuzz::expect(response["allowed"] == !denied && response.contains("status") == denied, "the answer is not the verdict");
  if (denied) {
    fuzz::expect(response["status"]["code"] == 403, "a denial is not forbidden");
    fuzz::expect(harmless(response["status"]["message"].get<std::string>(), "\n"), "a control character in a denial");
  }
  std::size_t budget = 0;
  for (const json& warning : response.value("warnings", json::array())) {
    const auto text = warning.get<std::string>();
    fuzz::expect(harmless(text), "a control character in a warning");
    fuzz::expect(runes(text) <= webhook::max_warning, "a warning is too long");
    budget += runes(text);
  }
  fuzz::expect(budget <= header_budget, "the warnings are too long together");
  for (const json& value : response.value("auditAnnotations", json::object())) {
    fuzz::expect(harmless(value.get<std::string>()), "a control character in an audit annotation");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body = fuzz::text(data, size);
  unsigned sum = 0;
  for (const char c : body) sum += static_cast<unsigned char>(c);
  const webhook::Answer answer = webhook::review(body, settings(sum));
  const bool malformed = answer.record.verdict == webhook::Verdict::malformed;
  fuzz::expect(malformed == (answer.status == 400), "the status is not the verdict");
  if (malformed) {
    fuzz::expect(answer.body.ends_with('\n') && harmless(answer.body, "\n"), "a control character in a refusal");
  } else {
    fuzz::expect(json::accept(body), "a review that is not JSON");
    examine(answer);
  }
  for (const bool contents : {false, true}) {
    const std::string line = webhook::log_line(answer.record, contents);
    fuzz::expect(harmless(line) && json::accept(line), "a line of the log is not JSON");
  }
  return 0;
}
